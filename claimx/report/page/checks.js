// What does not add up: within a sentence, and between papers.
const mismatches = [];
for (let row = 0; row < total; row++) if (named("check", row) === "mismatch") mismatches.push(row);
const checked = columns.check.filter((at) => at >= 0).length;
const doubts = mismatches.length + data.contradictions.length;
byId("doubts").hidden = doubts === 0;
byId("doubts").textContent = thousands(doubts);

const titleOf = (row) => paperOf(row).title || paperOf(row).id;
const linked = (row, line) => make("li", null, make("a", { href: "#/claim/" + row }, line));

function mismatch(row) {
  return make("article", { class: "card paper" },
    make("h4", null, nameOf(titleOf(row))),
    passageOf[row] ? make("p", { class: "abstract", dir: "auto" }, marked(passageOf[row], row)) : null,
    make("ul", { class: "claims" }, linked(row, claimLine(row))));
}

function contradiction(group) {
  const lines = group.rows.map((row) => linked(row, [
    make("span", { class: "what" }, make("strong", null, nameOf(titleOf(row))), " ",
      make("span", { class: "soft" }, nameOf(paperOf(row).id), paperOf(row).date ? " · " + dateText(paperOf(row)) : "")),
    make("span", { class: "much" }, make("span", { class: "number" }, named("valueText", row))),
  ]));
  const where = [nameOf(group.metric), " on ", nameOf(group.benchmark), ...(group.setting ? [", ", nameOf(group.setting)] : [])];
  return make("article", { class: "card paper" },
    make("h4", null, nameOf(group.method)), make("p", { class: "meta" }, where), make("ul", { class: "claims" }, lines));
}

function showChecks() {
  const block = (heading, why, none, items) => [
    make("h3", null, heading, " ", make("span", { class: "soft" }, thousands(items.length))),
    make("p", { class: "soft" }, items.length ? why : none), ...items];
  byId("mismatches").replaceChildren(...block("Mismatches", "The numbers of these sentences do not agree with each other.",
    checked ? `In ${counted(checked, "row")} the text gives enough to check the numbers; they agree.` : "No row gives enough to check its numbers.", mismatches.map(mismatch)));
  byId("contradictions").replaceChildren(...block("Contradictions", "Papers that give the same method different values on the same benchmark, metric and setting.",
    "No two papers that give the same method different values on the same benchmark, metric and setting.", data.contradictions.map(contradiction)));
}

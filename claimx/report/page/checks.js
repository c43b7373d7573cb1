// What does not add up: within a sentence, and between papers.
const mismatches = [];
for (let row = 0; row < total; row++) if (named("check", row) === "mismatch") mismatches.push(row);
const checked = columns.check.filter((at) => at >= 0).length;
const doubts = mismatches.length + data.contradictions.length;
byId("doubts").hidden = doubts === 0;
byId("doubts").textContent = thousands(doubts);

function mismatch(row) {
  return make("article", { class: "card paper" },
    make("h4", null, make("a", { href: "#/claim/" + row }, nameOf(named("method", row) || paperOf(row).title || paperOf(row).id))),
    make("p", { class: "meta" }, nameOf(paperOf(row).title || paperOf(row).id)),
    passageOf[row] ? make("p", { class: "abstract", dir: "auto" }, marked(passageOf[row], row)) : null,
    make("p", { class: "claimline" }, claimLine(row)));
}

function contradiction(group) {
  const lines = group.rows.map((row) => make("tr", null,
    make("td", { class: "number", "data-label": "Value" }, make("a", { href: "#/claim/" + row }, named("valueText", row))),
    make("td", { "data-label": "Date" }, dateText(paperOf(row))),
    make("td", { "data-label": "Paper" }, nameOf(paperOf(row).title || paperOf(row).id)),
    make("td", { "data-label": "Id" }, nameOf(paperOf(row).id))));
  return make("article", { class: "card" }, make("h4", null, nameOf(group.method)),
    make("p", { class: "meta" }, nameOf(group.metric), " on ", nameOf(group.benchmark), group.setting ? [", ", nameOf(group.setting)] : null), make("table", { class: "board" }, make("tbody", null, lines)));
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

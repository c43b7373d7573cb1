// Abstracts with their claims marked in place.
const PAPERS_SHOWN = 20;

function marked(passage, current) {
  return passage.slice(1).map((piece) => {
    if (typeof piece === "string") return piece;
    const [text, fields, rows] = piece;
    const names = fields.map((field) => data.fields[field]);
    const here = current !== null && current !== undefined && rows.includes(current);
    return make("mark", { class: names[0] + (here ? " here" : ""), title: names.join(", "), "data-rows": rows.join(" ") }, text);
  });
}

// A paper's text: sentences with claims lead to them, an excerpt shows that something was left out.
function textOf(paper, current) {
  const parts = paper.text.map((passage) => {
    const stated = passage[0].length > 0;
    const here = stated && passage[0].includes(current);
    return make("span", { class: (stated ? "stated" : "") + (here ? " current" : ""), id: here ? "current" : null }, marked(passage, current));
  });
  const gapped = paper.whole ? parts : parts.flatMap((part, at) => (at ? [" … ", part] : [part]));
  const chosen = current !== null && current !== undefined;
  return make("p", { class: "abstract" + (chosen ? " chosen" : ""), dir: "auto" }, gapped);
}

// A claim in one line: what, where, how much.
function claimLine(row) {
  const [metric, benchmark, against] = ["metric", "benchmark", "baselineText"].map((column) => named(column, row));
  const numbers = [named("valueText", row), named("deltaText", row)].filter(Boolean);
  const where = [metric ? nameOf(metric) : null, benchmark ? [metric ? " on " : "on ", nameOf(benchmark)] : null].flat();
  return [
    make("span", { class: "what" }, make("strong", null, nameOf(named("method", row) || "method not named")), " ", make("span", { class: "soft" }, where)),
    make("span", { class: "much" }, make("span", { class: "number" }, numbers.join("  ")), " ",
      make("span", { class: "soft" }, against ? ["vs. ", nameOf(against)] : null)),
  ];
}

const DETAILS = [
  ["method", "Method"], ["metric", "Metric"], ["benchmark", "Benchmark"], ["valueText", "Value"], ["deltaText", "Change"],
  ["baselineText", "Baseline"], ["kind", "Kind"], ["setting", "Setting"], ["task", "Task"], ["aggregate", "Aggregate"],
  ["check", "Check"], ["rule", "Rule"],
];

function details(row) {
  const items = DETAILS.filter(([column]) => named(column, row)).map(([column, label]) => {
    const derived = column === "deltaText" && columns.derived[row] ? " (derived)" : "";
    return make("div", null, make("dt", null, label), make("dd", null, nameOf(named(column, row)), derived));
  });
  if (confidenceText(row)) items.push(make("div", null, make("dt", null, "Confidence"), make("dd", null, confidenceText(row))));
  return make("dl", { class: "details" }, items);
}

function card(paper, rows, current, level) {
  const place = columns.paper[paper.rows[0]];
  const items = rows.map((row) => {
    const link = make("a", { href: "#/claim/" + row, "aria-current": row === current ? "true" : null, "data-row": row }, claimLine(row));
    return make("li", null, link, row === current ? details(row) : null);
  });
  const meta = [paper.id === paper.title ? "" : paper.id, dateText(paper)].filter(Boolean);
  const article = make(
    "article",
    { class: "card paper" },
    make(level, null, make("a", { href: "#/paper/" + place }, nameOf(paper.title || paper.id))),
    make("p", { class: "meta" }, meta.map((text, at) => [at ? " · " : "", nameOf(text)]).flat()),
    make("div", { class: "sides" }, textOf(paper, current), make("ul", { class: "claims" }, items)),
  );
  // Pointing at a claim shows its marks, and the other way round.
  const show = (target) => {
    const over = target && target.closest("[data-row], [data-rows]");
    const wanted = over ? (over.dataset.rows || over.dataset.row).split(" ") : [];
    const hit = (list) => wanted.some((row) => list.split(" ").includes(row));
    for (const mark of article.querySelectorAll("mark")) mark.classList.toggle("over", hit(mark.dataset.rows));
    for (const link of article.querySelectorAll("a[data-row]")) link.classList.toggle("over", hit(link.dataset.row));
  };
  for (const kind of ["pointerover", "focusin"]) article.addEventListener(kind, (event) => show(event.target));
  for (const kind of ["pointerleave", "focusout"]) article.addEventListener(kind, () => show(null));
  article.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && !String(getSelection())) location.hash = "#/claim/" + mark.dataset.rows.split(" ")[0];
  });
  return article;
}

// The papers with claims that the filter leaves, a page at a time.
function showPapers(page) {
  const rowsOf = new Map();
  for (const row of matching) {
    const place = columns.paper[row];
    if (!rowsOf.has(place)) rowsOf.set(place, []);
    rowsOf.get(place).push(row);
  }
  const all = [...rowsOf];
  const shown = all.slice(page * PAPERS_SHOWN, (page + 1) * PAPERS_SHOWN);
  const cards = shown.map(([place, rows]) => card(papers[place], rows, null, "h3"));
  byId("papers").replaceChildren(...(cards.length ? cards : [make("p", { class: "empty" }, "No abstract has such a claim.")]));
  pager(byId("papers-pager"), page, Math.ceil(all.length / PAPERS_SHOWN), (target) => {
    showPapers(target);
    byId("main").focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}

function showPaper(place, current) {
  const paper = papers[place];
  byId("papers-pager").hidden = true;
  if (!paper) {
    byId("papers").replaceChildren(make("p", { class: "empty" }, "There is no such paper."));
    return;
  }
  const back = make("a", { class: "back", href: origin }, "‹ Back");
  byId("papers").replaceChildren(back, card(paper, paper.rows, current, "h3"));
  back.focus({ preventScroll: true });
  const target = byId("current");
  if (target) target.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
}

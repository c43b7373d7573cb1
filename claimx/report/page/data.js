// The data as Python left them, and what is looked up in them.
const data = JSON.parse(byId("data").textContent);
const columns = data.claims;
const papers = data.papers;
const total = columns.paper.length;
const named = (column, row) => (columns[column][row] < 0 ? "" : columns.strings[columns[column][row]]);
const paperOf = (row) => papers[columns.paper[row]];
// Readers give the 1 January to papers of which only the year is known.
const dateText = (paper) => paper.date.replace(/-01-01$/, "");
const confidenceText = (row) => (columns.confidence[row] === null ? "" : columns.confidence[row].toFixed(2));

// The passage that states each claim.
const passageOf = new Array(total).fill(null);
for (const paper of papers) for (const passage of paper.text) for (const row of passage[0]) passageOf[row] = passage;

const plain = (passage) => passage.slice(1).map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");

// All words of a claim in lower case, made once and only when somebody searches.
let words = null;
const SEARCHED = ["method", "baseline", "benchmark", "metric", "valueText", "deltaText", "setting", "task", "rule"];
function searchable() {
  if (words) return words;
  const sentences = new Map();
  words = new Array(total);
  for (let row = 0; row < total; row++) {
    const passage = passageOf[row];
    if (passage && !sentences.has(passage)) sentences.set(passage, plain(passage).toLowerCase());
    const paper = paperOf(row);
    const parts = SEARCHED.map((column) => named(column, row));
    words[row] = [...parts, paper.title, paper.id, paper.date].join("\n").toLowerCase() + "\n" + (sentences.get(passage) || "");
  }
  return words;
}

// Strings in the order of a reader, as numbers, so that a sort of thousands of rows compares numbers only.
let places = null;
function placeOf(column, row) {
  if (!places) {
    const collator = new Intl.Collator("en", { numeric: true });
    const order = columns.strings.map((_, at) => at).sort((a, b) => collator.compare(columns.strings[a], columns.strings[b]));
    places = new Array(order.length);
    order.forEach((at, place) => (places[at] = place));
  }
  return columns[column][row] < 0 ? null : places[columns[column][row]];
}

const SORT_KEYS = {
  method: (row) => placeOf("method", row),
  benchmark: (row) => placeOf("benchmark", row),
  metric: (row) => placeOf("metric", row),
  value: (row) => columns.value[row],
  delta: (row) => columns.delta[row],
  baseline: (row) => placeOf("baselineText", row),
  kind: (row) => placeOf("kind", row),
  date: (row) => (paperOf(row).date ? Date.parse(paperOf(row).date) : null),
  confidence: (row) => columns.confidence[row],
  paper: (row) => columns.paper[row],
};

// Rows by a column; those without come last either way, ties stay in the table's order.
function sorted(rows, column, descending) {
  const key = SORT_KEYS[column];
  if (!key) return rows;
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const sign = descending ? -1 : 1;
  return rows.slice().sort((one, other) => {
    const a = keys.get(one);
    const b = keys.get(other);
    if (a === null || b === null) return (a === null) - (b === null) || one - other;
    return sign * (a - b) || one - other;
  });
}

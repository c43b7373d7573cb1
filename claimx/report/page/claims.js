// The table of claims: a page of rows at a time, sorted by any column, walked through by the arrow keys.
const ROWS_SHOWN = 50;
const COLUMNS = [
  ["method", "Method"], ["benchmark", "Benchmark"], ["metric", "Metric"], ["value", "Value"], ["delta", "Change"],
  ["baseline", "Baseline"], ["kind", "Kind"], ["date", "Date"], ["confidence", "Confidence"], ["paper", "Paper"],
];
const NUMERIC = new Set(["value", "delta", "confidence"]);
const grid = byId("grid");
const order = { column: "", descending: false, page: 0, at: 0 };
let ordered = matching;

// What stands in a cell; a cell keeps the direction of its text to itself, so it needs no element for that.
function cell(row, column) {
  if (column === "method") {
    return make("a", { href: "#/claim/" + row, tabindex: "-1" }, named("method", row) || make("span", { class: "soft" }, "not named"));
  }
  if (column === "delta") {
    const verdict = { 0: "worse", 1: "better" }[columns.improved[row]];
    const text = named("deltaText", row);
    return text && verdict ? make("span", { class: verdict }, text, make("span", { class: "unseen" }, ` (${verdict})`)) : text;
  }
  if (column === "value" || column === "baseline") return named(column + "Text", row);
  if (column === "date") return dateText(paperOf(row));
  if (column === "paper") return paperOf(row).title || paperOf(row).id;
  return column === "confidence" ? confidenceText(row) : named(column, row);
}

function rowElements(row, place, shown) {
  const cells = COLUMNS.map(([column, label]) =>
    make("td", { role: "gridcell", class: column + (NUMERIC.has(column) ? " number" : ""), "data-label": label }, cell(row, column)));
  const sure = cells[COLUMNS.findIndex(([column]) => column === "confidence")];
  if (columns.confidence[row] !== null) sure.style.setProperty("--share", columns.confidence[row]);
  const index = order.page * ROWS_SHOWN + place;
  const attributes = { role: "row", "aria-rowindex": index + 2, tabindex: place === order.at ? "0" : "-1", "data-row": row };
  if (named("check", row) === "mismatch") attributes.class = "doubtful";
  const element = make("tr", attributes, cells);
  // Rows of the same sentence share it.
  const passage = passageOf[row];
  if (!byId("sentences").checked || !passage || passageOf[shown[place + 1]] === passage) return [element];
  const sentence = make("td", { role: "gridcell", colspan: COLUMNS.length }, make("p", { dir: "auto" }, marked(passage, null)));
  return [element, make("tr", { role: "row", class: "sentence", "data-row": row }, sentence)];
}

function showClaims() {
  const pages = Math.max(1, Math.ceil(ordered.length / ROWS_SHOWN));
  order.page = Math.min(Math.max(order.page, 0), pages - 1);
  const shown = ordered.slice(order.page * ROWS_SHOWN, (order.page + 1) * ROWS_SHOWN);
  order.at = Math.min(order.at, Math.max(0, shown.length - 1));
  const empty = make("tr", { role: "row" }, make("td", { role: "gridcell", colspan: COLUMNS.length, class: "empty" },
    total ? "No claim fits: take something out of the filter." : "The table has no claims."));
  grid.tBodies[0].replaceChildren(...(shown.length ? shown.flatMap(rowElements) : [empty]));
  grid.setAttribute("aria-rowcount", ordered.length + 1);
  pager(byId("claims-pager"), order.page, pages, (target) => {
    order.page = target;
    order.at = 0;
    showClaims();
    focusRow(0);
  });
}

function sortBy(column, descending) {
  Object.assign(order, { column, descending, page: 0, at: 0 });
  refreshClaims();
}

function refreshClaims() {
  ordered = sorted(matching, order.column, order.descending);
  for (const head of grid.tHead.rows[0].cells) {
    const here = head.dataset.column === order.column;
    head.setAttribute("aria-sort", here ? (order.descending ? "descending" : "ascending") : "none");
  }
  byId("sort").value = order.column ? order.column + (order.descending ? "-" : "+") : "";
  showClaims();
}

// Up, then down, then the table's own order again; numbers and dates begin with the highest.
function nextOrder(column) {
  const first = NUMERIC.has(column) || column === "date";
  if (order.column !== column) return sortBy(column, first);
  return order.descending === first ? sortBy(column, !first) : sortBy("", false);
}

const rowAt = (place) => grid.tBodies[0].querySelectorAll("tr[tabindex]")[place];

function focusRow(place) {
  const before = rowAt(order.at);
  const target = rowAt(place);
  if (!target) return;
  if (before) before.tabIndex = -1;
  order.at = place;
  target.tabIndex = 0;
  target.focus();
}

function walk(event) {
  const last = Math.min(ROWS_SHOWN, ordered.length - order.page * ROWS_SHOWN) - 1;
  const turn = (by) => {
    const page = order.page + by;
    if (page < 0 || page * ROWS_SHOWN >= ordered.length) return;
    order.page = page;
    order.at = by > 0 ? 0 : ROWS_SHOWN - 1;
    showClaims();
    focusRow(order.at);
  };
  const steps = {
    ArrowDown: () => (order.at < last ? focusRow(order.at + 1) : turn(1)),
    ArrowUp: () => (order.at > 0 ? focusRow(order.at - 1) : turn(-1)),
    Home: () => focusRow(0),
    End: () => focusRow(last),
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
    Enter: () => (location.hash = "#/claim/" + ordered[order.page * ROWS_SHOWN + order.at]),
  };
  if (!steps[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  steps[event.key]();
}

function buildGrid() {
  const heads = COLUMNS.map(([column, label]) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => nextOrder(column));
    return make("th", { role: "columnheader", scope: "col", class: column + (NUMERIC.has(column) ? " number" : ""), "data-column": column }, button);
  });
  grid.tHead.append(make("tr", { role: "row" }, heads));
  grid.setAttribute("aria-colcount", COLUMNS.length);
  grid.tBodies[0].addEventListener("keydown", walk);
  grid.tBodies[0].addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && row.hasAttribute("aria-rowindex")) order.at = Number(row.getAttribute("aria-rowindex")) - 2 - order.page * ROWS_SHOWN;
    if (row && !event.target.closest("a") && !String(getSelection())) location.hash = "#/claim/" + row.dataset.row;
  });
  const choices = COLUMNS.flatMap(([column, label]) => [make("option", { value: column + "+" }, label + " ↑"), make("option", { value: column + "-" }, label + " ↓")]);
  byId("sort").append(make("option", { value: "" }, "as in the table"), ...choices);
  byId("sort").addEventListener("change", (event) => sortBy(event.target.value.slice(0, -1), event.target.value.endsWith("-")));
  byId("sentences").addEventListener("change", showClaims);
}

// One filter for the claims and the abstracts; it stands in the address, so that a view can be linked to.
const NAMES = ["benchmark", "metric", "method"];
const inputs = { q: byId("q"), kind: byId("f-kind"), min: byId("f-min") };
for (const name of NAMES) inputs[name] = byId("f-" + name);
const everyRow = Array.from({ length: total }, (_, row) => row);
let matching = everyRow;
let previous = null;

function readFilter() {
  const state = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]));
  if (Number(state.min) === 0) state.min = "";
  return state;
}

function writeFilter(parameters) {
  for (const [name, input] of Object.entries(inputs)) input.value = parameters.get(name) || (name === "min" ? "0" : "");
}

function filterAddress() {
  const given = Object.entries(readFilter()).filter(([, value]) => value);
  return given.length ? "?" + new URLSearchParams(given) : "";
}

// A name that the column has is meant exactly; anything else is a part of one. The answer is a set of string numbers.
function chosen(column, text) {
  const wanted = text.toLowerCase();
  const used = new Set(columns[column]);
  const lower = (at) => columns.strings[at].toLowerCase();
  const all = [...used].filter((at) => at >= 0);
  const exact = all.filter((at) => lower(at) === wanted);
  return new Set(exact.length ? exact : all.filter((at) => lower(at).includes(wanted)));
}

function applyFilter() {
  const state = readFilter();
  const terms = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = terms.length ? searchable() : null;
  const sets = [...NAMES, "kind"].filter((name) => state[name]).map((name) => [columns[name], chosen(name, state[name])]);
  const least = Number(state.min || 0);
  // A letter more keeps only rows of before.
  const narrower = previous && state.q.startsWith(previous.q) && ["kind", "min", ...NAMES].every((name) => state[name] === previous[name]);
  const among = narrower ? matching : everyRow;
  previous = state;
  matching = [];
  for (const row of among) {
    if (least && !(columns.confidence[row] >= least)) continue;
    if (sets.some(([column, wanted]) => !wanted.has(column[row]))) continue;
    if (text && !terms.every((term) => text[row].includes(term))) continue;
    matching.push(row);
  }
  byId("min-shown").textContent = Number(inputs.min.value).toFixed(2);
  const some = matching.length < total ? `${thousands(matching.length)} of ` : "";
  const from = new Set(matching.map((row) => columns.paper[row])).size;
  byId("count").textContent = `${some}${counted(total, "claim")} in ${counted(from, "paper")}`;
}

// The names to choose from, the most frequent first; made when a field is first used.
function offer(column, list, most) {
  const counts = new Map();
  for (const at of columns[column]) if (at >= 0) counts.set(at, (counts.get(at) || 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
  list.append(...top.map(([at, count]) => make("option", { value: columns.strings[at] }, `${columns.strings[at]} (${thousands(count)})`)));
}

offer("kind", inputs.kind, 100);
for (const name of NAMES) inputs[name].addEventListener("focus", () => offer(name, byId("all-" + name), 300), { once: true });

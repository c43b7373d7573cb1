// A board as a picture: the best value over time where dates are known, bars otherwise. The table below says the same.
const PLOT_HEIGHT = 320;
const BARS = 15;

function ticks(low, high, about) {
  const rough = (high - low) / about || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough);
  const out = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at++) out.push(Number((at * step).toPrecision(12)));
  return out;
}

const clipped = (text, room) => (text.length > room ? text.slice(0, Math.max(1, room - 1)) + "…" : text);
const numberText = (value) => value.toLocaleString("en", { maximumSignificantDigits: 6 }).replace("-", "−");

function entriesOf(board) {
  return board.entries
    .map(([row, rank, value, method, written, setting, reason]) =>
      ({ row, rank, value, written, setting, reason, date: paperOf(row).date, method: method || "not named" }));
}

function plot(board, width) {
  const entries = entriesOf(board).filter((entry) => entry.value !== null && !entry.reason);
  const dated = entries.filter((entry) => entry.date);
  const days = new Set(dated.map((entry) => entry.date));
  const ranked = dated.some((entry) => entry.rank !== null);
  return days.size > 1 && ranked ? overTime(board, dated, width) : bars(board, entries, width);
}

function point(entry, shape) {
  const text = `${entry.method}: ${entry.written}${entry.date ? " (" + dateText(entry) + ")" : ""}`;
  const group = drawn("g", { class: "entry" + (entry.rank === null ? " hedged" : "") }, shape, drawn("title", null, text));
  group.addEventListener("click", () => (location.hash = "#/claim/" + entry.row));
  return group;
}

function overTime(board, entries, width) {
  const height = PLOT_HEIGHT;
  const left = 52, right = 20, top = 34, bottom = 34;
  const time = (entry) => Date.parse(entry.date);
  const times = entries.map(time);
  const values = entries.map((entry) => entry.value);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = Math.max(...values) - Math.min(...values) || Math.abs(values[0]) || 1;
  const [low, high] = [Math.min(...values) - span * 0.06, Math.max(...values) + span * 0.1];
  const x = (at) => left + 12 + ((at - first) / (last - first)) * (width - left - right - 24);
  const y = (value) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom);
  const art = [];
  for (const tick of ticks(low, high, 5)) {
    art.push(drawn("line", { class: "grid", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }));
    art.push(drawn("text", { class: "tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, numberText(tick)));
  }
  for (const [at, label] of dateTicks(first, last, Math.floor(width / 90))) {
    art.push(drawn("text", { class: "tick", x: x(at), y: height - 10, "text-anchor": "middle" }, label));
  }
  const axis = board.metric + (board.unit ? ` (${board.unit})` : "");
  art.push(drawn("text", { class: "tick", x: 4, y: 12 }, clipped(axis, Math.floor(width / 8))));
  const sign = board.better === "lower" ? -1 : 1;
  const records = [];
  for (const entry of entries.filter((one) => one.rank !== null).sort((a, b) => time(a) - time(b) || sign * (b.value - a.value))) {
    if (!records.length || sign * entry.value > sign * records[records.length - 1].value) records.push(entry);
  }
  const steps = records.map((entry, at) => `${at ? "H" : "M"}${at ? x(time(entry)) : x(time(entry)) + "," + y(entry.value)}${at ? "V" + y(entry.value) : ""}`);
  art.push(drawn("path", { class: "record", d: steps.join("") + "H" + x(last) }));
  for (const entry of entries) {
    const best = records.includes(entry);
    art.push(point(entry, drawn("circle", { class: best ? "best" : "", cx: x(time(entry)), cy: y(entry.value), r: best ? 5.5 : 4 })));
  }
  art.push(...labels(records, (entry) => [x(time(entry)), y(entry.value)], width));
  return frame(width, height, art);
}

// Names of the record holders, the latest first, each only where it covers no other.
function labels(records, place, width) {
  const taken = [];
  const out = [];
  const named = width < 480 ? records.slice(-1) : records;
  for (const entry of named.slice().reverse()) {
    const text = clipped(entry.method, 24);
    const half = text.length * 3.4;
    const [at, y] = place(entry);
    const x = Math.min(Math.max(at, half + 56), width - half - 8);
    const free = (box) => !taken.some((other) => box[0] < other[1] && other[0] < box[1] && box[2] < other[3] && other[2] < box[3]);
    const line = [y - 11, y + 20].find((at) => free([x - half, x + half, at - 12, at + 3]));
    if (line === undefined) continue;
    taken.push([x - half, x + half, line - 12, line + 3]);
    out.push(drawn("text", { class: "label", x, y: line, "text-anchor": "middle" }, text));
  }
  return out;
}

function dateTicks(first, last, most) {
  const [from, to] = [new Date(first), new Date(last)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth() + 1;
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((by) => months / by <= most) || 240;
  const out = [];
  for (let month = from.getUTCFullYear() * 12 + from.getUTCMonth(); out.length < 100; month++) {
    if (month % step) continue;
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > last) break;
    if (at >= first) out.push([at, new Date(at).toISOString().slice(0, step % 12 ? 7 : 4)]);
  }
  return out;
}

function bars(board, entries, width) {
  const shown = entries.slice(0, BARS);
  const line = 26;
  const left = Math.min(230, Math.round(width * 0.38));
  const right = 76;
  const height = shown.length * line + 8;
  const values = shown.map((entry) => entry.value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (width - left - right);
  const art = shown.map((entry, at) => {
    const y = at * line + 4;
    const ends = [x(0), x(entry.value)].sort((a, b) => a - b);
    return point(entry, drawn("g", null,
      drawn("text", { class: "name", x: left - 10, y: y + 15, "text-anchor": "end" }, clipped(entry.method, Math.floor(left / 7.4))),
      drawn("rect", { class: entry.rank === 1 ? "best" : "", x: ends[0], y, width: Math.max(1, ends[1] - ends[0]), height: line - 8, rx: 3 }),
      drawn("text", { class: "amount", x: ends[1] + 8, y: y + 15 }, entry.written)));
  });
  return frame(width, height, art);
}

const frame = (width, height, art) => drawn("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, art);

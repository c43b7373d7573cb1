// The boards: a list to choose from, and the chosen one as a picture and a table.
const BOARDS_SHOWN = 60;
let boardShown = -1;

const directionOf = (board) => `${board.better} is better`;

function listBoards() {
  const terms = byId("board-q").value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = data.boards.map((board, at) => [board, at]).filter(([board]) => {
    const name = `${board.benchmark} ${board.metric}`.toLowerCase();
    return terms.every((term) => name.includes(term));
  });
  const list = byId("board-list");
  const item = ([board, at]) => make("li", null,
    make("a", { href: "#/board/" + at, "data-board": at, "aria-current": at === boardShown ? "true" : null },
      make("span", { class: "name" }, nameOf(board.benchmark), make("span", { class: "soft" }, nameOf(board.metric))),
      make("span", { class: "number" }, thousands(board.methods), make("span", { class: "unseen" }, " methods"))));
  const show = (from) => {
    list.append(...found.slice(from, from + BOARDS_SHOWN).map(item));
    if (found.length <= from + BOARDS_SHOWN) return;
    const more = make("button", { type: "button" }, `Show ${thousands(Math.min(BOARDS_SHOWN, found.length - from - BOARDS_SHOWN))} more`);
    more.addEventListener("click", () => {
      more.parentElement.remove();
      show(from + BOARDS_SHOWN);
    });
    list.append(make("li", { class: "more" }, more));
  };
  list.replaceChildren();
  show(0);
  byId("board-count").textContent = data.boards.length ? `${counted(found.length, "board")}, by number of methods` : "";
}

function boardTable(board) {
  const heads = [["rank", "#"], ["method", "Method"], ["value", "Value"], ["setting", "Setting"], ["date", "Date"], ["paper", "Paper"]];
  const settings = board.entries.some((entry) => entry[5]);
  const used = heads.filter(([column]) => settings || column !== "setting");
  const cells = {
    rank: (entry) => (entry.rank === null ? "–" : String(entry.rank)),
    method: (entry) => make("a", { href: "#/claim/" + entry.row }, nameOf(entry.method)),
    value: (entry) => entry.written,
    setting: (entry) => nameOf(entry.setting),
    date: (entry) => dateText(paperOf(entry.row)),
    paper: (entry) => [nameOf(paperOf(entry.row).title || paperOf(entry.row).id), entry.reason ? make("span", { class: "reason" }, entry.reason) : null],
  };
  const number = (column) => (column === "rank" || column === "value" ? " number" : "");
  const body = entriesOf(board).map((entry) =>
    make("tr", { class: entry.rank === 1 ? "first" : null }, used.map(([column, label]) => make("td", { class: column + number(column), "data-label": label }, cells[column](entry)))));
  return make("table", { class: "board" },
    make("thead", null, make("tr", null, used.map(([column, label]) => make("th", { scope: "col", class: column + number(column) }, label)))),
    make("tbody", null, body));
}

function showBoard(at) {
  boardShown = at;
  const room = byId("board");
  const board = data.boards[at];
  byId("boards").classList.toggle("open", Boolean(board));
  for (const link of byId("board-list").querySelectorAll("a")) {
    if (Number(link.dataset.board) === at) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (!board) {
    const why = data.boards.length ? "Choose a board." : "No claim has a method, a benchmark, a metric and a value.";
    room.replaceChildren(make("p", { class: "empty" }, why));
    return;
  }
  const unit = board.unit ? `in ${board.unit}, ` : "";
  const figure = make("figure", { class: "card" });
  room.replaceChildren(
    make("a", { class: "back narrow", href: "#/boards" }, "‹ All boards"),
    make("h3", null, nameOf(board.benchmark), " · ", nameOf(board.metric)),
    make("p", { class: "meta" }, `${unit}${directionOf(board)} · ${counted(board.methods, "method")}`),
    figure,
    boardTable(board),
  );
  draw(figure, board);
}

function draw(figure, board) {
  const style = getComputedStyle(figure);
  const width = Math.floor(figure.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  if (width > 0) figure.replaceChildren(plot(board, Math.max(280, width)));
}

addEventListener("resize", () => {
  const figure = byId("board").querySelector("figure");
  if (figure && data.boards[boardShown]) draw(figure, data.boards[boardShown]);
});
byId("board-q").addEventListener("input", listBoards);

// Views by address, the theme, the keys, and the start.
const VIEWS = ["overview", "claims", "abstracts", "boards", "checks"];
let view = "";
let paperPage = false;
let origin = "#/claims"; // where a paper was come to from, to go back there
let applied = null;

// "#/claims?q=x" → ["claims", undefined, parameters]; "#/claim/12" → ["claim", "12", none]. The slash keeps the
// browser from taking an address for an element to scroll to.
function address() {
  const [path, query] = location.hash.slice(2).split(/\?(.*)/s);
  const [name, item] = path.split("/");
  return [name, item, new URLSearchParams(query || "")];
}

function go() {
  const [name, item, parameters] = address();
  const target = { claim: "abstracts", paper: "abstracts", board: "boards" }[name] || (VIEWS.includes(name) ? name : "overview");
  paperPage = name === "claim" || name === "paper";
  if (target !== view) scrollTo(0, 0);
  view = target;
  for (const id of VIEWS) byId(id).hidden = id !== view;
  if (view === "abstracts" && paperPage) applied = applied && applied.startsWith("abstracts") ? null : applied;
  byId("filter").hidden = !(view === "claims" || (view === "abstracts" && !paperPage));
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.getAttribute("href").split("?")[0] === "#/" + view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (!paperPage) origin = location.hash || "#/overview";
  const row = Number(item);
  if (name === "claim") showPaper(columns.paper[row], row);
  else if (name === "paper") showPaper(row, null);
  else if (view === "claims" || view === "abstracts") {
    writeFilter(parameters);
    if (applied !== view + filterAddress()) filterChanged();
    else if (view === "claims") focusRow(order.at); // back from a claim: where one was
  } else if (view === "boards") {
    if (!byId("board-list").children.length) listBoards();
    const wide = matchMedia("(min-width: 56rem)").matches;
    showBoard(name === "board" ? row : wide && data.boards.length ? 0 : -1);
  } else if (view === "checks") showChecks();
}

function filterChanged() {
  applied = view + filterAddress();
  for (const name of ["claims", "abstracts"]) {
    document.querySelector(`header nav a[href^="#/${name}"]`).href = `#/${name}${filterAddress()}`;
  }
  applyFilter();
  if (view === "abstracts") showPapers(0);
  else {
    Object.assign(order, { page: 0, at: 0 });
    refreshClaims();
  }
}

// The address follows the filter a moment later: browsers allow few changes of it a second.
let later = 0;
function filterTyped() {
  filterChanged();
  clearTimeout(later);
  later = setTimeout(() => {
    if (byId("filter").hidden) return;
    origin = "#/" + view + filterAddress();
    history.replaceState(null, "", origin);
  }, 300);
}

function setTheme(dark, keep) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
  try {
    if (keep) localStorage.setItem("claimx-theme", dark ? "dark" : "light");
  } catch {
    // A page from a file may have no storage; then the choice lasts as long as the page.
  }
}

function startTheme() {
  let kept = null;
  try {
    kept = localStorage.getItem("claimx-theme");
  } catch {
    // As above.
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  setTheme(kept ? kept === "dark" : system.matches, false);
  system.addEventListener("change", (event) => setTheme(event.matches, false));
  byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark", true));
}

function keys(event) {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (view === "boards") return byId("board-q").focus();
    if (byId("filter").hidden) location.hash = "#/claims" + filterAddress();
    setTimeout(() => inputs.q.select());
  } else if (event.key === "Escape" && paperPage && !typing) location.hash = origin;
  else if (event.key === "ArrowDown" && event.target === inputs.q && view === "claims") {
    event.preventDefault();
    focusRow(0);
  }
}

startTheme();
buildGrid();
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
byId("filter").addEventListener("input", filterTyped);
byId("more").addEventListener("click", () => {
  const open = byId("filter").classList.toggle("open");
  byId("more").setAttribute("aria-expanded", String(open));
  byId("more").textContent = open ? "Fewer filters" : "More filters";
});
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("filter").addEventListener("reset", () => setTimeout(filterTyped));
addEventListener("hashchange", go);
addEventListener("keydown", keys);
go();
(window.requestIdleCallback || setTimeout)(searchable);
document.documentElement.dataset.ready = "true";
performance.mark("usable");

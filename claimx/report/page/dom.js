// Elements are made by name and filled with text: no string of the data is ever read as markup.
function make(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawn(name, attributes, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const byId = (id) => document.getElementById(id);
const thousands = (count) => count.toLocaleString("en");
const counted = (count, noun) => `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
const nameOf = (text) => make("bdi", null, text);

// Previous and next with the page between; nothing where one page holds all.
function pager(nav, page, pages, go) {
  const step = (label, target) => {
    const button = make("button", { type: "button", disabled: target < 0 || target >= pages }, label);
    button.addEventListener("click", () => go(target));
    return button;
  };
  nav.hidden = pages < 2;
  nav.replaceChildren(
    step("‹ Previous", page - 1),
    make("span", null, `Page ${thousands(page + 1)} of ${thousands(pages)}`),
    step("Next ›", page + 1),
  );
}

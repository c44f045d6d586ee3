// Elements made without any text being read as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return an element. Attributes that begin with "on" are listeners; those that are null or false
 * are left out. Children are nodes or text.
 */
export const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

const UP = "M7 11v8H4v-8zM7 11l4-7c1.5 0 2.5 1 2.2 2.6L12.7 9.5h5.8a1.5 1.5 0 0 1 1.5 1.8l-1.2 6.2a2 2 0 0 1-2 1.5H7"; // upside down for the other
const SHAPES = {
  chat: "M4 5.5h16v11H10.5L6 20v-3.5H4z",
  close: "M6 6l12 12M18 6L6 18",
  anew: "M12 5v14M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  up: UP,
  down: UP,
};

/** Return the drawing of a name of `SHAPES`, which screen readers pass over. */
export const icon = (name) => {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
};

/** Return a button that shows an icon and is called `label`. */
export const iconButton = (name, label, onclick, attributes = {}) =>
  el("button", { type: "button", class: "icon", title: label, "aria-label": label, onclick, ...attributes }, icon(name));

// What happens when a page loads the script: the element is known, and one is put in its place.

import { TwinWidget } from "./element.js";

const NAME = "twin-widget";
const script = document.currentScript || document.querySelector('script[src$="/widget.js"]');
const base = new URL(".", script.src).href.slice(0, -1);

/** Put an element with the script's attributes where the page wants it. */
const place = () => {
  const { mode, target } = script.dataset;
  const element = document.createElement(NAME);
  element.base = base;
  Object.assign(element.dataset, script.dataset);
  const within = mode === "inline" && target ? document.querySelector(target) : null;
  if (target && !within) console.warn(`twinctl widget: the page has no ${target}`);
  if (within) within.append(element);
  else if (mode && mode !== "bubble" && document.body.contains(script)) script.after(element);
  else document.body.append(element);
};

if (!customElements.get(NAME)) {
  TwinWidget.base = base;
  customElements.define(NAME, TwinWidget);
}
if (script.dataset.twin) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", place, { once: true });
  else place();
}

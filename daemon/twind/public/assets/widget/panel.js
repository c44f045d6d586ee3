// The sheet that shows where an answer comes from.

import { el, iconButton } from "./dom.js";
import { keepFocus } from "./focus.js";
import { link, webAddress } from "./markdown.js";

const MINUTE_S = 60;

const clock = (seconds) =>
  `${Math.floor(seconds / MINUTE_S)}:${String(Math.floor(seconds % MINUTE_S)).padStart(2, "0")}`;

/** Return in words where in its source a quote stands, or nothing. */
const locate = ({ page, heading, start_seconds: seconds }, text) =>
  [page && text("page", { n: page }), heading, seconds != null && clock(seconds)]
    .filter(Boolean)
    .join(" · ");

/** A sheet over the chat; one quote at a time. */
export class Panel {
  #text;
  #before = null;
  element = el("div", { class: "panel", hidden: true });

  constructor(text) {
    this.#text = text;
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
    keepFocus(this.element, () => this.close());
  }

  /** Show the quote of a citation; `opener` gets the focus back. */
  open(citation, opener) {
    const text = this.#text;
    const href = webAddress(citation.url);
    const where = locate(citation.locator || {}, text);
    const close = iconButton("close", text("close"), () => this.close());
    this.#before = opener;
    this.element.replaceChildren(
      el(
        "div",
        { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": text("source", { n: citation.n, title: citation.title }) },
        el(
          "div",
          { class: "title" },
          el("span", { class: "number", "aria-hidden": "true" }, citation.n),
          el("strong", { dir: "auto" }, citation.title),
          close,
        ),
        where ? el("p", { class: "place", dir: "auto" }, where) : null,
        el("blockquote", { dir: "auto", tabindex: 0 }, citation.quote),
        href ? link(href, text("visit")) : null,
      ),
    );
    this.element.hidden = false;
    close.focus();
  }

  close() {
    this.element.hidden = true;
    this.element.replaceChildren();
    this.#before?.focus();
  }
}

// The bubble: a button in the corner of the page, and the chat above it.

import { el, icon } from "./dom.js";
import { keepFocus } from "./focus.js";

/** Opens and closes a chat; remembers across a reload whether it was open. */
export class Bubble {
  #chat;
  #memory;
  #emit;
  #launcher;
  #dialog;
  element;

  constructor({ text, memory, emit }) {
    this.#memory = memory;
    this.#emit = emit;
    this.#launcher = el(
      "button",
      {
        type: "button",
        class: "launcher",
        title: text("ask"),
        "aria-label": text("ask"),
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        onclick: () => (this.isOpen ? this.close() : this.open()),
      },
      icon("chat"),
    );
    this.#dialog = el("div", {
      class: "dialog",
      role: "dialog",
      "aria-modal": "true",
      "aria-label": text("chat"),
      tabindex: -1,
      hidden: true,
    });
    keepFocus(this.#dialog, () => this.close());
    this.element = el("div", { class: "bubble", role: "region", "aria-label": text("chat") }, this.#dialog, this.#launcher);
  }

  get isOpen() {
    return !this.#dialog.hidden;
  }

  /** Take the chat; open it again where it was open before a reload and does not fill the page. */
  hold(chat) {
    this.#chat = chat;
    this.#dialog.append(chat.element);
    if (this.#memory.get("open") && !FILLS.matches) this.open({ takesFocus: false });
  }

  open({ takesFocus = true } = {}) {
    if (this.isOpen) return;
    this.#show(true);
    this.#chat.start();
    if (!takesFocus) return;
    if (COARSE.matches) this.#dialog.focus(); // a keyboard on the screen would hide the greeting
    else this.#chat.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.#show(false);
    this.#launcher.focus();
  }

  #show(isOpen) {
    this.#dialog.hidden = !isOpen;
    this.#launcher.setAttribute("aria-expanded", String(isOpen));
    this.#launcher.replaceChildren(icon(isOpen ? "close" : "chat"));
    this.#memory.set({ open: isOpen });
    this.#emit(isOpen ? "open" : "close");
    this.#follow(isOpen);
  }

  /** Keep within what the keyboard on a screen leaves free. */
  #follow(isOpen) {
    const view = window.visualViewport;
    if (!view) return;
    view.onresize = view.onscroll = isOpen ? () => this.#fit(view) : null;
    this.#fit(view);
  }

  #fit({ height, offsetTop }) {
    this.#dialog.style.setProperty("--visible", `${height}px`);
    this.#dialog.style.setProperty("--above", `${offsetTop}px`);
  }
}

const FILLS = matchMedia("(max-width: 639.98px), (max-height: 419.98px)");
const COARSE = matchMedia("(pointer: coarse)");

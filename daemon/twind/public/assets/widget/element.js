// <twin-widget>: reads its attributes once and puts a chat into its shadow.

import { Chat } from "./chat.js";
import { Bubble } from "./dialog.js";
import { el } from "./dom.js";
import { Memory } from "./memory.js";
import { words } from "./strings.js";
import { Transport } from "./transport.js";

let sheet;

/** Return the style sheet, which a content security policy has no part in. */
const styles = () => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
};

/**
 * The widget. Its methods open(), close() and ask(question) and its events, named "twin-…", are
 * all that a page needs; nothing of it is global.
 */
export class TwinWidget extends HTMLElement {
  static base;
  #bubble;
  #chat;

  connectedCallback() {
    if (this.shadowRoot) return;
    const { twin, key, share, mode = "bubble", color, visitor, language } = this.dataset;
    if (!twin || !(key || share)) {
      console.warn("twinctl widget: it needs data-twin and data-key");
      return;
    }
    this.dataset.mode = mode;
    const lang = language || document.documentElement.lang || navigator.language;
    const [text, spoken] = words(lang);
    const memory = new Memory(twin, share || key);
    const emit = (name, detail) => this.#emit(name, detail);
    if (mode === "bubble") this.#bubble = new Bubble({ text, memory, emit });
    this.#chat = new Chat({
      transport: new Transport({ base: this.base || TwinWidget.base, twin, key, share, visitor }, memory),
      text,
      emit,
      close: this.#bubble && (() => this.close()),
      level: mode === "page" ? 1 : 2,
    });
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles()];
    const root = el("div", { class: `root ${mode}`, lang: spoken });
    root.append(this.#bubble ? this.#bubble.element : this.#region(text));
    shadow.append(root);
    this.#adapt(color);
    this.#begin(mode);
  }

  open() {
    this.#bubble?.open();
  }

  close() {
    this.#bubble?.close();
  }

  /** Ask as if the visitor had typed it. */
  ask(question) {
    this.open();
    return this.#chat.ask(String(question));
  }

  #region(text) {
    const isMain = this.dataset.mode === "page" && !document.querySelector("main, [role=main]");
    return el("div", { class: "frame", role: isMain ? "main" : "region", "aria-label": text("chat") }, this.#chat.element);
  }

  /** Take the colours of the site; where it says nothing of dark and light, those of the device. */
  #adapt(color) {
    const saysScheme =
      getComputedStyle(this).colorScheme !== "normal" || document.querySelector("meta[name=color-scheme]");
    this.toggleAttribute("data-device-scheme", !saysScheme);
    if (color && CSS.supports("color", color)) this.style.setProperty("--twin-color", color);
  }

  /** Begin when a visitor can see it, so that pages that are passed by cost nothing. */
  #begin(mode) {
    if (this.#bubble) this.#bubble.hold(this.#chat);
    else if (mode === "page") this.#chat.start();
    else {
      const sight = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        sight.disconnect();
        this.#chat.start();
      });
      sight.observe(this);
    }
  }

  #emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`twin-${name}`, { bubbles: true, detail }));
  }
}

// Where the visitor writes.

import { el, icon } from "./dom.js";

const LONGEST = 4000;
const TALLEST_PX = 140;

/** A growing field and one button, which sends or stops. */
export class Composer {
  #text;
  #isBusy = false;
  #field;
  #button = el("button", { type: "submit", class: "send" });
  element;

  /** `ask` is called with a question, `stop` to end the answer that runs. */
  constructor(text, { ask, stop }) {
    this.#text = text;
    this.#field = el("textarea", {
      rows: 1,
      dir: "auto",
      maxlength: LONGEST,
      placeholder: text("ask"),
      "aria-label": text("ask"),
      enterkeyhint: "send",
      oninput: () => this.#fit(),
      onkeydown: (event) => this.#key(event),
    });
    this.element = el(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          if (this.#isBusy) stop();
          else this.#send(ask);
        },
      },
      this.#field,
      this.#button,
    );
    this.busy(false);
  }

  busy(isBusy) {
    this.#isBusy = isBusy;
    const label = this.#text(isBusy ? "stop" : "send");
    this.#button.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.classList.toggle("stop", isBusy);
    this.#button.replaceChildren(icon(isBusy ? "stop" : "send"));
    this.#fit();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  #send(ask) {
    const question = this.#field.value.trim();
    if (!question) return this.focus();
    this.#field.value = "";
    this.#fit();
    ask(question);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#isBusy) this.element.requestSubmit();
  }

  /** Grow with the text; the button that sends is there when there is something to send. */
  #fit() {
    this.#button.classList.toggle("ready", this.#isBusy || this.#field.value.trim() !== "");
    this.#field.style.height = "auto";
    const { scrollHeight } = this.#field; // none while it is not shown
    if (scrollHeight) this.#field.style.height = `${Math.min(scrollHeight, TALLEST_PX)}px`;
  }
}

// One answer as it comes: what the twin does, its text, its sources, and how it ended.

import { el, iconButton } from "./dom.js";
import { render } from "./markdown.js";

const SECOND_MS = 1000;
const VOTES = ["up", "down"];

/** Shows one answer; the chat tells it what happens. */
export class Answer {
  #chat;
  #written = "";
  #drawn = [];
  #frame = 0;
  #citations = new Map();
  #status = el("p", { class: "status" });
  #body = el("div", { class: "text", dir: "auto" });
  #after = el("div", { class: "after" });
  element = el("div", { class: "answer" }, this.#status, this.#body, this.#after);

  /** `chat` has `text` (words), `openSource`, `rate` and `followEnd`. */
  constructor(chat) {
    this.#chat = chat;
  }

  get text() {
    return this.#written;
  }

  /** Say that the twin is at work. */
  wait() {
    this.#status.textContent = this.#chat.text("looking");
  }

  add(piece) {
    this.#written += piece;
    this.#status.textContent = "";
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  cite(citation) {
    this.#citations.set(citation.n, citation);
    this.#drawn = [];
  }

  /** Show all of it, with what can be done with a whole answer. */
  finish(messageId, vote) {
    this.#settle();
    this.#after.append(...this.#sources());
    if (messageId) this.#after.append(this.#votes(messageId, vote));
  }

  /** Show that there is no answer, which is no error. */
  refuse(message) {
    this.element.classList.add("refusal");
    this.#written = message;
    this.#settle();
    this.#hint("rephrase");
  }

  /** Show that the visitor stopped it. */
  stop() {
    this.finish();
    this.#hint("stopped");
  }

  /** Show what went wrong, and `retry` where that may help, once its wait is over. */
  fail(failure, retry) {
    this.#settle();
    const said = el("p", {});
    const again = el("button", { type: "button", class: "retry", onclick: retry }, this.#chat.text("retry"));
    this.#after.append(el("div", { class: "failure" }, said, retry ? again : null));
    this.#count(failure, said, again);
  }

  #count(failure, said, again, left = failure.wait) {
    const isOver = failure.wait > 0 && left <= 0;
    said.textContent = isOver ? "" : this.#chat.text(failure.kind, { n: left });
    if (!failure.wait) return;
    again.disabled = !isOver;
    if (!isOver && (said.isConnected || left === failure.wait)) {
      setTimeout(() => this.#count(failure, said, again, left - 1), SECOND_MS);
    }
  }

  /** Show what there is; nothing more is waited for. */
  #settle() {
    this.#draw();
    this.#status.textContent = "";
  }

  #hint(key) {
    this.#after.append(el("p", { class: "hint" }, this.#chat.text(key)));
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#drawn = render(this.#body, this.#written, (n) => this.#reference(n), this.#drawn);
    this.#chat.followEnd();
  }

  #reference(n) {
    const citation = this.#citations.get(n);
    return citation && this.#opener(citation, "reference", n);
  }

  #opener(citation, look, ...shown) {
    const label = this.#chat.text("source", citation);
    const button = el("button", { type: "button", class: look, "aria-label": label, title: citation.title }, ...shown);
    button.addEventListener("click", () => this.#chat.openSource(citation, button));
    return button;
  }

  #sources() {
    if (!this.#citations.size) return [];
    const items = [...this.#citations.values()].map((citation) =>
      el(
        "li",
        {},
        this.#opener(
          citation,
          "source",
          el("span", { class: "number" }, citation.n),
          el("span", { class: "name", dir: "auto" }, citation.title),
        ),
      ),
    );
    return [el("ul", { class: "sources", "aria-label": this.#chat.text("sources") }, ...items)];
  }

  /** Return the buttons of an opinion; pressed is the one that was given before, if any. */
  #votes(messageId, given = null) {
    const show = () => buttons.forEach((button, index) => button.setAttribute("aria-pressed", VOTES[index] === given));
    const buttons = VOTES.map((vote) =>
      iconButton(vote, this.#chat.text(vote), async () => {
        const before = given;
        given = before === vote ? null : vote;
        show();
        if (await this.#chat.rate(messageId, given)) return;
        given = before;
        show();
      }),
    );
    show();
    return el("div", { class: "votes" }, ...buttons);
  }
}

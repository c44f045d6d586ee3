// What screen readers are told: whole sentences, once each, however an answer trickles in.

import { el } from "./dom.js";

const LAST_END = /[.!?…。！？؟।]["'”’»)\]]*(?=\s)(?![\s\S]*[.!?…。！？؟।]["'”’»)\]]*\s)/u;
const MARKS = /\[\d{1,3}\]|[*`#>]/g;

/** A live region. */
export class Announcer {
  #told = 0;
  element = el("div", { class: "said", "aria-live": "polite" });

  /** Tell something at once. */
  say(text) {
    const spoken = text.replace(MARKS, "").trim();
    if (spoken) this.element.append(el("p", { dir: "auto" }, spoken));
  }

  /** Begin another answer, with what is told meanwhile. */
  begin(text) {
    this.#told = 0;
    this.element.replaceChildren();
    this.say(text);
  }

  /** Tell the sentences of the answer so far that are new, or all there is when it is whole. */
  follow(answer, isWhole) {
    const rest = answer.slice(this.#told);
    const last = LAST_END.exec(rest);
    const end = isWhole ? rest.length : last ? last.index + last[0].length : 0;
    this.#told += end;
    this.say(rest.slice(0, end));
  }
}

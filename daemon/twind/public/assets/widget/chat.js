// One conversation: what is asked, answered and failed, in one column.

import { Announcer } from "./announcer.js";
import { Answer } from "./answer.js";
import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { warn } from "./failures.js";
import { Panel } from "./panel.js";
import { passcodeForm } from "./passcode.js";

const NEAR_END_PX = 40;
const ABOVE_PX = 12;
const LASTING = ["gone", "origin", "used"]; // asking again does not help

const asked = (question) => el("div", { class: "question", dir: "auto" }, question);

/** The chat itself, whatever frame it is shown in. */
export class Chat {
  #transport;
  #emit;
  #session = null;
  #running = null;
  #trouble = null;
  #isAtEnd = true;
  #left = null;
  #name = el("span", { dir: "auto" });
  #note = el("p", { class: "note" });
  #log;
  #composer;
  #announcer = new Announcer();
  #panel;
  element;

  /**
   * `text(key, values)` gives words in the visitor's language, `emit(name, detail)` tells the
   * page, `close` is there where the chat can be closed, `level` is that of its heading.
   */
  constructor({ transport, text, emit, close, level }) {
    this.text = text;
    this.#name.textContent = text("chat"); // until the twin is known
    this.#transport = transport;
    this.#emit = emit;
    this.#panel = new Panel(text);
    this.#composer = new Composer(text, {
      ask: (question) => this.ask(question),
      stop: () => this.stop(),
    });
    this.#log = el("div", {
      class: "log",
      role: "log",
      "aria-live": "off",
      "aria-label": text("chat"),
      tabindex: 0,
      onscroll: () => this.#look(),
    });
    this.element = el(
      "div",
      { class: "chat" },
      el(
        "div",
        { class: "head" },
        el(`h${level}`, {}, this.#name),
        iconButton("anew", text("anew"), () => this.#restart()),
        close && iconButton("close", text("close"), close),
      ),
      this.#log,
      this.#composer.element,
      this.#note,
      this.#panel.element,
      this.#announcer.element,
    );
  }

  /** Begin or continue the session; whoever calls meanwhile shares it. */
  ready(passcode) {
    this.#session ||= this.#begin(passcode).catch((failure) => {
      this.#session = null;
      throw failure;
    });
    return this.#session;
  }

  /** Begin, and show where that fails. */
  start(passcode) {
    this.ready(passcode).catch((failure) => {
      const answer = this.#append();
      this.#trouble = answer.element;
      if (failure.kind === "passcode") this.#askPasscode(Boolean(passcode), answer);
      else this.#failed(failure, answer, () => this.start());
    });
  }

  focus() {
    this.#composer.focus();
  }

  async ask(question) {
    if (this.#running) return;
    for (const button of this.#log.querySelectorAll(".retry")) button.remove();
    this.#log.append(asked(question));
    this.#emit("question", { question });
    await this.#answer(question);
  }

  stop() {
    this.#running?.abort();
  }

  /** Show where an answer comes from; `opener` gets the focus back. */
  openSource(citation, opener) {
    this.#panel.open(citation, opener);
    this.#emit("source", { n: citation.n, title: citation.title });
  }

  /** Keep what the visitor thinks of an answer; return whether that went well. */
  async rate(messageId, feedback) {
    try {
      await this.#transport.rate(messageId, feedback);
      this.#emit("feedback", { feedback });
      return true;
    } catch (failure) {
      warn(failure, this.#transport.test);
      return false;
    }
  }

  /**
   * Keep the end in sight as long as the last question is, so that a long answer can be read
   * from its beginning; and not where the visitor looks at something above.
   */
  followEnd() {
    if (!this.#isAtEnd) return;
    const question = [...this.#log.querySelectorAll(".question")].at(-1);
    this.#log.scrollTop = Math.min(this.#log.scrollHeight, (question?.offsetTop || 0) - ABOVE_PX);
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  async #begin(passcode) {
    const session = await this.#transport.begin(passcode);
    this.#trouble?.remove();
    this.#name.textContent = session.twin.name;
    this.#left = session.questions_left;
    this.#tellLeft(0);
    const greeting = el("div", { class: "answer greeting", dir: "auto" }, session.twin.greeting || this.text("greeting", session.twin));
    this.#log.prepend(greeting, ...session.messages.map((message) => this.#earlier(message)));
    const last = session.messages.at(-1);
    if (last?.role === "user" && !this.#running) this.#offer(last.content);
    this.followEnd();
    this.#emit("ready", { twin: session.twin.slug });
  }

  /** Let a question be asked again that got no answer before the reload. */
  #offer(question) {
    const answer = this.#append();
    answer.fail({ kind: "stopped" }, () => {
      this.#log.focus();
      answer.element.remove();
      this.#answer(question);
    });
  }

  #earlier({ id, role, content, answered, citations, feedback }) {
    if (role === "user") return asked(content);
    const answer = new Answer(this);
    if (answered) {
      citations.forEach((citation) => answer.cite(citation));
      answer.add(content);
      answer.finish(id, feedback);
    } else answer.refuse(content);
    return answer.element;
  }

  /** Say whose words the answers are, and how many questions a share link still lets through. */
  #tellLeft(asked) {
    if (this.#left != null) this.#left = Math.max(0, this.#left - asked);
    const left = this.#left == null ? "" : this.text("left", { n: this.#left });
    this.#note.textContent = `${this.text("note", { name: this.#name.textContent })} ${left}`;
  }

  #append() {
    const answer = new Answer(this);
    this.#log.append(answer.element);
    this.#isAtEnd = true;
    this.followEnd();
    return answer;
  }

  async #answer(question) {
    const answer = this.#append();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#composer.busy(true);
    this.#announcer.begin(this.text("looking"));
    answer.wait();
    try {
      await this.ready();
      for await (const event of this.#transport.ask(question, signal)) this.#take(answer, event);
    } catch (failure) {
      if (signal.aborted) this.#stopped(answer);
      else this.#failed(failure, answer, () => this.#answer(question));
    } finally {
      this.#running = null;
      this.#composer.busy(false);
      this.followEnd();
    }
  }

  #take(answer, { name, data }) {
    if (name === "meta") answer.id = data.message_id;
    else if (name === "citation") answer.cite(data);
    else if (name === "refusal") answer.refuse(data.message);
    else if (name === "delta") answer.add(data.text);
    else if (name === "done") {
      this.#tellLeft(1);
      if (data.answered) answer.finish(answer.id);
      this.#emit("answer", { answered: data.answered, took_ms: data.took_ms });
    }
    this.#announcer.follow(answer.text, name === "done");
  }

  #stopped(answer) {
    answer.stop();
    this.#announcer.say(this.text("stopped"));
    this.#emit("stop");
  }

  /** Show a failure in place of an answer; what may help is a button, or being back on the net. */
  #failed(failure, answer, again) {
    const retry = () => {
      if (!answer.element.isConnected) return;
      answer.element.remove();
      again();
    };
    if (!failure.kind) failure.kind = "broken"; // the stream was cut
    warn(failure, this.#transport.test);
    const pressed = () => {
      this.#log.focus(); // the button goes away
      retry();
    };
    answer.fail(failure, LASTING.includes(failure.kind) ? null : pressed);
    if (failure.kind === "offline") addEventListener("online", retry, { once: true });
    this.#announcer.say(this.text(failure.kind, { n: failure.wait }));
    this.#emit("error", { code: failure.kind, message: failure.message });
    this.followEnd();
  }

  #askPasscode(isWrong, answer) {
    const form = passcodeForm(this.text, isWrong, (passcode) => {
      answer.element.remove();
      this.start(passcode);
      this.focus();
    });
    answer.element.append(form);
    form.querySelector("input").focus();
  }

  #restart() {
    this.stop();
    this.#transport.forget();
    this.#session = null;
    this.#log.replaceChildren();
    this.start();
    this.focus();
  }
}

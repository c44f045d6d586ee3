// The requests of one visitor: a session by key or by share link, questions and votes.

import { Failure, failureOf, silenceOf } from "./failures.js";
import { events } from "./streaming.js";

const EARLY_MS = 10000; // a token that is about to end is renewed before it is used

/** Talks to one twin; every method throws a `Failure`. */
export class Transport {
  #base;
  #twin;
  #key;
  #share;
  #visitor;
  #memory;
  #token = null;
  #endsAt = 0;
  #passcode = null;

  constructor({ base, twin, key, share, visitor }, memory) {
    this.#base = base;
    this.#twin = encodeURIComponent(twin);
    this.#key = key;
    this.#share = share && encodeURIComponent(share);
    this.#visitor = visitor;
    this.#memory = memory;
  }

  /** The command that does what this page does; none for a share link, which is on no other site. */
  get test() {
    return this.#key && `twinctl widget test --twin ${this.#twin} --origin ${location.origin} --key ${this.#key}`;
  }

  /** Begin a session, or go on with the one of before the reload; return what the server said. */
  async begin(passcode) {
    if (passcode) this.#passcode = passcode;
    const earlier = this.#memory.get("token");
    const session = await this.#mint(earlier).catch((failure) => {
      if (failure.kind === "expired") failure.kind = "gone"; // it is the key itself
      throw failure;
    });
    if (session.needs_passcode) throw new Failure("passcode");
    this.#token = session.token;
    this.#endsAt = Date.now() + session.expires_in * 1000;
    this.#memory.set({ token: session.token, conversation: session.conversation_id });
    return session;
  }

  /** Forget the session; the next one knows nothing of it. */
  forget() {
    this.#token = null;
    this.#memory.set({ token: null, conversation: null });
  }

  /** Yield the events of an answer. */
  async *ask(message, signal) {
    for await (const { name, data } of events(await this.#chat({ message }, signal))) {
      if (name === "meta") this.#memory.set({ conversation: data.conversation_id });
      if (name === "error") throw new Failure("failed", { detail: data.message });
      yield { name, data };
      if (name === "done") return;
    }
    throw new Failure("broken");
  }

  /** Keep what the visitor thinks of an answer: "up", "down" or null. */
  async rate(messageId, feedback) {
    await this.#chat({ message_id: messageId, feedback });
  }

  /** Post within the conversation of a session that is good, renewed once where it ended. */
  async #chat(body, signal) {
    const path = this.#share
      ? `/public/chat/${this.#twin}/${this.#share}`
      : `/chat-widget/${this.#twin}`;
    if (Date.now() > this.#endsAt - EARLY_MS) await this.begin();
    const post = () => {
      const within = { ...body, conversation_id: this.#memory.get("conversation") || undefined };
      return this.#send("POST", path, { token: this.#token, body: within, signal });
    };
    return post().catch(async (failure) => {
      if (failure.kind !== "expired") throw failure;
      await this.begin();
      return post();
    });
  }

  async #mint(resume) {
    const response = this.#share
      ? await this.#send("GET", `/public/validate-share/${this.#twin}/${this.#share}`, {
          token: resume,
          passcode: this.#passcode,
        })
      : await this.#send("POST", `/chat-widget/${this.#twin}/session`, {
          token: this.#key,
          body: { resume: resume || undefined, visitor: this.#visitor },
        });
    return response.json();
  }

  async #send(method, path, { token, passcode, body, signal }) {
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (passcode) headers["X-Share-Passcode"] = encodeURIComponent(passcode);
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(this.#base + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "origin",
    }).catch(async (error) => {
      throw error.name === "AbortError" ? error : await silenceOf(this.#base);
    });
    if (!response.ok) throw await failureOf(response);
    return response;
  }
}

// Server-sent events over fetch, which unlike EventSource can send a body and a token.

import { Failure } from "./failures.js";

const SILENCE_MS = 45000; // several pings of the server

/** Return a promise that fails when nothing came for too long. */
const chunk = (reader) => {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure("broken", { detail: "silence" })), SILENCE_MS);
  });
  return Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer));
};

const parseEvent = (text) => {
  const event = { name: "", data: "" };
  for (const line of text.split("\n")) {
    if (line.startsWith("event:")) event.name = line.slice(6).trim();
    else if (line.startsWith("data:")) event.data += line.slice(5);
  }
  return event.name && { name: event.name, data: JSON.parse(event.data || "{}") };
};

/** Yield the events of a response; leaving the loop hangs up. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await chunk(reader);
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      yield* parts.map(parseEvent).filter(Boolean);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

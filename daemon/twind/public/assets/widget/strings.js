// What the widget says, in the languages it knows; what a language lacks is said in English.

const WORDS = {
  en: {
    ask: "Ask a question",
    chat: "Chat",
    log: "Conversation",
    close: "Close",
    anew: "New conversation",
    send: "Send",
    stop: "Stop",
    looking: "Looking through the sources…",
    writing: "Writing…",
    greeting: "Hello! What would you like to know?",
    note: "Automated answers, only from the sources of {name}.",
    sources: "Sources",
    source: "Source {n}: {title}",
    page: "Page {n}",
    visit: "Open the source",
    up: "Helpful",
    down: "Not helpful",
    rephrase: "Try other words, or ask about something else.",
    stopped: "Stopped.",
    retry: "Try again",
    offline: "You are offline. Your question is sent as soon as you are back.",
    unreachable: "This chat cannot be reached at the moment.",
    origin: "This chat is not set up for this website.",
    gone: "This chat is no longer available.",
    expired: "This chat is no longer available.",
    limitWait: "That was a lot of questions at once. You can go on in {n} s.",
    limit: "You can go on now.",
    busyWait: "Many people are asking right now. Please try again in {n} s.",
    busy: "Please try again now.",
    broken: "The connection broke off before the answer was complete.",
    failed: "Something went wrong on our side.",
    long: "This question is too long.",
    used: "All questions of this link have been asked.",
    passcode: "Passcode",
    passcodeWrong: "That passcode is not right. Passcode",
    go: "Continue",
  },
};
const FALLBACK = "en";

/** Return `text(key, values)` for a BCP 47 tag, and the tag of the language that it speaks. */
export const words = (tag) => {
  const language = tag.toLowerCase().split("-")[0];
  const known = WORDS[language] ? language : FALLBACK;
  const text = (key, values = {}) =>
    (WORDS[known][key] || WORDS[FALLBACK][key]).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  return [text, known];
};

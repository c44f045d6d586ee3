// Tells the page around this one what the widget says.

const NAMES = ["ready", "open", "close", "question", "answer", "stop", "source", "feedback", "error"];

for (const name of NAMES) {
  addEventListener(`twin-${name}`, ({ type, detail }) => parent.postMessage({ name: type, detail }, location.origin));
}

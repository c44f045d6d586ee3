// The keyboard within something that lies over everything else.

const REACHABLE = "button:not(:disabled), a[href], textarea, input, [tabindex='0']";

/** Keep Tab within `container`; Escape calls `leave`. */
export const keepFocus = (container, leave) => {
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Tab") turn(container, event);
    else return;
    event.stopPropagation();
  });
};

/** Go from the last to the first, and back. */
const turn = (container, event) => {
  const reachable = [...container.querySelectorAll(REACHABLE)].filter((each) => each.checkVisibility());
  const [from, to] = event.shiftKey ? [reachable[0], reachable.at(-1)] : [reachable.at(-1), reachable[0]];
  const focused = container.getRootNode().activeElement;
  if (focused !== from && focused !== container) return;
  event.preventDefault();
  to?.focus();
};

// What is asked before a share link with a passcode opens.

import { el } from "./dom.js";

/** Return a form that calls `onpasscode` with what was typed. */
export const passcodeForm = (text, isWrong, onpasscode) => {
  const field = el("input", {
    type: "password",
    required: true,
    autocomplete: "off",
    "aria-invalid": isWrong ? "true" : null,
  });
  const onsubmit = (event) => {
    event.preventDefault();
    event.stopPropagation();
    onpasscode(field.value);
  };
  return el(
    "form",
    { class: "passcode", onsubmit },
    el("label", {}, text(isWrong ? "wrong" : "passcode"), field),
    el("button", { class: "retry" }, text("send")),
  );
};

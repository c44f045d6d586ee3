// What goes wrong, as one of a few kinds that a visitor can be told of.

/**
 * A request that failed.
 *
 * Kinds: offline, unreachable, origin (this site may not ask), gone (the key, link or twin is),
 * expired, passcode, used (a link's questions), limit (with `wait` in seconds), broken (in the
 * middle of an answer) and failed.
 */
export class Failure extends Error {
  constructor(kind, { wait = 0, detail = "" } = {}) {
    super(detail || kind);
    this.kind = kind;
    this.wait = wait;
  }
}

const KINDS_BY_STATUS = {
  401: "expired",
  403: "origin",
  404: "gone",
  410: "gone",
  429: "limit",
  503: "limit",
};
const KINDS_BY_CODE = { passcode_wrong: "passcode", share_used_up: "used", visitor_refused: "failed" };

/** Return the failure that a response tells of. */
export const failureOf = async (response) => {
  const problem = await response.json().catch(() => ({}));
  const kind = KINDS_BY_CODE[problem.code] || KINDS_BY_STATUS[response.status] || "failed";
  const wait = kind === "limit" ? Number(response.headers.get("Retry-After")) || 1 : 0;
  return new Failure(kind, { wait, detail: [problem.code, problem.detail, problem.hint].filter(Boolean).join("; ") });
};

/**
 * Return the failure of a request without any response: a browser does not tell a server that
 * is away from one that does not let this page ask, but the script itself is for anyone.
 */
export const silenceOf = async (base) => {
  if (!navigator.onLine) return new Failure("offline");
  const reached = await fetch(`${base}/widget.js`, { mode: "no-cors", cache: "no-cache" }).catch(() => null);
  return new Failure(reached ? "origin" : "unreachable");
};

/**
 * Tell the owner of the page in the console; visitors do not look there. `test` is the command
 * that explains on the twin's machine why this site may not ask.
 */
export const warn = (failure, test) => {
  const hint = failure.kind === "origin" && test ? `; on the twin's machine run: ${test}` : "";
  console.warn(`twinctl widget: ${failure.kind}: ${failure.message}${hint}`);
};

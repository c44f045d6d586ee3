// What survives a reload of the page, in this tab only.

/** Keeps a few values under a name; a browser that keeps nothing is no failure. */
export class Memory {
  #name;
  #kept = {};

  constructor(...names) {
    this.#name = ["twinctl", ...names].join(":");
    try {
      this.#kept = JSON.parse(sessionStorage.getItem(this.#name)) || {};
    } catch {
      // Blocked, or not ours: begin with nothing.
    }
  }

  get(key) {
    return this.#kept[key];
  }

  set(values) {
    Object.assign(this.#kept, values);
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#kept));
    } catch {
      // Blocked or full: a reload begins anew.
    }
  }
}

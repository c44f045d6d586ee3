// The Markdown of answers as nodes of a few kinds; what it does not know stays text.

import { el } from "./dom.js";

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\s][^*\n]*)\*|(!?)\[([^[\]\n]{0,300})\]\(([^()\s]{0,2000})\)|\[(\d{1,3})\]|(https?:\/\/[^\s<>"'`]{1,2000})|\\([\\`*_[\]#>-])/g;
const FENCE = /^\s*```/;
const HEADING = /^\s{0,3}#{1,6}\s+/;
const QUOTE = /^\s{0,3}>\s?/;
const BULLET = /^\s*[-*+•]\s+/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+/; // a year begins no list
const BAR = / \| |^\|/;
const EDGE = /^\||\|$/g;
const RULE = /^[|\s:-]*-[|\s:-]+$/;
const TRAILING = /[.,;:!?)\]}'"]+$/;

/** Return an address as a link may have it, or null where it is not one of the web. */
export const webAddress = (address) => {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
};

/** Return a link that tells the other side nothing and is no praise of it. */
export const link = (href, ...children) =>
  el("a", { href, target: "_blank", rel: "noopener nofollow" }, ...children);

const plainLink = (address) => {
  const end = TRAILING.exec(address)?.[0] || "";
  const shown = address.slice(0, address.length - end.length);
  const href = webAddress(shown);
  return href ? [link(href, shown), end] : [address];
};

/** Return a line as text and nodes; `cite(n)` gives the node of a citation, or null. */
const inline = (text, cite) => {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [all, code, strong, loud, emphasis, image, label, address, n, bare, escaped] = found;
    nodes.push(text.slice(from, found.index));
    from = found.index + all.length;
    if (code) nodes.push(el("code", {}, code));
    else if (strong || loud) nodes.push(el("strong", {}, ...inline(strong || loud, cite)));
    else if (emphasis) nodes.push(el("em", {}, ...inline(emphasis, cite)));
    else if (address !== undefined) {
      const href = !image && webAddress(address);
      nodes.push(href ? link(href, label || href) : label);
    } else if (n) nodes.push(cite(Number(n)) || all);
    else if (bare) nodes.push(...plainLink(bare));
    else nodes.push(escaped);
  }
  nodes.push(text.slice(from));
  return nodes;
};

/** Cut Markdown at blank lines, but not within a fence. */
const blocks = (markdown) => {
  const found = [];
  let lines = [];
  let isFenced = false;
  for (const line of markdown.split("\n")) {
    if (FENCE.test(line)) isFenced = !isFenced;
    if (line.trim() || isFenced) lines.push(line);
    else if (lines.length) lines = found.push(lines.join("\n")) && [];
  }
  if (lines.length) found.push(lines.join("\n"));
  return found;
};

const KINDS = [
  [HEADING, "p", null, "heading"],
  [QUOTE, "blockquote"],
  [BULLET, "ul", "li"],
  [NUMBER, "ol", "li"],
  [BAR, "table", "tr"],
];

/** Return a block as one element: lines of a kind are gathered, others carry on the one before. */
const block = (source, cite) => {
  const whole = el("div", {});
  if (FENCE.test(source)) {
    const code = source.split("\n").slice(1);
    if (FENCE.test(code.at(-1) || "")) code.pop();
    whole.append(el("pre", { tabindex: 0 }, el("code", {}, code.join("\n"))));
    return whole;
  }
  let last = null;
  let tag = "";
  for (const line of source.split("\n")) {
    if (RULE.test(line)) continue;
    const [start, kind, item, look] = KINDS.find(([mark]) => mark.test(line)) || [null, "p"];
    const nodes =
      kind === "table"
        ? line.replace(EDGE, "").split(start).map((cell) => el("td", {}, ...inline(cell, cite)))
        : inline(start ? line.replace(start, "") : line.trim(), cite);
    if (!start && last && tag !== "table") {
      (last.lastElementChild?.matches("li") ? last.lastElementChild : last).append(el("br"), ...nodes);
      continue;
    }
    if (!last || tag !== kind || look) {
      last = el(kind, { class: look, start: kind === "ol" ? NUMBER.exec(line)[1] : null });
      whole.append(last);
    } else if (!item) last.append(el("br"));
    tag = kind;
    if (item) last.append(el(item, {}, ...nodes));
    else last.append(...nodes);
    if (look) last = null;
  }
  return whole;
};

/**
 * Show Markdown in `target`. Blocks that are as they were stay, with whatever is focused or
 * selected in them; `drawn` is what an earlier call returned.
 */
export const render = (target, markdown, cite, drawn = []) => {
  const sources = blocks(markdown);
  sources.forEach((source, index) => {
    if (drawn[index] === source) return;
    const fresh = block(source, cite);
    if (target.children[index]) target.children[index].replaceWith(fresh);
    else target.append(fresh);
  });
  while (target.children.length > sources.length) target.lastChild.remove();
  return sources;
};

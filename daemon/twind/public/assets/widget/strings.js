// What the widget says, in the languages of strings/*.json; what one lacks is said in English.

const FALLBACK = "en";

/** Return `text(key, values)` for a BCP 47 tag, and the tag of the language that it speaks. */
export const words = (tag) => {
  const language = tag.toLowerCase().split("-")[0];
  const known = STRINGS[language] ? language : FALLBACK;
  const text = (key, values = {}) => {
    const index = KEYS.indexOf(key);
    const said = STRINGS[known][index] || STRINGS[FALLBACK][index];
    return said.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };
  return [text, known];
};

// Labels in lines.
const LONGEST = 24;
/** @type {Map<string, string[]>} */
const wrapped = new Map();

// A label in at most so many lines, cut between words where it has some, never within a character.
export function lines(text, most = 2) {
  const key = most + text;
  if (wrapped.has(key)) return wrapped.get(key);
  const found = [""];
  for (const word of text.split(/(?<=\s)/)) {
    if ((found[found.length - 1] + word).length > LONGEST && found[found.length - 1]) found.push("");
    found[found.length - 1] += word;
  }
  const cut = found.slice(0, most).map((line) => {
    const letters = [...line.trim()];
    return letters.length > LONGEST + 4 ? letters.slice(0, LONGEST + 3).join("") + "…" : letters.join("");
  });
  if (found.length > most && !cut[most - 1].endsWith("…")) cut[most - 1] += " …";
  wrapped.set(key, cut);
  return cut;
}

/** A text in two lines, as even as its words allow. @param {string} text */
export function halves(text) {
  const words = text.split(" ");
  /** @type {[string, string][]} */
  const cuts = words.slice(1).map((_, n) => [words.slice(0, n + 1).join(" "), words.slice(n + 1).join(" ")]);
  const uneven = ([one, other]) => Math.abs(one.length - other.length);
  return cuts.length ? cuts.reduce((best, cut) => (uneven(cut) < uneven(best) ? cut : best)) : [text];
}

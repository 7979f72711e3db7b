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

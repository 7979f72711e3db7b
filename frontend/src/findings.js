// Which findings a choice leaves, in which order, and how choice and marks stand in the address.

/** @typedef {{ place: number, id: string, kind: string, confidence: number, day: string, sentences: number, parties: string[], negotiation: string, name: string, text: string }} Finding */
/** @typedef {{ words: string, kind: string, party: string, negotiation: string, mark: string, order: string, least: number, marks: Map<string, string> }} Choice */

export const MARKS = ["right", "wrong", "later"];
const TEXTS = ["words", "kind", "party", "negotiation", "mark", "order"];
/** @type {Record<string, (one: Finding, other: Finding) => number>} */
const ORDERS = {
  sure: (one, other) => other.confidence - one.confidence,
  new: (one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0),
  sources: (one, other) => other.sentences - one.sentences,
  name: (one, other) => one.name.localeCompare(other.name),
};

/**
 * Whether a choice leaves a finding; each word must stand in it.
 * @param {Choice} choice @param {Finding} one
 */
export function admits(choice, one) {
  const marked = choice.marks.get(one.id) || "none";
  return (
    one.confidence >= choice.least &&
    (!choice.kind || one.kind === choice.kind) &&
    (!choice.party || one.parties.includes(choice.party)) &&
    (!choice.negotiation || one.negotiation === choice.negotiation) &&
    (!choice.mark || marked === choice.mark) &&
    choice.words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => one.text.includes(word))
  );
}

/**
 * The order of a name; what is alike stays as it was found.
 * @param {string} name
 * @returns {(one: Finding, other: Finding) => number}
 */
export const order = (name) => (one, other) => ORDERS[name]?.(one, other) || 0 || one.place - other.place;

/**
 * The choice that an address holds; whatever it does not know is left as at first.
 * @param {string} fragment
 * @returns {Choice}
 */
export function read(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, "")),
    least = Number(given.get("least") || 0);
  const choice = Object.fromEntries(TEXTS.map((name) => [name, given.get(name) || ""]));
  return /** @type {any} */ ({
    ...choice,
    order: Object.hasOwn(ORDERS, choice.order) ? choice.order : "",
    mark: [...MARKS, "none"].includes(choice.mark) ? choice.mark : "",
    least: least >= 0 && least <= 1 ? least : 0,
    marks: new Map(MARKS.flatMap((mark) => (given.get(mark) || "").split(",").flatMap((id) => (id ? [[id, mark]] : [])))),
  });
}

/**
 * How a choice stands in the address.
 * @param {Choice} choice
 */
export function write(choice) {
  const found = new URLSearchParams();
  for (const name of TEXTS) if (choice[name]) found.set(name, choice[name]);
  if (choice.least) found.set("least", String(choice.least));
  for (const mark of MARKS) {
    const ids = [...choice.marks].flatMap(([id, one]) => (one === mark ? [id] : []));
    if (ids.length) found.set(mark, ids.join(","));
  }
  return found.toString();
}

// Kinds of choices that stand in the address: how each is written, and how it is read. Whatever an address holds that this page does not know
// becomes what it was at first, so that a mailed view still opens.

/** @typedef {import("./types").Field<any>} Field */

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text || "") && !Number.isNaN(Date.parse(text));

/**
 * One of some names.
 * @param {string} first @param {readonly string[]} known
 * @returns {Field}
 */
export const oneOf = (first, known) => ({
  fresh: () => first,
  write: (value) => (value === first ? "" : value),
  read: (text) => (text !== null && known.includes(text) ? text : first),
});

/**
 * Some of the names known; at first none.
 * @param {() => Iterable<string>} known
 * @returns {Field}
 */
export const someOf = (known) => ({
  fresh: () => new Set(),
  write: (value) => [...value].sort().join(","),
  read: (text) => {
    // What is known takes a walk through all statements.
    if (!text) return new Set();
    const all = new Set(known());
    return new Set(text.split(",").filter((one) => all.has(one)));
  },
});

/**
 * A place in a list of the page's data, by a key that stays the same from build to build; null: any.
 * @param {(place: number) => string} key @param {(key: string) => number | undefined} find
 * @returns {Field}
 */
export const placeOf = (key, find) => ({
  fresh: () => null,
  write: (value) => (value === null ? "" : key(value)),
  read: (text) => (text === null ? null : found(find(text))),
});

/**
 * Several places of a list.
 * @param {(place: number) => string} key @param {(key: string) => number | undefined} find
 * @returns {Field}
 */
export const placesOf = (key, find) => ({
  fresh: () => new Set(),
  write: (value) =>
    [...value]
      .sort((a, b) => a - b)
      .map(key)
      .join("|"),
  read: (text) =>
    new Set(
      (text || "")
        .split("|")
        .filter(Boolean)
        .flatMap((one) => found(find(one)) ?? []),
    ),
});

/** @returns {Field} */
export const day = () => ({ fresh: () => "", write: (value) => value, read: (text) => (text !== null && isDay(text) ? text : "") });

/**
 * @param {boolean} first
 * @returns {Field}
 */
export const yesOrNo = (first) => ({
  fresh: () => first,
  write: (value) => (value === first ? "" : value ? "yes" : "no"),
  read: (text) => (text === "yes" ? true : text === "no" ? false : first),
});

/** @returns {Field} */
export const words = () => ({ fresh: () => "", write: (value) => value, read: (text) => text || "" });

/**
 * A share of one, from 0 to 1.
 * @param {number} first
 * @returns {Field}
 */
export const share = (first) => ({
  fresh: () => first,
  write: (value) => (value === first ? "" : String(value)),
  read: (text) => (text === null || Number.isNaN(Number(text)) ? first : Math.min(1, Math.max(0, Number(text)))),
});

/**
 * A place that a search of a list found.
 * @param {number | undefined} place
 * @returns {number | null}
 */
export function found(place) {
  return place === undefined || place < 0 ? null : place;
}

// When statements took place and when they were known, as kgraph.model.placing has it: what is undated is placed at its report, and nothing is
// known before it is reported. Times are milliseconds; ``first`` begins a span, ``last`` ends it (the moment after its last day).

/** @typedef {{ date: string, first: number, last: number, reported: number | null }} Timed */

export const DAY = 86400000;

/**
 * An ISO day as a time, or what stands for none.
 * @param {string} day @param {number} none
 */
export const time = (day, none) => (day ? Date.parse(day) : none);

/** @param {number} when */
export const iso = (when) => new Date(when).toISOString().slice(0, 10);

/**
 * Whether nothing but the day of its report says when a move took place.
 * @param {Timed} s
 */
export const isPlacedByReport = (s) => !s.date && s.reported !== null;

/**
 * When a move can have taken place at the earliest.
 * @param {Timed} s
 */
export const from = (s) => (isPlacedByReport(s) ? /** @type {number} */ (s.reported) : s.first);

/**
 * The moment after the last day on which it can have taken place.
 * @param {Timed} s
 */
export const until = (s) => (isPlacedByReport(s) ? /** @type {number} */ (s.reported) + DAY : s.last);

/**
 * Whether a move can have taken place between two days, both included.
 * @param {Timed} s @param {number} first @param {number} last
 */
export const isWithin = (s, first, last) => until(s) > first && from(s) < last + DAY;

/**
 * Whether a statement can be told as of a day: reported by then, and not sure to take place later.
 * @param {Timed} s @param {number} day
 */
export function isKnown(s, day) {
  if (s.reported === null) return Number.isFinite(s.first) && s.first <= day;
  return s.reported <= day && from(s) <= day;
}

// Bars over time: days, months or what else gives a readable number of them; what is imprecise counts as possible in each bar that it touches.
import { DAY, from, isPlacedByReport, iso, until } from "./time.js";

/** @typedef {import("./time.js").Timed} Timed */
/** @typedef {{ start: number, end: number, sure: number, possible: number, reported: number }} Bar */

/** @type {[string, number, number][]} */
const UNITS = [
  ["day", 1, 60],
  ["month", 30, 60],
  ["quarter", 91, 60],
  ["year", 365, 90],
  ["decade", 3653, Infinity],
];

/**
 * The first and the last day that statements name or were reported on; null where there is none.
 * @param {Timed[]} statements
 * @returns {[number, number] | null}
 */
export function reach(statements) {
  let low = Infinity,
    high = -Infinity;
  for (const s of statements) {
    for (const end of [from(s), until(s) - DAY]) {
      if (!Number.isFinite(end)) continue;
      low = Math.min(low, end);
      high = Math.max(high, end);
    }
  }
  return low > high ? null : [low, high];
}

/**
 * The unit of bars over a span of time.
 * @param {number} low @param {number} high
 */
export const unitOf = (low, high) =>
  /** @type {[string, number, number]} */ (UNITS.find(([, days, most]) => (high - low) / DAY / days <= most))[0];

function floor(time, unit) {
  const day = new Date(time),
    year = day.getUTCFullYear(),
    month = day.getUTCMonth();
  if (unit === "day") return Date.UTC(year, month, day.getUTCDate());
  if (unit === "month") return Date.UTC(year, month);
  if (unit === "quarter") return Date.UTC(year, month - (month % 3));
  return Date.UTC(unit === "year" ? year : year - (year % 10), 0);
}
function next(time, unit) {
  const day = new Date(time),
    year = day.getUTCFullYear(),
    month = day.getUTCMonth();
  if (unit === "day") return time + DAY;
  if (unit === "month") return Date.UTC(year, month + 1);
  if (unit === "quarter") return Date.UTC(year, month + 3);
  return Date.UTC(unit === "year" ? year + 1 : year + 10, 0);
}

/**
 * Empty bars from one day to another.
 * @param {number} low @param {number} high @param {string} unit
 * @returns {Bar[]}
 */
export function empty(low, high, unit) {
  const bars = [];
  for (let start = floor(low, unit); start <= high; start = next(start, unit))
    bars.push({ start, end: next(start, unit), sure: 0, possible: 0, reported: 0 });
  return bars;
}

/** The first bar that ends after a moment. */
function firstAfter(bars, moment) {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars[middle].end > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Count statements into bars: surely within, possibly within, or placed there by their report alone.
 * @param {Bar[]} bars @param {Timed[]} statements
 */
export function fill(bars, statements) {
  for (const bar of bars) bar.sure = bar.possible = bar.reported = 0;
  for (const s of statements) {
    const low = from(s),
      high = until(s);
    if (!Number.isFinite(low) && !Number.isFinite(high)) continue;
    const first = firstAfter(bars, low);
    let end = first;
    while (end < bars.length && bars[end].start < high) end += 1;
    const within = end - first === 1 && low >= bars[first].start && high <= bars[first].end;
    const kind = isPlacedByReport(s) ? "reported" : within ? "sure" : "possible";
    for (let n = first; n < end; n++) bars[n][kind] += 1;
  }
  return bars;
}

/**
 * What a bar holds, in words.
 * @param {Bar} bar @param {string} unit
 */
export function inWords(bar, unit) {
  const span = `${iso(bar.start)}${unit === "day" ? "" : " to " + iso(bar.end - DAY)}`;
  return [
    `${span}: ${bar.sure}`,
    bar.possible ? `and ${bar.possible} whose dates allow it` : "",
    bar.reported ? `and ${bar.reported} undated that were reported then` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

// How much is told when, above the lanes: bars over what the timeline shows of time.
import { from, until } from "../../time.js";

/** @typedef {import("../../time.js").Timed} Timed */

/**
 * Counts per bar; what spans several bars counts in that of its middle.
 * @param {Timed[]} statements @param {number} start @param {number} end @param {number} many
 */
export function counts(statements, start, end, many) {
  const found = Array.from({ length: many }, () => 0);
  for (const s of statements) {
    const [first, last] = [from(s), until(s)];
    const middle = Number.isFinite(first) && Number.isFinite(last) ? (first + last) / 2 : Number.isFinite(first) ? first : last;
    const bar = Math.floor(((middle - start) / (end - start)) * many);
    if (bar >= 0 && bar < many) found[bar] += 1;
  }
  return found;
}

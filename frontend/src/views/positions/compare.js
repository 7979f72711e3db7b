// Two days side by side: what each party held on either, and what became of it.
import { grid } from "./grid.js";

/** @typedef {import("./grid.js").Stance} Stance */
/** @typedef {import("./grid.js").Cell} Cell */
/** @typedef {{ column: number, before: Cell | undefined, after: Cell | undefined, change: "new" | "changed" | "same" | "gone" }} Pair */

/** What is called a day after all others: by all that is known. */
export const ALL = "all";

/**
 * Two days in the order of time; "" is by all that is known, which is last.
 * @param {string} one @param {string} other a day, or ALL
 */
export const inTime = (one, other) => [one, other === ALL ? "" : other].sort((a, b) => ((a || "9999") < (b || "9999") ? -1 : 1));

/** The stances of a cell in words. @param {Cell} cell */
export const said = ({ stances }) => [...new Set(stances.map(({ stance }) => stance))].sort().join("; ");

function change(before, after) {
  if (!before) return "new";
  if (!after) return "gone";
  return said(before) === said(after) ? "same" : "changed";
}

/**
 * Each row with its cells on both days, what changed first.
 * @param {Stance[]} earlier @param {Stance[]} later @param {(actor: number) => number} partyOf
 * @param {{ byName: boolean, turned: boolean }} wish @param {{ party: (n: number) => string, issue: (n: number) => string }} names
 * @returns {{ row: number, pairs: Pair[] }[]}
 */
export function compared(earlier, later, partyOf, wish, names) {
  const { rows, columns } = grid([...earlier, ...later], partyOf, wish, names),
    [before, after] = [earlier, later].map((stances) => grid(stances, partyOf, wish, names));
  return rows.map((row) => {
    const pairs = columns.flatMap((column) => {
      const then = before.at(row, column),
        now = after.at(row, column);
      return then || now ? [/** @type {Pair} */ ({ column, before: then, after: now, change: change(then, now) })] : [];
    });
    return { row, pairs: [...pairs.filter((one) => one.change !== "same"), ...pairs.filter((one) => one.change === "same")] };
  });
}

// What size and colour of a thing can say.
import { look } from "../../look.js";
import { model } from "../../model.js";

/** @typedef {{ degree: Map<number, number>, neighbours: Map<number, Set<number>>, edges: { edge: any, statements: number[] }[] }} Result */

const grown = (number) => Math.min(30, 7 + 3.4 * Math.sqrt(number));

/** @type {Record<string, { title: string, of: (thing: number, result: Result) => number }>} */
export const SIZES = {
  statements: { title: "statements", of: (thing, { degree }) => grown(degree.get(thing) || 0) },
  neighbours: { title: "number of neighbours", of: (thing, { neighbours }) => grown(neighbours.get(thing)?.size || 0) },
  same: { title: "the same for all", of: () => 10 },
};

const PALETTE = 8;
const numbered = (n) => (n === null || n === undefined ? look.colour("type-other") : look.colour(`group-${(n % PALETTE) + 1}`));

/** How many statements of each side a thing has, counted once for what the filters leave. */
let counted = null,
  sides = new Map();
function sideOf(thing, result) {
  if (counted !== result) {
    counted = result;
    sides = new Map();
    for (const { edge, statements } of result.edges) {
      const weight = { for: 1, against: -1 }[model.side(edge.relation)] || 0;
      for (const end of [edge.source, edge.target]) sides.set(end, (sides.get(end) || 0) + weight * statements.length);
    }
  }
  const balance = sides.get(thing) || 0;
  return balance > 0 ? "for" : balance < 0 ? "against" : "neither";
}
function negotiationOf(thing) {
  const counts = new Map();
  for (const n of model.nodes[thing].told) {
    const { negotiation } = model.statements[n];
    counts.set(negotiation, (counts.get(negotiation) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** @type {Record<string, { title: string, of: (thing: number, result: Result) => string }>} */
export const COLOURS = {
  type: { title: "type", of: (thing) => look.type(model.nodes[thing].type).colour },
  side: { title: "mostly for or against", of: (thing, result) => look.colour(`line-${sideOf(thing, result)}`) },
  community: { title: "community", of: (thing) => numbered(model.nodes[thing].community) },
  negotiation: { title: "negotiation", of: (thing) => numbered(negotiationOf(thing)) },
};

// What size and colour of a thing can say.
import { look, typeWords } from "../../look.js";
import { model } from "../../model.js";
import { once } from "../../once.js";

/** @typedef {{ degree: Map<number, number>, neighbours: (thing: number) => Set<number>, edges: { edge: any, statements: number[] }[] }} Result */

const grown = (number) => Math.min(30, 7 + 3.4 * Math.sqrt(number));

/** @type {Record<string, { title: string, of: (thing: number, result: Result) => number }>} */
export const SIZES = {
  statements: { title: "statements", of: (thing, { degree }) => grown(degree.get(thing) || 0) },
  neighbours: { title: "neighbours", of: (thing, { neighbours }) => grown(neighbours(thing).size) },
  same: { title: "all alike", of: () => 10 },
};

// The groups of most statements have a colour each, all others one together.
const PALETTE = 8;
const OTHERS = "all others";
/** The groups of which most is told. @param {(number | null)[]} groups those of all statements @returns {number[]} */
function largest(groups) {
  const counts = new Map();
  for (const group of groups) if (group !== null && group !== undefined) counts.set(group, (counts.get(group) || 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, PALETTE)
    .map(([group]) => group);
}
const ranked = {
  community: once(() => largest(model.statements.flatMap((s) => s.actors.map((actor) => model.nodes[actor].community)))),
  negotiation: once(() => largest(model.statements.map((s) => s.negotiation))),
};
const numbered = (rank) => look.colour(rank < 0 ? "type-other" : `group-${rank + 1}`);
const grouped = (name, label) => ({
  colour: (group) => numbered(ranked[name]().indexOf(group)),
  key: (groups) => [
    ...ranked[name]().flatMap((group, rank) => (groups.includes(group) ? [{ colour: numbered(rank), words: label(group) }] : [])),
    ...(groups.some((group) => !ranked[name]().includes(group)) ? [{ colour: numbered(-1), words: OTHERS }] : []),
  ],
});
const communities = grouped("community", (n) => model.communities[n]),
  negotiations = grouped("negotiation", (n) => model.negotiations[n].label);

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
  for (const n of model.toldOf(thing)) {
    const { negotiation } = model.statements[n];
    counts.set(negotiation, (counts.get(negotiation) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

const SIDES = ["for", "against", "neither"];
/**
 * What a colour says: ``of`` is the colour of a thing, ``key`` what the colours of some things mean.
 * @type {Record<string, { title: string, of: (thing: number, result: Result) => string, key: (things: number[]) => { colour?: string, type?: string, words: string }[] }>}
 */
export const COLOURS = {
  type: {
    title: "type",
    of: (thing) => look.type(model.nodes[thing].type).colour,
    key(things) {
      const shown = new Set(things.map((thing) => model.nodes[thing].type));
      return look.types.filter((type) => shown.has(type)).map((type) => ({ type, words: typeWords(type) }));
    },
  },
  side: {
    title: "side",
    of: (thing, result) => look.colour(`line-${sideOf(thing, result)}`),
    key: () => SIDES.map((side) => ({ colour: look.colour(`line-${side}`), words: `mostly ${side}` })),
  },
  community: {
    title: "community",
    of: (thing) => communities.colour(model.nodes[thing].community),
    key: (things) => communities.key(things.map((thing) => model.nodes[thing].community)),
  },
  negotiation: {
    title: "negotiation",
    of: (thing) => negotiations.colour(negotiationOf(thing)),
    key: (things) => negotiations.key(things.map(negotiationOf)),
  },
};

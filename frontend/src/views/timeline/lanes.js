// On which lanes statements stand, and what they are called there.
import { model } from "../../model.js";
import { once } from "../../once.js";

/** @typedef {import("../../types").Statement} Statement */
/** @typedef {{ id: number, step?: string }} Standing */
/**
 * @typedef {object} Kind
 * @property {string} title how the choice is called
 * @property {(s: Statement) => Standing[]} of the lanes of a statement
 * @property {(id: number) => string} name
 * @property {(s: Statement, step?: string) => string} words what a statement is called on its lane
 */

/** @type {() => Map<number, Standing[]>} */
const inLife = once(() => {
  const found = new Map();
  for (const { place, steps } of model.lives)
    steps.forEach(({ statement, step }) => found.set(statement, [...(found.get(statement) || []), { id: place, step }]));
  return found;
});
const NOWHERE = -1;

/** @type {Record<string, Kind>} */
export const KINDS = {
  actor: {
    title: "actor",
    of: (s) => [...new Set(s.actors)].map((id) => ({ id })),
    name: model.named,
    words: (s) => model.act(s, false),
  },
  matter: {
    title: "matter",
    of: (s) => [...new Set([s.object, s.condition])].filter((n) => n !== null).map((id) => ({ id })),
    name: model.named,
    words: (s) => `${model.who(s)} ${model.verb(s)}`,
  },
  negotiation: {
    title: "negotiation",
    of: (s) => [{ id: s.negotiation ?? NOWHERE }],
    name: (id) => (id === NOWHERE ? "in no negotiation" : model.negotiations[id].label),
    words: (s) => model.words(s),
  },
  life: {
    title: "life cycle of proposals",
    of: (s) => inLife().get(s.place) || [],
    name: (id) => `${model.label(model.lives[id].matter)} – ${model.lives[id].state}`,
    words: (s, step) => `${step} by ${model.who(s)}`,
  },
};

/**
 * Statements by their lanes, the fullest lane first.
 * @param {Statement[]} statements @param {Kind} kind
 * @returns {{ id: number, standing: { statement: Statement, step?: string }[] }[]}
 */
export function lanesOf(statements, kind) {
  const found = new Map();
  for (const statement of statements) {
    for (const { id, step } of kind.of(statement)) {
      if (!found.has(id)) found.set(id, []);
      found.get(id).push({ statement, step });
    }
  }
  return [...found].map(([id, standing]) => ({ id, standing })).sort((a, b) => b.standing.length - a.standing.length || a.id - b.id);
}

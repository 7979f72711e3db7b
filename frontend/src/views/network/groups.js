// What the network can be grouped by: which group each statement counts for, and where each thing is at home.
import { model } from "../../model.js";
import { once } from "../../once.js";
import { state } from "../../state.js";

/** @typedef {import("../../types").Statement} Statement */
/**
 * @typedef {object} Grouping
 * @property {string} title how the choice is called
 * @property {string} one how one group is called
 * @property {string} many how several are called
 * @property {(s: Statement) => number | null} of the group that a statement counts for
 * @property {(group: number) => string} label
 * @property {(group: number) => string} key what names the group in an address
 */

/** @type {Record<string, Grouping>} */
export const GROUPINGS = {
  negotiation: {
    title: "negotiation",
    one: "negotiation",
    many: "negotiations",
    of: (s) => s.negotiation,
    label: (n) => model.negotiations[n].label,
    key: (n) => model.short(model.negotiations[n].id),
  },
  community: {
    title: "community",
    one: "community",
    many: "communities",
    of: (s) => model.nodes[s.actors[0] ?? s.object].community,
    label: (n) => model.communities[n],
    key: (n) => model.communities[n],
  },
  issue: {
    title: "issue",
    one: "issue",
    many: "issues",
    of: (s) => s.issues[0] ?? null,
    label: (n) => model.issues[n].label,
    key: (n) => model.issues[n].id,
  },
};

/** What the page groups by at first: where there is one negotiation alone, it says nothing. */
export const FIRST = model.negotiations.length > 1 ? "negotiation" : "community";

/** The group of what is in none. */
export const NONE = -1;

/**
 * What a group is called.
 * @param {Grouping} grouping @param {number} group
 */
export const nameOf = (grouping, group) => (group === NONE ? `in no ${grouping.one}` : grouping.label(group));

/**
 * What names a group in an address.
 * @param {Grouping} grouping @param {number} group
 */
export const keyOf = (grouping, group) => (group === NONE ? "none" : grouping.key(group));

/** What the network is grouped by. */
export const grouping = (now = state.now) => GROUPINGS[now.group];

/** The group of every statement, by its place, for each grouping. @type {Record<string, () => Int32Array>} */
const groups = Object.fromEntries(
  Object.entries(GROUPINGS).map(([name, { of }]) => [name, once(() => Int32Array.from(model.statements, (s) => of(s) ?? NONE))]),
);
/** The group of each statement, as the network is grouped. */
export const groupsNow = (now = state.now) => groups[now.group]();

// Which statements, edges and things are left by what the reader has chosen, and how many each choice would leave.
import { day, placeOf, placesOf, share, someOf, yesOrNo } from "./fields.js";
import { model } from "./model.js";
import { start } from "./outside.js";
import { state } from "./state.js";
import { isKnown, isWithin, time } from "./time.js";

/** @typedef {import("./types").State} State */
/** @typedef {import("./types").Statement} Statement */

const TEXT = "text";
const thing = (n) => model.short(model.nodes[n].id);
const values = (name) => () => model.statements.map((s) => s[name]);

const seen = (s, node) => !s["no-type"].has(model.nodes[node].type);
const isOn = (name, of) => (s, one) => of(one).some((value) => !s[name].has(value));
const switching = (name, title, of) => ({ name, title, of, admits: isOn(name, of) });
/**
 * Switches: each takes out the statements of one value; ``of`` gives what a statement counts for.
 * @type {{ name: string, title: string, of: (s: Statement) => string[], admits: (s: State, one: Statement) => boolean }[]}
 */
export const SWITCHES = [
  {
    name: "no-type",
    title: "Things",
    of: (s) => [...new Set([...s.actors, s.object].map((n) => model.nodes[n].type))],
    admits: (s, one) => seen(s, one.object) && one.actors.some((n) => seen(s, n)),
  },
  switching("no-relation", "Relations", (s) => [s.relation]),
  switching("no-polarity", "Polarity", (s) => [s.polarity]),
  switching("no-modality", "Modality", (s) => [s.modality]),
];
/**
 * Choices: one value, or any.
 * @type {{ name: string, title: string, of: (s: Statement) => (number | string)[], label: (value: any) => string }[]}
 */
export const CHOICES = [
  {
    name: "negotiation",
    title: "Negotiation",
    of: (s) => (s.negotiation === null ? [] : [s.negotiation]),
    label: (n) => model.negotiations[n].label,
  },
  { name: "actor", title: "Actor", of: (s) => s.actors, label: model.named },
  {
    name: "speaker",
    title: "According to",
    of: (s) => (s.speakers.length ? s.speakers : [TEXT]),
    label: (n) => (n === TEXT ? "the text itself" : model.named(n)),
  },
  { name: "document", title: "Reported by", of: (s) => [s.document], label: model.titled },
  { name: "issue", title: "About", of: (s) => s.issues, label: (i) => model.issues[i].label },
];

const someThing = placeOf(thing, model.nodeAt);
const fields = {
  "no-type": someOf(() => model.nodes.map((n) => n.type)),
  "no-relation": someOf(values("relation")),
  "no-polarity": someOf(values("polarity")),
  "no-modality": someOf(values("modality")),
  negotiation: placeOf(
    (n) => model.short(model.negotiations[n].id),
    (key) => model.negotiations.findIndex((n) => model.short(n.id) === key),
  ),
  actor: someThing,
  speaker: {
    ...someThing,
    write: (value) => (value === TEXT ? TEXT : someThing.write(value, state.now)),
    read: (text) => (text === TEXT ? TEXT : someThing.read(text)),
  },
  document: placeOf((d) => model.documents[d].id, model.documentAt),
  issue: placeOf(
    (i) => model.issues[i].id,
    (key) => model.issues.findIndex((i) => i.id === key),
  ),
  confidence: share(start.confidence),
  from: day(),
  to: day(),
  day: day(),
  undated: yesOrNo(true),
  among: placesOf(
    (place) => model.short(model.statements[place].id).replace(/^statement\//, ""),
    (key) => model.statementAt(`statement/${key}`),
  ),
  focus: someThing,
  depth: {
    fresh: () => 1,
    write: (value, now) => (now.focus !== null && value !== 1 ? String(value) : ""),
    read: (text) => (text === "2" ? 2 : 1),
  },
};

/**
 * What each filter but that of time says of a statement, by its name.
 * @type {{ name: string, admits: (s: State, one: Statement) => boolean }[]}
 */
const FILTERS = [
  ...SWITCHES,
  ...CHOICES.map(({ name, of }) => ({ name, admits: (s, one) => s[name] === null || of(one).includes(s[name]) })),
  { name: "confidence", admits: (s, one) => one.confidence >= s.confidence },
  { name: "among", admits: (s, one) => !s.among.size || s.among.has(one.place) },
  { name: "time", admits: (s, one) => isInTime(s, one) },
];

/** A statement is in a range when it can have taken place in it; undated ones stand at their report, or are out by their own switch. */
function isInTime(s, one) {
  if (!one.date && !s.undated) return false;
  return isWithin(one, time(s.from, -Infinity), time(s.to, Infinity)) && (!s.day || isKnown(one, time(s.day, Infinity)));
}

/** Sorts every statement by how many filters refuse it: none, or the one alone, which then could let it in. */
function sift(s) {
  const passed = [],
    alone = new Map(FILTERS.map(({ name }) => [name, /** @type {Statement[]} */ ([])]));
  for (const one of model.statements) {
    let refusing = null,
      many = false;
    for (const filter of FILTERS) {
      if (filter.admits(s, one)) continue;
      many = refusing !== null;
      refusing = filter.name;
      if (many) break;
    }
    if (refusing === null) passed.push(one);
    else if (!many) alone.get(refusing).push(one);
  }
  return { passed, alone };
}

/** The edges that some statements make up, by how they hang together. */
function hangTogether(s, statements) {
  const passed = new Uint8Array(model.statements.length),
    hidden = model.nodes.map((_, n) => !seen(s, n)),
    edges = [],
    /** @type {Map<number, number>} */ degree = new Map(),
    /** @type {Map<number, Set<number>>} */ neighbours = new Map();
  for (const { place } of statements) passed[place] = 1;
  const join = (end, other, told) => {
    degree.set(end, (degree.get(end) || 0) + told);
    const own = neighbours.get(end);
    if (own) own.add(other);
    else neighbours.set(end, new Set([other]));
  };
  for (const edge of model.edges) {
    const left = edge.statements.filter((n) => passed[n]),
      { source, target } = edge;
    if (!left.length || hidden[source] || hidden[target]) continue;
    edges.push({ edge, statements: left });
    join(source, target, left.length);
    join(target, source, left.length);
  }
  return { statements: new Set(statements.map((one) => one.place)), edges, degree, neighbours };
}

/** What is within so many steps of a thing. */
function around(focus, depth, neighbours) {
  const found = new Set([focus]);
  let rim = [focus];
  for (let step = 0; step < depth; step++)
    rim = rim.flatMap((n) => [...(neighbours.get(n) || [])]).filter((n) => !found.has(n) && found.add(n));
  return found;
}

function compute(s) {
  const { passed, alone } = sift(s),
    all = hangTogether(s, passed);
  const beforeTime = [...passed, ...alone.get("time")];
  if (s.focus === null) return { ...all, beforeTime, alone };
  // Around a focus only what holds between the things that are shown counts, in every view.
  const near = around(s.focus, s.depth, all.neighbours);
  const inside = (one) => [...one.actors, one.object, one.condition].every((n) => n === null || near.has(n));
  return {
    ...hangTogether(s, passed.filter(inside)),
    beforeTime: beforeTime.filter(inside),
    alone: new Map([...alone].map(([name, found]) => [name, found.filter(inside)])),
  };
}

/** The state that was looked at last, its choices, and what they leave. */
let seenLast = null,
  key = [],
  cached = null;
export const filters = {
  fields,
  /** What the choices of now leave. */
  get result() {
    if (seenLast === state.now) return cached;
    seenLast = state.now;
    const now = Object.keys(fields).map((name) => state.now[name]);
    if (!cached || now.some((value, n) => value !== key[n])) {
      key = now;
      cached = compute(state.now);
    }
    return cached;
  },
  /** The statements that the choices leave, had another day been asked by which they are known. @param {string} day */
  leftBy(day) {
    const asked = { ...state.now, day };
    return new Set(filters.result.beforeTime.filter((one) => isInTime(asked, one)).map((one) => one.place));
  },
  /** How many statements a value of a switch or choice leaves, or would leave, by the value. */
  counts({ name, of }) {
    const { statements, alone } = filters.result,
      found = new Map();
    const count = (one) => {
      for (const value of of(one)) found.set(value, (found.get(value) || 0) + 1);
    };
    for (const n of statements) count(model.statements[n]);
    alone.get(name).forEach(count);
    return found;
  },
};

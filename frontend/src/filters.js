// Which statements, edges and things are left by what the reader has chosen, and how many each choice would leave.
import { day, placeOf, placesOf, share, someOf, yesOrNo } from "./fields.js";
import { model } from "./model.js";
import { start } from "./outside.js";
import { state } from "./state.js";
import { tallied } from "./tally.js";
import { isKnown, isWithin, time } from "./time.js";

/** @typedef {import("./types").State} State */
/** @typedef {import("./types").Statement} Statement */

const TEXT = "text";
const thing = (n) => model.short(model.nodes[n].id);
const values = (name) => () => model.statements.map((s) => s[name]);

const seen = (s, node) => !s["no-type"].has(model.nodes[node].type);
/** @param {string} name @param {string} title @param {"relation" | "polarity" | "modality"} field */
const switching = (name, title, field) => ({
  name,
  title,
  of: (one) => [one[field]],
  admits: (s, one) => !s[name].has(one[field]),
});
/**
 * Switches: each takes out the statements of one value; ``of`` gives what a statement counts for.
 * @type {{ name: string, title: string, of: (s: Statement) => Iterable<string>, admits: (s: State, one: Statement) => boolean }[]}
 */
export const SWITCHES = [
  {
    name: "no-type",
    title: "Things",
    of: (s) => new Set([...s.actors, s.object].map((n) => model.nodes[n].type)),
    admits: (s, one) => seen(s, one.object) && one.actors.some((n) => seen(s, n)),
  },
  switching("no-relation", "Relations", "relation"),
  switching("no-polarity", "Polarity", "polarity"),
  switching("no-modality", "Modality", "modality"),
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
 * What each filter says of a statement, by its name; ``by`` are the choices that it depends on, where they are others than its name says, and
 * ``idle`` whether it admits all.
 * @type {{ name: string, by?: string[], idle: (s: State) => boolean, admits: (s: State, one: Statement) => boolean }[]}
 */
const FILTERS = [
  // A statement without an actor shows none, whatever is switched on.
  ...SWITCHES.map((one) => ({ ...one, idle: () => false })),
  ...CHOICES.map(({ name, of }) => ({ name, idle: (s) => s[name] === null, admits: (s, one) => of(one).includes(s[name]) })),
  { name: "confidence", idle: (s) => s.confidence === 0, admits: (s, one) => one.confidence >= s.confidence },
  { name: "among", idle: (s) => !s.among.size, admits: (s, one) => s.among.has(one.place) },
  {
    name: "time",
    by: ["from", "to", "day", "undated"],
    idle: (s) => !s.from && !s.to && !s.day && s.undated,
    admits: (s, one) => isInTime(s, one),
  },
];

/** A statement is in a range when it can have taken place in it; undated ones stand at their report, or are out by their own switch. */
function isInTime(s, one) {
  if (!one.date && !s.undated) return false;
  return isWithin(one, time(s.from, -Infinity), time(s.to, Infinity)) && (!s.day || isKnown(one, time(s.day, Infinity)));
}

/** Which statements each filter refuses, and the choices by which it did so: those of a filter that was not touched stay. */
const refused = FILTERS.map(() => ({ by: /** @type {any[] | null} */ (null), places: new Uint8Array(model.statements.length) }));
function refusals(s) {
  for (const [n, { name, by: names = [name], idle, admits }] of FILTERS.entries()) {
    const own = refused[n],
      by = names.map((one) => s[one]);
    if (own.by && by.every((value, place) => value === own.by[place])) continue;
    own.by = by;
    own.places.fill(0);
    if (!idle(s)) for (const one of model.statements) own.places[one.place] = admits(s, one) ? 0 : 1;
  }
  return refused;
}

/** Sorts every statement by how many filters refuse it: none, or the one alone, which then could let it in. */
function sift(s) {
  const refusing = refusals(s),
    passed = [],
    alone = new Map(FILTERS.map(({ name }) => [name, /** @type {Statement[]} */ ([])])),
    own = [...alone.values()];
  for (const one of model.statements) {
    let first = -1,
      many = 0;
    for (let n = 0; n < refusing.length && many < 2; n++) {
      if (!refusing[n].places[one.place]) continue;
      first = n;
      many += 1;
    }
    if (!many) passed.push(one);
    else if (many === 1) own[first].push(one);
  }
  return { passed, alone };
}

/**
 * The edges that some statements make up, and how things hang together by them; the places of these statements are given in their order, and for
 * whoever asks whether one is among them.
 */
function hangTogether(s, statements) {
  const passed = new Uint8Array(model.statements.length),
    isHidden = s["no-type"].size ? (n) => !seen(s, n) : () => false,
    /** @type {{ edge: typeof model.edges[number], statements: number[] }[]} */ edges = [],
    told = new Uint32Array(model.nodes.length),
    /** @type {Map<number, number>} */ degree = new Map(),
    /** @type {Map<number, Set<number>>} */ near = new Map();
  for (const { place } of statements) passed[place] = 1;
  const isPassed = (n) => passed[n] === 1,
    isLeft = ({ source, target }) => !isHidden(source) && !isHidden(target);
  for (const edge of model.edges) {
    const all = edge.statements,
      left = all.every(isPassed) ? all : all.filter(isPassed);
    if (!left.length || !isLeft(edge)) continue;
    edges.push({ edge, statements: left });
    told[edge.source] += left.length;
    told[edge.target] += left.length;
  }
  for (const [n, many] of told.entries()) if (many) degree.set(n, many);
  /** The edges that are left at a thing. @param {number} thing */
  const edgesOf = (thing) =>
    model.edgesOf(thing).flatMap((place) => {
      const edge = model.edges[place],
        left = edge.statements.filter(isPassed);
      return left.length && isLeft(edge) ? [{ edge, statements: left }] : [];
    });
  /** What hangs on a thing. @param {number} thing @returns {Set<number>} */
  const neighbours = (thing) => {
    const known = near.get(thing);
    if (known) return known;
    const found = new Set(edgesOf(thing).map(({ edge }) => (edge.source === thing ? edge.target : edge.source)));
    near.set(thing, found);
    return found;
  };
  const left = statements.map((one) => one.place);
  return { left, statements: new Set(left), edges, degree, edgesOf, neighbours };
}

/** What is within so many steps of a thing. */
function around(focus, depth, neighbours) {
  const found = new Set([focus]);
  let rim = [focus];
  for (let step = 0; step < depth; step++) rim = rim.flatMap((n) => [...neighbours(n)]).filter((n) => !found.has(n) && found.add(n));
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
  /** How many values a switch or choice has. */
  manyOf: (choice) => tallyOf(choice).values.length,
  /** Every value of a switch or choice, those of most statements first. */
  valuesOf(choice) {
    const { values, counts } = tallyOf(choice),
      all = counts(model.statements.keys());
    return [...values].sort((a, b) => all.get(b) - all.get(a) || (a < b ? -1 : 1));
  },
  /** How many statements a value of a switch or choice leaves, or would leave, by the value. */
  counts(choice) {
    const { left, alone } = filters.result;
    return tallyOf(choice).counts(
      left,
      alone.get(choice.name).map((one) => one.place),
    );
  },
};

const tallies = new Map();
function tallyOf({ name, of }) {
  if (!tallies.has(name)) tallies.set(name, tallied(model.statements, of));
  return tallies.get(name);
}

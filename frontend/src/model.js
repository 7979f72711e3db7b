// The data of the page (kgraph.views.contract describes it), and ways to look things up in it.
import { once } from "./once.js";
import { carried, prefixes } from "./outside.js";
import { DAY, from, until } from "./time.js";
import { unpack } from "./unpack.js";

/** @typedef {import("./types").Statement} Statement */

const data = unpack(carried("data"), () => carried("apart"));
const short = (iri) => (iri.startsWith(prefixes.kg) ? iri.slice(prefixes.kg.length) : iri);
/** Where each item of a list stands, by its name. */
const places = (list, name) => once(() => new Map(list.map((item) => [name(item), item.place])));
const shortId = ({ id }) => short(id);
const nodeAt = places(data.nodes, shortId),
  statementAt = places(data.statements, shortId),
  documentAt = places(data.documents, ({ id }) => id);
const relations = new Map(data.relations.map((r) => [r.id, r]));

// What the page works out stands with what it carries.
const { nodes, edges } = data;
/** The days of a page are few, its statements are many. @type {Map<string, number>} */
const days = new Map();
function parsed(day) {
  let found = days.get(day);
  if (found === undefined) days.set(day, (found = Date.parse(day)));
  return found;
}
/** The issues that a statement is about: those of the things that it names. */
function issuesOf({ object, condition, content }) {
  const { issues } = nodes[object];
  if (condition === null && content === null) return issues;
  return [...new Set([issues, ...[condition, content].map((n) => (n === null ? [] : nodes[n].issues))].flat())];
}
const statements = /** @type {Statement[]} */ (data.statements);
for (const s of statements) {
  s.first = s.earliest ? parsed(s.earliest) : -Infinity;
  s.last = s.latest ? parsed(s.latest) + DAY : Infinity;
  s.reported = s.reportedOn ? parsed(s.reportedOn) : null;
  s.issues = issuesOf(s);
}

/**
 * For each of so many things the places of the rows that name it.
 * @param {number} many @param {{ place: number }[]} rows @param {(row: any) => Iterable<number | null>} named
 */
function index(many, rows, named) {
  const found = Array.from({ length: many }, () => /** @type {number[]} */ ([]));
  for (const row of rows) {
    for (const n of named(row)) {
      // A row that names it twice counts once.
      if (n !== null && found[n][found[n].length - 1] !== row.place) found[n].push(row.place);
    }
  }
  return found;
}
const edgesOf = once(() => index(nodes.length, edges, ({ source, target }) => [source, target])),
  edgesBy = once(() => index(statements.length, edges, (edge) => edge.statements)),
  toldOf = once(() => index(nodes.length, statements, (s) => [...s.actors, s.object, s.condition, s.content, ...s.speakers]));

const label = (node) => nodes[node].label;
/** The names that several have. @param {string[]} names */
function shared(names) {
  const seen = new Set();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}
const sharedLabels = once(() => shared(nodes.map((n) => n.label))),
  sharedTitles = once(() => shared(data.documents.map((d) => d.title)));
/** What a thing is called in a list: with its negotiation where others have its name. */
function named(n) {
  if (!sharedLabels().has(label(n))) return label(n);
  const told = toldOf()[n],
    first = told.map((place) => statements[place].negotiation).find((one) => one !== null);
  return `${label(n)} (${first === undefined ? nodes[n].type : data.negotiations[first].label})`;
}
/** What a document is called in a list. */
const titled = (d) =>
  sharedTitles().has(data.documents[d].title) ? `${data.documents[d].title}, ${data.documents[d].id}` : data.documents[d].title;
const relation = (id) => relations.get(id)?.label || id;
const who = (s) => s.actors.map(label).join(", ");
/** What a statement is about, in words: where it says no more, as the thing is called. @param {Statement} s */
const what = (s) => s.what || label(s.object);
/** The verb of a statement as it stands behind who makes it. @param {Statement} s @param {boolean} several whether those are several */
function verb({ relation: id, actors, polarity }, several = actors.length > 1) {
  const plain = relations.get(id)?.plain || id;
  if (polarity === "negative") return `${several ? "do" : "does"} not ${plain}`;
  return several ? plain : relation(id);
}
/** The same, where a condition follows: "makes" the talks "conditional on" a truce. @param {Statement} s @returns {[string, string]} */
function verbAround(s, several = s.actors.length > 1) {
  const whole = verb(s, several),
    last = whole.lastIndexOf(" ");
  return s.condition === null ? [whole, ""] : [whole.slice(0, last), `${whole.slice(last + 1)} on`];
}
/** A statement in words, without who makes it. @param {Statement} s @param {boolean} [several] whether it is told of several */
function act(s, several) {
  const [before, between] = verbAround(s, several);
  return s.condition === null ? `${before} ${what(s)}` : `${before} “${what(s)}” ${between} “${label(s.condition)}”`;
}

export const model = {
  title: data.title,
  days: data.days,
  hubs: data.hubs,
  communities: data.communities,
  negotiations: data.negotiations,
  issues: data.issues,
  relations: data.relations,
  documents: data.documents,
  nodes,
  edges,
  statements,
  get lives() {
    return data.lives;
  },
  get stances() {
    return data.stances;
  },
  get boxes() {
    return data.boxes;
  },
  get links() {
    return data.links;
  },
  /** The places of the edges that end at a thing. @param {number} node */
  edgesOf: (node) => edgesOf()[node],
  /** The places of the edges that a statement is behind. @param {number} statement */
  edgesBy: (statement) => edgesBy()[statement],
  /** The places of the statements that a thing plays a role in. @param {number} node */
  toldOf: (node) => toldOf()[node],
  short,
  label,
  named,
  titled,
  relation,
  who,
  verb,
  verbAround,
  act,
  what,
  /** The family of a relation, and its side. */
  family: (id) => /** @type {any} */ (relations.get(id)).family,
  side: (id) => /** @type {any} */ (relations.get(id)).side,
  nodeAt: (key) => nodeAt().get(key),
  statementAt: (key) => statementAt().get(key),
  documentAt: (key) => documentAt().get(key),
  sentence(s) {
    const { text } = data.documents[s.document];
    return { before: text.slice(s.opens, s.start), quote: text.slice(s.start, s.end), after: text.slice(s.end, s.closes) };
  },
  // IRIs of evidence count characters as people do, not in units of UTF-16.
  evidence(s) {
    const { text } = data.documents[s.document],
      start = [...text.slice(0, s.start)].length;
    return `${s.id}/evidence/clause#char=${start},${start + [...text.slice(s.start, s.end)].length}`;
  },
  words: (s) => `${who(s)} ${act(s)}`,
  says: (s) => (s.speakers.length ? s.speakers.map(label).join(" → ") : "the text itself"),
  isFirm: (s) => s.polarity === "positive" && s.modality === "actual",
  /** Dated before undated, which stand by their reports. */
  byTime: (a, b) => (a.date ? 0 : 1) - (b.date ? 0 : 1) || from(a) - from(b) || until(a) - until(b) || a.place - b.place,
};

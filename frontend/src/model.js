// The data of the page (kgraph.views.contract describes it), and ways to look things up in it.
import { carried, prefixes } from "./outside.js";
import { DAY, from, until } from "./time.js";
import { unpack } from "./unpack.js";

/** @typedef {import("./types").Statement} Statement */

const data = unpack(carried("data"));
const short = (iri) => (iri.startsWith(prefixes.kg) ? iri.slice(prefixes.kg.length) : iri);
const places = (list) => new Map(list.map((item, place) => [short(item.id), place]));
const nodeAt = places(data.nodes),
  statementAt = places(data.statements),
  documentAt = new Map(data.documents.map((d, place) => [d.id, place]));
const relations = new Map(data.relations.map((r) => [r.id, r]));

// What the page works out stands with what it carries.
const statements = data.statements.map((s, place) =>
  Object.assign(s, {
    place,
    first: s.earliest ? Date.parse(s.earliest) : -Infinity,
    last: s.latest ? Date.parse(s.latest) + DAY : Infinity,
    reported: s.reportedOn ? Date.parse(s.reportedOn) : null,
    issues: [...new Set([s.object, s.condition, s.content].flatMap((n) => (n === null ? [] : data.nodes[n].issues)))],
    /** @type {number[]} */
    edges: [],
    what: s.what || data.nodes[s.object].label,
  }),
);
const nodes = data.nodes.map((n) => Object.assign(n, { /** @type {number[]} */ edges: [], /** @type {number[]} */ told: [] }));
const edges = data.edges.map((edge, place) => Object.assign(edge, { place }));
for (const edge of edges) {
  nodes[edge.source].edges.push(edge.place);
  if (edge.target !== edge.source) nodes[edge.target].edges.push(edge.place);
  for (const s of edge.statements) statements[s].edges.push(edge.place);
}
for (const s of statements) {
  for (const n of new Set([...s.actors, s.object, s.condition, s.content, ...s.speakers])) if (n !== null) nodes[n].told.push(s.place);
}

const label = (node) => nodes[node].label;
/** The names that several have. @param {string[]} names */
function shared(names) {
  const seen = new Set();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}
const sharedLabels = shared(nodes.map((n) => n.label)),
  sharedTitles = shared(data.documents.map((d) => d.title));
/** What a thing is called in a list: with its negotiation where others have its name. */
function named(n) {
  if (!sharedLabels.has(label(n))) return label(n);
  const first = nodes[n].told.map((place) => statements[place].negotiation).find((one) => one !== null);
  return `${label(n)} (${first === undefined ? nodes[n].type : data.negotiations[first].label})`;
}
/** What a document is called in a list. */
const titled = (d) =>
  sharedTitles.has(data.documents[d].title) ? `${data.documents[d].title}, ${data.documents[d].id}` : data.documents[d].title;
const relation = (id) => relations.get(id)?.label || id;
const who = (s) => s.actors.map(label).join(", ");
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
  return s.condition === null ? `${before} ${s.what}` : `${before} “${s.what}” ${between} “${label(s.condition)}”`;
}

export const model = {
  ...data,
  nodes,
  edges,
  statements,
  short,
  label,
  named,
  titled,
  relation,
  who,
  verb,
  verbAround,
  act,
  /** The family of a relation, and its side. */
  family: (id) => /** @type {any} */ (relations.get(id)).family,
  side: (id) => /** @type {any} */ (relations.get(id)).side,
  nodeAt: (key) => nodeAt.get(key),
  statementAt: (key) => statementAt.get(key),
  documentAt: (key) => documentAt.get(key),
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

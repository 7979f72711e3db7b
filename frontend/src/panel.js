// The evidence beside the view: every statement behind what is selected, with its sentence, who says so, and when.
import { judging } from "./beside.js";
import { button, byId, count, download, element, redraw, say, words } from "./elements.js";
import { filters } from "./filters.js";
import { placeOf } from "./fields.js";
import { noteAbout } from "./keeping.js";
import { sign, typeWords } from "./look.js";
import { model } from "./model.js";
import { state } from "./state.js";
import * as text from "./text.js";

const PAGE = 30,
  // Of what most is told.
  MOST = 6;

export const pick = (node) => words(model.label(node), () => state.set({ selected: { kind: "node", place: node } }));
export const joined = (nodes, between) => nodes.flatMap((n, i) => (i ? [between, pick(n)] : [pick(n)]));
const tag = (text, firm, title) => element("span", { class: firm ? "tag" : "tag off", title }, text);

function copier(text, label) {
  return button(
    "Copy",
    async (event) => {
      try {
        await navigator.clipboard.writeText(text);
        event.target.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(event.target.previousElementSibling);
        event.target.textContent = "Selected: copy it with Ctrl+C";
      }
      say("copied");
    },
    { class: "small", "aria-label": label },
  );
}

function when(s) {
  const said = element("span", { class: s.date ? "tag" : "tag off" }, s.when);
  if (s.date) said.append(" ", element("span", { class: "edtf" }, s.date));
  return said;
}

/** A link to where this is judged, on a server that takes judgements. @param {string} id */
function judge(id) {
  const there = judging(model.short(id));
  return there ? [" ", element("a", { href: there, class: "button small" }, "Judge it")] : [];
}

function card(place) {
  const s = model.statements[place],
    said = model.sentence(s),
    source = model.documents[s.document];
  const called = model.label(s.object),
    about = model.what(s),
    what = about.startsWith(called) ? [pick(s.object), about.slice(called.length)] : [pick(s.object), ` (${about})`],
    verbs = model.verbAround(s).map((words) => element("span", { class: "verb " + model.family(s.relation) }, words));
  const head = element(
    "h3",
    {},
    ...joined(s.actors, ", "),
    " ",
    verbs[0],
    " ",
    ...what,
    ...(s.condition !== null ? [" ", verbs[1], " ", pick(s.condition)] : []),
    ...(s.where ? [` in ${s.where}`] : []),
  );
  return element(
    "article",
    { class: "card", "data-statement": model.short(s.id) },
    head,
    element("blockquote", { dir: "auto" }, said.before, element("mark", {}, said.quote), said.after),
    element(
      "p",
      { class: "tags" },
      when(s),
      tag(s.polarity === "negative" ? "negated" : "affirmed", s.polarity === "positive"),
      tag(s.modality, s.modality === "actual"),
      tag(`confidence ${s.confidence.toFixed(2)}`, true, "How certain this reading is; the README says what the figure means"),
      s.readBy.length ? tag(`read by ${s.readBy.join(", ")}`, true) : null,
    ),
    element(
      "p",
      { class: "source" },
      "According to: ",
      ...(s.speakers.length ? joined(s.speakers, " → ") : ["the text itself"]),
      ". Reported by: ",
      words(source.title, () => text.open(place)),
      [s.page === null ? "" : `page ${s.page}`, source.publisher, s.reportedOn || "undated"]
        .filter(Boolean)
        .map((part) => ", " + part)
        .join(""),
      ".",
    ),
    s.dateDerivation ? element("p", { class: "source" }, `Date: ${s.dateDerivation}.`) : null,
    element(
      "p",
      { class: "source iri" },
      element("code", {}, s.id),
      " ",
      copier(s.id, "Copy the IRI of this statement"),
      " ",
      button("Read it in the text", () => text.open(place), { class: "small" }),
      ...judge(s.id),
    ),
    noteAbout(`statement:${selections.statement.write(place)}`, model.words(s)),
  );
}

// Cards a page at a time: a hub can have thousands.
export function cards(places, empty) {
  const list = element("div", { class: "cards" });
  let shown = 0;
  const further = button("", more, { class: "more" });
  function more() {
    list.append(...places.slice(shown, shown + PAGE).map(card));
    shown = Math.min(places.length, shown + PAGE);
    further.textContent = `Show ${Math.min(PAGE, places.length - shown)} more of ${places.length - shown}`;
    further.hidden = shown >= places.length;
  }
  more();
  const copy = button(places.length > 1 ? `Copy the ${places.length} sentences` : "Copy the sentence", (event) => copyAll(event, places));
  return places.length ? [element("p", { class: "actions" }, copy), list, further] : [element("p", {}, empty)];
}

// A statement as it is handed on: who does what, the sentence, who says so, and where it stands.
function cited(place) {
  const s = model.statements[place],
    said = model.sentence(s),
    source = model.documents[s.document];
  const where = [source.title, source.publisher, s.page === null ? "" : `page ${s.page}`, s.reportedOn || "undated", source.url];
  return [
    `${model.words(s)} (${s.modality === "actual" ? "" : `${s.modality}; `}${s.when})`,
    `“${(said.before + said.quote + said.after).trim()}”`,
    `According to: ${model.says(s)}. Reported by: ${where.filter(Boolean).join(", ")}.`,
  ].join("\n");
}
async function copyAll(event, places) {
  const text = places.map(cited).join("\n\n") + "\n";
  try {
    await navigator.clipboard.writeText(text);
    event.target.textContent = "Copied";
    say(`${count(places.length, "sentence")} copied`);
  } catch {
    download("kgraph-sentences.txt", text, "text/plain");
    say("saved kgraph-sentences.txt");
  }
}

export const inOrder = (places) => [...places].sort((a, b) => model.byTime(model.statements[a], model.statements[b]));
export const left = (places) => inOrder(places.filter((n) => filters.result.statements.has(n)));
export function counted(all, now) {
  return element(
    "p",
    { class: "tags" },
    count(now.length, "statement") + (now.length < all.length ? ` of ${all.length} (the others are filtered out)` : ""),
  );
}

// The lines that end at a thing, for whoever cannot click them: those that the network shows, the most told first.
function lines(place) {
  const drawn = filters.result.edgesOf(place);
  if (!drawn.length) return [];
  const name = ({ edge, statements }) =>
    (edge.source === place ? "" : `${model.label(edge.source)} `) +
    model.relation(edge.relation) +
    (edge.target === place ? "" : ` ${model.label(edge.target)}`) +
    (statements.length > 1 ? ` ×${statements.length}` : "");
  const items = drawn
    .sort((a, b) => b.statements.length - a.statements.length || a.edge.place - b.edge.place)
    .map((one) =>
      element(
        "li",
        {},
        words(name(one), () => state.set({ selected: { kind: "edge", place: one.edge.place } })),
      ),
    );
  return [element("details", { class: "lines" }, element("summary", {}, count(items.length, "line")), element("ul", {}, ...items))];
}

// What can be done with a thing.
function actions(place) {
  const edges = model.edgesOf(place),
    near = filters.result.neighbours(place).size;
  return element(
    "p",
    { class: "actions" },
    near && !(state.now.opened || new Set()).has(place)
      ? button(`Show its ${count(near, "neighbour")}`, () => state.set({ opened: new Set([...state.now.opened, place]) }))
      : null,
    edges.length ? button("Only what is around it", () => state.set({ focus: place, depth: 1 })) : null,
    edges.length ? button("Two steps", () => state.set({ focus: place, depth: 2 })) : null,
    state.now.focus !== null ? button("Show everything again", () => state.set({ focus: null })) : null,
    model.toldOf(place).some((s) => model.statements[s].actors.includes(place))
      ? button("Only its moves", () => state.set({ actor: place }))
      : null,
  );
}

/** All that is told about a thing, whatever was filtered out. @param {number} place */
function unfilter(place) {
  state.reset();
  state.set({ confidence: 0, selected: { kind: "node", place } });
}

const SHOW = {
  node(place) {
    const n = model.nodes[place],
      all = model.toldOf(place),
      now = left(all);
    const life = model.lives.find((l) => l.matter === place);
    return [
      element("h2", { dir: "auto" }, sign(n.type), " ", n.label, element("span", { class: "kind" }, ` ${typeWords(n.type)}`)),
      n.aliases.length ? element("p", { class: "tags", dir: "auto" }, "Also called: " + n.aliases.join("; ")) : null,
      n.issues.length ? element("p", { class: "tags" }, "About: " + n.issues.map((i) => model.issues[i].label).join("; ")) : null,
      life ? element("p", {}, element("strong", {}, life.state), ": ", life.why) : null,
      actions(place),
      element("p", { class: "source iri" }, element("code", {}, n.id), " ", copier(n.id, "Copy the IRI of this thing"), ...judge(n.id)),
      noteAbout(`node:${selections.node.write(place)}`, n.label),
      ...lines(place),
      counted(all, now),
      ...cards(now, "The filters leave none of its statements."),
      now.length
        ? null
        : element(
            "p",
            { class: "actions" },
            button("Show them, however certain", () => unfilter(place)),
          ),
    ];
  },
  edge(place) {
    const e = model.edges[place],
      now = left(e.statements);
    return [
      element("h2", {}, pick(e.source), ` ${model.relation(e.relation)} `, pick(e.target)),
      counted(e.statements, now),
      ...cards(now, "The filters leave none of its statements."),
    ];
  },
  statement(place) {
    return [element("h2", {}, "One statement"), ...cards([place])];
  },
};

// Before anything is selected: where one could begin, by what the filters leave.
function overview() {
  const now = filters.result.left.map((place) => model.statements[place]);
  const list = (title, places) => {
    const tally = new Uint32Array(model.nodes.length);
    for (const n of places) tally[n] += 1;
    const least = tally.slice().sort()[Math.max(0, tally.length - MOST)],
      often = [...tally.entries()].filter(([, number]) => number && number >= least),
      most = often.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST);
    return most.length
      ? [
          element("h3", {}, title),
          element(
            "ul",
            { class: "overview" },
            ...most.map(([n, number]) =>
              element("li", {}, sign(model.nodes[n].type), " ", pick(n), element("span", { class: "soft" }, ` ${number}`)),
            ),
          ),
        ]
      : [];
  };
  const hint = !model.statements.length
    ? "No statement was read in these texts."
    : now.length
      ? "Select a thing, a line, a point or a cell to read the sentences behind it."
      : "The filters leave no statement; “Reset filters” brings them back.";
  const told = new Map();
  for (const s of now) {
    if (!told.has(s.document)) told.set(s.document, []);
    told.get(s.document).push(s.place);
  }
  return [
    element("h2", {}, "Sentences"),
    element("p", {}, hint),
    ...list(
      "Most active",
      now.flatMap((s) => s.actors),
    ),
    ...list(
      "Most discussed",
      now.map((s) => s.object),
    ),
    told.size ? element("h3", {}, "Documents") : null,
    element(
      "ul",
      { class: "overview documents" },
      ...[...told].slice(0, 12).map(([d, places]) =>
        element(
          "li",
          {},
          words(model.titled(d), () => text.open(places[0])),
          element("span", { class: "soft" }, ` ${model.documents[d].published || "undated"}, ${count(places.length, "statement")}`),
        ),
      ),
      told.size > 12 ? element("li", { class: "soft" }, `and ${told.size - 12} more: choose one under “Reported by”`) : null,
    ),
  ];
}

const thing = (n) => model.short(model.nodes[n].id);
const things = placeOf(thing, model.nodeAt),
  statements = placeOf((n) => model.short(model.statements[n].id), model.statementAt);
const lineName = (place) => {
  const e = model.edges[place];
  return [thing(e.source), e.relation, thing(e.target)].join("|");
};
const edges = placeOf(lineName, (name) => model.edges.findIndex((e) => lineName(e.place) === name));
/** What every view lets select. @type {Record<string, import("./types").Selection>} */
export const selections = {
  node: { write: thing, read: things.read, show: SHOW.node },
  statement: { write: (n) => model.short(model.statements[n].id), read: statements.read, show: SHOW.statement },
  edge: { write: lineName, read: edges.read, show: SHOW.edge },
};

function render() {
  const { selected } = state.now,
    panel = byId("evidence");
  const content = selected ? kinds[selected.kind].show(selected.place) : overview();
  panel.replaceChildren(...content.filter(Boolean));
  byId("panel").classList.toggle("empty", !selected);
  byId("close-panel").hidden = !selected;
}

/** Show what is selected. */
export function show(now, before) {
  redraw(byId("evidence"), render);
  if (before && now.selected !== before.selected) byId("panel").scrollTop = 0;
}

let kinds = selections;
/**
 * Get ready to show whatever can be selected.
 * @param {Record<string, import("./types").Selection>} all
 */
export function begin(all) {
  kinds = all;
  byId("close-panel").addEventListener("click", () => state.set({ selected: null }));
}

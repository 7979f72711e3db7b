// The network: what most is told about, group by group. pyvis has set the drawing up; from here on the page says what stands in it.
import "./style.css";

import * as canvas from "../../canvas.js";
import { byId, count, element, say } from "../../elements.js";
import { oneOf, placesOf, yesOrNo } from "../../fields.js";
import { filters } from "../../filters.js";
import { lineSign, look } from "../../look.js";
import { model } from "../../model.js";
import { edges, network, nodes } from "../../outside.js";
import { state } from "../../state.js";
import { COLOURS, SIZES } from "./encodings.js";
import { FIRST, GROUPINGS, NONE, grouping, keyOf, nameOf } from "./groups.js";
import { arrange, brief } from "./picture.js";
import { place as placed } from "./places.js";
import { endsOf, selectionsOf, sideOf } from "./selections.js";
import markup from "./view.html";

const AREA_OF_A_THING = 16000,
  TITLE = 34,
  FADED = 0.16,
  MUSTS_IN_REGION = 3;
const anchors = new Map(model.hubs.map(({ thing, x, y }) => [thing, { x: x / 2, y }]));

/** @type {import("./picture.js").Picture} */
let drawing = { regions: [], things: new Map(), bundles: [], more: new Map(), lines: [], out: { groups: 0, things: 0, statements: 0 } };
/** @type {import("./places.js").Places | undefined} */
let places;
let drawn = null,
  hovered = null,
  faded = new Set();
// What follows from the picture, made with it: the line of each edge and of each id, the lines between the same two
// things, what is shown by how much is told about it, and what of it is always named.
let lineAt = new Map(),
  lineOf = new Map(),
  beside = new Map(),
  ranked = [],
  hubs = new Set();

/** The line that is selected, as a whole or by one of its relations. */
function chosenLine() {
  const { selected } = state.now;
  if (selected?.kind === "line") return lineOf.get(selected.place);
  return selected?.kind === "edge" ? lineAt.get(selected.place) : undefined;
}

/** How many things can be read on the stage at once. */
function room() {
  // Of the whole view: what its tools say must not change what is shown.
  const { clientWidth, clientHeight } = byId("network-view");
  return Math.max(14, Math.min(70, Math.round((clientWidth * clientHeight) / AREA_OF_A_THING)));
}

function needed() {
  const { selected, focus } = state.now,
    found = focus === null ? [] : [focus];
  if (!selected) return found;
  if (selected.kind === "node") found.push(selected.place);
  if (selected.kind === "edge") found.push(model.edges[selected.place].source, model.edges[selected.place].target);
  if (selected.kind === "line") found.push(...endsOf(selected.place));
  if (selected.kind === "statement")
    found.push(...model.statements[selected.place].edges.flatMap((e) => [model.edges[e].source, model.edges[e].target]));
  return found;
}

function openGroups() {
  const keys = new Set(state.now.open);
  const known = new Set(model.statements.map((s) => grouping().of(s) ?? NONE));
  return new Set([...known].filter((group) => keys.has(keyOf(grouping(), group))));
}

function rearrange() {
  const { edges: told, degree } = filters.result,
    of = grouping().of;
  drawing = arrange(told, degree, (n) => of(model.statements[n]) ?? NONE, sideOf, {
    room: room(),
    open: openGroups(),
    opened: state.now.opened,
    needed: needed(),
    all: state.now.all,
  });
  const { clientWidth, clientHeight } = byId("network");
  places = placed(drawing, anchors, clientWidth / Math.max(1, clientHeight), places);
  lineAt = new Map(drawing.lines.flatMap((line) => line.edges.map((edge) => [edge, line])));
  lineOf = new Map(drawing.lines.map((line) => [line.id, line]));
  beside = new Map();
  for (const line of drawing.lines) beside.set(pair(line), [...(beside.get(pair(line)) || []), line]);
  ranked = [...drawing.things.keys()].sort(byTold);
  hubs = new Set(drawing.regions.flatMap((region) => [...region.shown].sort(byTold).slice(0, MUSTS_IN_REGION)));
}

const spot = (id) => /** @type {import("./places.js").Places} */ (places).things.get(id) || { x: 0, y: 0 };
const told = (thing) => filters.result.degree.get(thing) || 0;
const byTold = (a, b) => told(b) - told(a) || a - b;
const pair = ({ from, to }) => `${Math.min(from, to)} ${Math.max(from, to)}`;

function nodeItem(thing) {
  const type = look.type(model.nodes[thing].type),
    colour = COLOURS[state.now.colour].of(thing, filters.result),
    faint = faded.has(thing);
  return {
    id: thing,
    ...spot(thing),
    label: " ",
    shape: type.shape,
    size: size(thing),
    opacity: faint ? FADED : 1,
    color: {
      background: colour,
      border: look.colour("paper"),
      highlight: { background: colour, border: look.colour("paper") },
      hover: { background: colour, border: look.colour("soft") },
    },
  };
}
const size = (thing) => SIZES[state.now.size].of(thing, filters.result);

function bundleItem(bundle) {
  const colour = look.colour("edge");
  return {
    id: bundle.id,
    ...spot(bundle.id),
    shape: "dot",
    label: " ",
    size: 5,
    opacity: faded.has(bundle.anchor) ? FADED : 1,
    color: {
      background: look.colour("paper"),
      border: colour,
      highlight: { background: colour, border: colour },
      hover: { background: look.colour("paper"), border: look.colour("link") },
    },
  };
}

// How sure the surest statement of a line is shows in its line: solid, thin, dotted. Dashed is what is negated, planned, possible or conditional.
const SURE = 0.75,
  UNSURE = 0.5;
function lineItem(line) {
  const statements = line.statements.map((n) => model.statements[n]),
    sure = Math.max(...statements.map((s) => s.confidence)),
    firm = statements.some(model.isFirm),
    { colour, head } = look.line(line.side),
    bright = !isFaded(line);
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    color: { color: colour, highlight: colour, hover: colour, opacity: bright ? (crosses(line) ? 0.45 : 0.85) : 0.08 },
    width: sure < UNSURE ? 1 : sure < SURE ? 1.2 : Math.min(6, 1.6 + 0.7 * Math.sqrt(line.statements.length)),
    dashes: sure < UNSURE ? [1, 4] : firm ? false : [7, 5],
    arrows: { to: { enabled: true, type: head, scaleFactor: 0.6 } },
    smooth: arc(line),
  };
}
const crosses = (line) => drawing.things.get(line.from) !== drawing.things.get(line.to);
// Lines of several sides between the same two things lie side by side.
function arc(line) {
  const together = beside.get(pair(line));
  return together.length > 1
    ? { enabled: true, type: "curvedCW", roundness: 0.12 * (together.indexOf(line) + (line.from < line.to ? 0 : 1)) }
    : false;
}
const gatheringItem = (bundle) => ({
  id: `line:${bundle.id}`,
  from: bundle.anchor,
  to: bundle.id,
  color: { color: look.colour("edge"), opacity: faded.has(bundle.anchor) ? 0.08 : 0.6 },
  width: 1,
  arrows: { to: { enabled: false } },
  smooth: false,
});

/** What is selected, and what it hangs on; null where nothing steps back. */
function bright() {
  const { selected } = state.now;
  if (!selected) return null;
  if (selected.kind === "node") return new Set([selected.place, ...(filters.result.neighbours.get(selected.place) || [])]);
  if (["edge", "line", "statement"].includes(selected.kind)) return new Set(needed());
  if (selected.kind === "group")
    return new Set([...drawing.things].filter(([, region]) => region === selected.place).map(([thing]) => thing));
  return null;
}
function isFaded(line) {
  const { selected } = state.now;
  if (!faded.size) return false;
  if (selected.kind === "node") return line.from !== selected.place && line.to !== selected.place;
  if (selected.kind === "group") return drawing.things.get(line.from) !== selected.place && drawing.things.get(line.to) !== selected.place;
  if (selected.kind === "edge" || selected.kind === "line") return line !== chosenLine();
  return !model.statements[selected.place].edges.some((edge) => line.edges.includes(edge));
}

/** What stands in the drawing becomes what the picture has. */
function reconcile() {
  const shining = bright();
  faded = new Set(shining ? [...drawing.things.keys()].filter((thing) => !shining.has(thing)) : []);
  const things = [...[...drawing.things.keys()].map(nodeItem), ...drawing.bundles.map(bundleItem)],
    lines = [...drawing.lines.map(lineItem), ...drawing.bundles.map(gatheringItem)];
  replace(edges, lines);
  replace(nodes, things);
  const { selected } = state.now;
  network.setSelection(
    {
      nodes: selected && selected.kind === "node" && nodes.get(selected.place) ? [selected.place] : [],
      edges: chosenLine() ? [chosenLine().id] : [],
    },
    { highlightEdges: false },
  );
  const many = drawing.things.size > 300;
  network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: drawing.things.size > 1000 } });
}
function replace(set, items) {
  const wanted = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

// Groups are drawn behind their things: an oval, and the title with what is in it.
function drawRegions(context) {
  if (!places) return;
  for (const { key } of titled()) {
    const { x, y, rx, ry } = /** @type {import("./places.js").Oval} */ (places.regions.get(key)),
      chosen = isGroup(key);
    context.save();
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fillStyle = look.colour("panel");
    context.globalAlpha = 0.9;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = chosen ? 3 : 1.2;
    context.strokeStyle = look.colour(chosen ? "link" : "line");
    context.stroke();
    context.restore();
  }
  const { selected } = state.now,
    body = selected && selected.kind === "node" ? network.body.nodes[selected.place] : null;
  if (!body) return;
  context.save();
  context.globalAlpha = 0.3;
  context.fillStyle = look.colour("link");
  context.beginPath();
  context.arc(body.x, body.y, size(selected.place) + 8, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}
const isGroup = (key) => state.now.selected && state.now.selected.kind === "group" && state.now.selected.place === key;
const titled = () => (drawing.regions.length > 1 || drawing.out.groups ? drawing.regions : []);
const titleOf = ({ key }) => brief(nameOf(grouping(), key));
const contentOf = (region) =>
  `${count(region.statements, "statement")}` +
  (region.things.length > region.shown.length ? ` · ${region.shown.length} of ${region.things.length} things` : "");

/** Where each thing and gathering is on the screen; labels keep clear of them. */
function standing(labels, screen, scale) {
  const bodies = network.body.nodes,
    spots = new Map();
  for (const thing of drawing.things.keys()) {
    if (!bodies[thing]) continue;
    const at = { ...screen(bodies[thing].x, bodies[thing].y), radius: size(thing) * scale };
    spots.set(thing, at);
    labels.body(at.x, at.y, at.radius);
  }
  return spots;
}

function drawLabels(labels, screen, scale) {
  const spots = standing(labels, screen, scale),
    own = ownNode(),
    first = [hovered, own].filter((thing) => spots.has(thing));
  for (const region of titled()) {
    const oval = places.regions.get(region.key),
      { x, y } = screen(oval.x, oval.y - oval.ry);
    labels.write(titleOf(region), x, y - 21, { strong: true, line: true, must: true });
    labels.write(contentOf(region), x, y - 4, { small: true, must: true });
  }
  const order = ranked.filter((thing) => spots.has(thing));
  for (const thing of new Set([...first, ...order.filter((one) => hubs.has(one)), ...order])) {
    const { x, y, radius } = spots.get(thing),
      more = drawing.more.get(thing);
    if (labels.isOut(x, y)) continue;
    labels.write(brief(model.label(thing)), x, y, { radius, must: hubs.has(thing) || first.includes(thing), faint: faded.has(thing) });
    if (more && scale > 0.3 && !faded.has(thing))
      labels.write("+" + more, x + radius + 6, y - radius - 2, { small: true, colour: labels.link });
  }
  drawGathered(labels, screen, scale);
  drawCounts(labels, screen, scale, own);
}
function drawGathered(labels, screen, scale) {
  for (const { id, anchor, things } of drawing.bundles) {
    const body = network.body.nodes[id];
    if (!body || faded.has(anchor)) continue;
    const { x, y } = screen(body.x, body.y);
    labels.write(`${things.length} more`, x, y, { radius: 5 * scale, small: true, colour: labels.link });
  }
}
/** The thing that is selected, if one is. */
const ownNode = () => (state.now.selected && state.now.selected.kind === "node" ? state.now.selected.place : null);

function drawCounts(labels, screen, scale, own) {
  if (drawing.lines.length > 2000) return;
  for (const line of drawing.lines) {
    const close = [line.from, line.to].some((thing) => thing === own || thing === hovered) || line === chosenLine();
    if (isFaded(line) || (!close && (line.statements.length < 2 || scale < 0.5))) continue;
    const body = network.body.edges[line.id];
    if (!body || !body.connected) continue;
    const middle = body.edgeType.getPoint(0.5, body.edgeType.getViaNode()),
      at = screen(middle.x, middle.y);
    labels.write(close ? inWords(line) : `×${line.statements.length}`, at.x, at.y, { small: true, colour: look.line(line.side).colour });
  }
}
/** The relations of a line with their counts. */
function inWords(line) {
  const relations = [...new Set(line.edges.map((edge) => model.edges[edge].relation))];
  const words = relations.slice(0, 2).map(model.relation).join(", ") + (relations.length > 2 ? ` +${relations.length - 2}` : "");
  return line.statements.length > 1 ? `${words} ×${line.statements.length}` : words;
}

function status() {
  const things = filters.result.degree.size,
    { out } = drawing,
    { one, many } = grouping();
  byId("shown").textContent =
    `${drawing.things.size.toLocaleString("en")} of ${count(things, "thing")} shown` +
    (out.groups ? `; ${count(out.groups, `smaller ${one}`, `smaller ${many}`)} with ${count(out.statements, "statement")} left out` : "");
  byId("show-all").hidden = drawing.things.size >= things;
  byId("show-fewer").hidden = !state.now.all && !state.now.opened.size && !state.now.open.length;
}
function key() {
  byId("network-key").replaceChildren(
    ...["for", "against", "neither", "conditional"].flatMap((side) => [
      lineSign(side),
      ` ${side === "conditional" ? "depends on" : side}   `,
    ]),
    "Thick lines are surest, thin ones less, dotted ones least; dashed: negated, planned, possible or conditional. The bigger, the more is told.",
  );
}

const fit = () => {
  const shown = [...(places ? places.regions.values() : [])];
  if (!shown.length) return;
  const left = Math.min(...shown.map((r) => r.x - r.rx)),
    right = Math.max(...shown.map((r) => r.x + r.rx)),
    top = Math.min(...shown.map((r) => r.y - r.ry)),
    bottom = Math.max(...shown.map((r) => r.y + r.ry));
  const { clientWidth, clientHeight } = byId("network");
  // The title of the uppermost group stands above it, in the pixels of the screen.
  const title = titled().length ? TITLE : 0,
    scale = Math.min(1.1, (clientWidth - 16) / (right - left), (clientHeight - 16 - title) / (bottom - top));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - title / 2 / scale }, scale });
};

function groupUnder({ x, y }) {
  const hit = titled().find(({ key }) => {
    const oval = places.regions.get(key);
    return ((x - oval.x) / oval.rx) ** 2 + ((y - oval.y) / oval.ry) ** 2 <= 1;
  });
  return hit === undefined ? null : hit.key;
}
const openGroup = (group) => state.set({ open: [...new Set([...state.now.open, keyOf(grouping(), group)])] });
const openThing = (thing) => state.set({ opened: new Set([...state.now.opened, thing]) });

function listen() {
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    if (typeof node === "string") openThing(drawing.bundles.find((bundle) => bundle.id === node).anchor);
    else if (node !== undefined) state.set({ selected: { kind: "node", place: node } });
    else if (lineOf.has(edge)) state.set({ selected: { kind: "line", place: edge } });
    else {
      const group = groupUnder(pointer.canvas);
      state.set({ selected: group === null ? null : { kind: "group", place: group } });
    }
  });
  network.on("doubleClick", ({ nodes: [node], pointer }) => {
    if (typeof node === "number") openThing(node);
    else if (node === undefined && groupUnder(pointer.canvas) !== null) openGroup(groupUnder(pointer.canvas));
  });
  network.on("hoverNode", (event) => {
    hovered = event.node;
    network.redraw();
  });
  network.on("blurNode", () => {
    hovered = null;
    network.redraw();
  });
  canvas.walk(
    byId("network"),
    network,
    () => [...drawing.things.keys()],
    () =>
      state.now.selected && state.now.selected.kind === "node" && nodes.get(state.now.selected.place) ? state.now.selected.place : null,
    (thing) => {
      state.set({ selected: { kind: "node", place: thing } });
      say(`${model.label(thing)}, ${model.nodes[thing].type}, ${count(model.nodes[thing].statements, "statement")}`);
    },
  );
}

// On a phone the evidence lies over the lower part of the drawing.
function covered() {
  const stage = byId("network").getBoundingClientRect(),
    panel = byId("panel");
  return getComputedStyle(panel).position === "fixed" ? Math.max(0, stage.bottom - panel.getBoundingClientRect().top) : 0;
}
function reveal(thing) {
  const at = network.canvasToDOM(network.getPosition(thing)),
    { clientWidth, clientHeight } = byId("network");
  const isVisible = at.x > 40 && at.y > 40 && at.x < clientWidth - 40 && at.y < clientHeight - covered() - 40;
  if (!isVisible) network.focus(thing, { scale: Math.max(network.getScale(), 0.7), offset: { x: 0, y: -covered() / 2 } });
}

function choices(id, name, options) {
  const select = byId(id);
  select.append(...Object.entries(options).map(([value, { title: label }]) => element("option", { value }, label)));
  select.addEventListener("change", () => state.set({ [name]: select.value, ...(name === "group" ? { open: [] } : {}) }));
}

export const title = "Network";
export const place = 1;
export { markup };
/** @type {[string, string][]} */
export const keys = [
  ["arrow keys", "walk from thing to thing"],
  ["+ −", "zoom"],
];
const thingKey = (n) => model.short(model.nodes[n].id);
export const fields = {
  group: { ...oneOf(FIRST, Object.keys(GROUPINGS)), kept: true },
  size: { ...oneOf("statements", Object.keys(SIZES)), kept: true },
  colour: { ...oneOf("type", Object.keys(COLOURS)), kept: true },
  open: { fresh: () => [], write: (keys) => keys.join("|"), read: (text) => (text || "").split("|").filter(Boolean) },
  opened: placesOf(thingKey, model.nodeAt),
  all: yesOrNo(false),
};
export const selections = selectionsOf(
  (group) => drawing.regions.find((one) => one.key === group),
  (group) => openGroup(group),
);

export function begin() {
  // pyvis draws into a place of its own.
  byId("network").append(byId("mynetwork"));
  choices("group-by", "group", GROUPINGS);
  choices("size-by", "size", SIZES);
  choices("colour-by", "colour", COLOURS);
  byId("show-all").addEventListener("click", () => state.set({ all: true }));
  byId("show-fewer").addEventListener("click", () => state.set({ all: false, opened: new Set(), open: [] }));
  byId("fit").addEventListener("click", fit);
  for (const [id, by] of /** @type {[string, number][]} */ ([
    ["closer", 1.3],
    ["further", 1 / 1.3],
  ]))
    byId(id).addEventListener("click", () => network.moveTo({ scale: network.getScale() * by }));
  network.on("beforeDrawing", drawRegions);
  canvas.overlay(network, drawLabels);
  listen();
  key();
  new ResizeObserver(() => network.redraw()).observe(byId("network"));
}

/** What the picture depends on; another one is fitted to the stage. */
const cause = (now) => [filters.result, now.group, now.all, now.opened, now.open];

function showChoices(now) {
  for (const [id, name] of [
    ["group-by", "group"],
    ["size-by", "size"],
    ["colour-by", "colour"],
  ])
    byId(id).value = now[name];
}
export function draw(now, before) {
  showChoices(now);
  const causes = cause(now),
    other = !drawn || causes.some((one, n) => one !== drawn[n]),
    isMissing = (thing) => !drawing.things.has(thing) && filters.result.degree.has(thing);
  if (drawn && drawn[1] !== now.group) places = undefined;
  if (other || needed().some(isMissing)) rearrange();
  reconcile();
  status();
  if (other) {
    network.redraw();
    fit();
  }
  drawn = causes;
  const own = ownNode();
  if (own !== null && (!before || before.selected !== now.selected) && nodes.get(own)) reveal(own);
}
export function recolour() {
  key();
  if (drawn && state.now.view === "network") reconcile();
}
export const pictured = true;
export const picture = () => canvas.picture(network);
/** What is drawn, for whoever looks into it. */
export const shown = () => ({ picture: drawing, places });

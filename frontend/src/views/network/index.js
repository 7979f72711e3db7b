// The network: what most is told about, group by group. pyvis has set the drawing up; from here on the page says what stands in it.
import "./style.css";

import * as canvas from "../../canvas.js";
import { byId, count, element, number, say } from "../../elements.js";
import { oneOf, placesOf, yesOrNo } from "../../fields.js";
import { filters } from "../../filters.js";
import { keepDrawingFitted } from "../../fitted.js";
import { lineSign, sign } from "../../look.js";
import { model } from "../../model.js";
import { edges, network, nodes } from "../../outside.js";
import { state } from "../../state.js";
import { COLOURS, SIZES } from "./encodings.js";
import { bundleItem, gatheringItem, lineItem, nodeItem } from "./items.js";
import { FIRST, GROUPINGS, grouping, groupsNow, keyOf } from "./groups.js";
import { arrange, brief } from "./picture.js";
import { place as placed } from "./places.js";
import { fade, chosenLine, needed, cardOf, ownNode, scene, take, titled } from "./scene.js";
import { selectionsOf, sideOf } from "./selections.js";
import markup from "./view.html";
import { drawLabels, drawRegions, reachOf, titleSizes } from "./writing.js";

const AREA_OF_A_THING = 16000,
  OPENED = 1.5,
  EDGE = 8,
  RIM = 40,
  CLOSEST = 1.1;
const anchors = new Map(model.hubs.map(({ thing, x, y }) => [thing, { x: x / 2, y }]));
/** What the last drawing depended on. @type {ReturnType<typeof cause> | null} */
let drawn = null;
/** The cards that the picture was last fitted to; all where it is undefined. @type {number[] | undefined} */
let seen;
/** @type {ReturnType<typeof keepDrawingFitted>} */
let kept;
/** @type {Record<string, boolean> | undefined} */
let spared;

/** How many things can be read on the stage at once. */
function room() {
  // Of the whole view: what its tools say must not change what is shown.
  const { clientWidth, clientHeight } = byId("network-view");
  return Math.max(14, Math.min(70, Math.round((clientWidth * clientHeight) / AREA_OF_A_THING)));
}

/** The pixels that a picture can take. */
function stage() {
  const { clientWidth, clientHeight } = byId("network");
  return { wide: Math.max(100, clientWidth - 2 * EDGE), tall: Math.max(100, clientHeight - 2 * EDGE) };
}

function openGroups() {
  const keys = new Set(state.now.open);
  return new Set(keys.size ? [...new Set(groupsNow())].filter((group) => keys.has(keyOf(grouping(), group))) : []);
}

function rearrange() {
  const { edges: told, degree } = filters.result,
    groups = groupsNow();
  const drawing = arrange(told, degree, (n) => groups[n], sideOf, {
    room: room(),
    openRoom: Math.round(room() * OPENED),
    open: openGroups(),
    opened: state.now.opened,
    needed: needed(),
    all: state.now.all,
  });
  // What is said above and below the picture decides how much room it has.
  scene.drawing = drawing;
  status();
  key();
  take(drawing, placed(drawing, anchors, stage(), titleSizes(drawing), scene.places, reachOf(drawing)));
}

/** What stands in the drawing becomes what the picture has. */
function reconcile() {
  fade();
  const { drawing } = scene,
    things = [...[...drawing.things.keys()].map(nodeItem), ...drawing.bundles.map(bundleItem)],
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
  spare(drawing.things.size);
}
/** Lines are left out while many things are moved; for the library other options are as much work as another picture. */
function spare(things) {
  const interaction = { hideEdgesOnDrag: things > 300, hideEdgesOnZoom: things > 1000 };
  if (Object.keys(interaction).every((name) => interaction[name] === (spared?.[name] ?? false))) return;
  network.setOptions({ interaction: (spared = interaction) });
}
function replace(set, items) {
  const wanted = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

function status() {
  const things = filters.result.degree.size,
    { drawing } = scene,
    { out } = drawing,
    { one, many } = grouping();
  byId("shown").textContent =
    `${number(drawing.things.size)} of ${count(things, "thing")} shown` +
    (out.groups ? `; ${count(out.groups, `smaller ${one}`, `smaller ${many}`)} with ${count(out.statements, "statement")} left out` : "");
  byId("show-all").hidden = drawing.things.size >= things;
  byId("show-fewer").hidden = !state.now.all && !state.now.opened.size && !state.now.open.length;
}
const swatch = (colour) => element("span", { class: "swatch", style: `background:${colour}` });
/** @param {{ colour?: string, type?: string, words: string }} one */
const meaning = ({ colour, type, words }) =>
  element("span", { class: "meaning" }, type ? sign(type) : swatch(colour), ` ${brief(words, 6)}`);
const SIZE_SAYS = { statements: "Size: statements.", neighbours: "Size: neighbours.", same: "" };
function key() {
  byId("network-key").replaceChildren(
    element("span", { class: "meanings" }, ...COLOURS[state.now.colour || "type"].key([...scene.drawing.things.keys()]).map(meaning)),
    element(
      "span",
      { class: "meanings" },
      ...["for", "against", "neither", "conditional"].map((side) =>
        element("span", { class: "meaning" }, lineSign(side), ` ${side === "conditional" ? "depends on" : side}`),
      ),
    ),
    `Thick: most certain, thin: less, dotted: least. Dashed: negated, planned, possible or conditional. ${SIZE_SAYS[state.now.size] || ""}`,
  );
}

/** Fits some cards to the stage, or all. @param {number[]} [keys] */
function fit(keys) {
  const shown = [...(scene.places ? scene.places.regions : [])].filter(([key]) => !keys || keys.includes(key)).map(([, card]) => card);
  if (!shown.length) return;
  const left = Math.min(...shown.map((r) => r.x - r.rx)),
    right = Math.max(...shown.map((r) => r.x + r.rx)),
    top = Math.min(...shown.map((r) => r.y - r.ry)),
    bottom = Math.max(...shown.map((r) => r.y + r.ry));
  const { wide, tall } = stage();
  // The library follows its stage with a later frame, and would move the picture then.
  network.setSize("100%", "100%");
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.min(CLOSEST, wide / (right - left), tall / (bottom - top)),
  });
  kept.fits();
}
/** The groups that are open, and were not in the last drawing; undefined where there is none. */
function justOpened() {
  const found = scene.drawing.regions.filter(({ key, open }) => open && !(drawn && drawn.open.includes(keyOf(grouping(), key))));
  return found.length ? found.map(({ key }) => key) : undefined;
}

function groupUnder({ x, y }) {
  const hit = titled().find(({ key }) => {
    const card = cardOf(key);
    return Math.abs(x - card.x) <= card.rx && Math.abs(y - card.y) <= card.ry;
  });
  return hit === undefined ? null : hit.key;
}
/** On a phone, where the evidence lies over the drawing, it makes room for what was opened. */
const openGroup = (group) =>
  state.set({
    open: [...new Set([...state.now.open, keyOf(grouping(), group)])],
    selected: covered() ? null : { kind: "group", place: group },
  });
const closeGroup = (group) => state.set({ open: state.now.open.filter((key) => key !== keyOf(grouping(), group)) });
const openThing = (thing) => state.set({ opened: new Set([...state.now.opened, thing]) });

function listen() {
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    if (typeof node === "string") openThing(scene.drawing.bundles.find((bundle) => bundle.id === node).anchor);
    else if (node !== undefined) state.set({ selected: { kind: "node", place: node } });
    else if (scene.lineOf.has(edge)) state.set({ selected: { kind: "line", place: edge } });
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
    scene.hovered = event.node;
    network.redraw();
  });
  network.on("blurNode", () => {
    scene.hovered = null;
    network.redraw();
  });
  canvas.walk(
    byId("network"),
    network,
    () => [...scene.drawing.things.keys()],
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
    { clientWidth, clientHeight } = byId("network"),
    // The whole picture is on the stage, also what stands at its rim.
    rim = kept.isFitted() ? 0 : RIM;
  const isVisible = at.x > rim && at.y > rim && at.x < clientWidth - rim && at.y < clientHeight - covered() - rim;
  if (isVisible) return;
  network.focus(thing, { scale: Math.max(network.getScale(), 0.7), offset: { x: 0, y: -covered() / 2 } });
  kept.moved();
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
export const selections = selectionsOf((group) => scene.drawing.regions.find((one) => one.key === group), openGroup, closeGroup);

export function begin() {
  // pyvis draws into a place of its own.
  byId("network").append(byId("mynetwork"));
  choices("group-by", "group", GROUPINGS);
  choices("size-by", "size", SIZES);
  choices("colour-by", "colour", COLOURS);
  byId("show-all").addEventListener("click", () => state.set({ all: true }));
  byId("show-fewer").addEventListener("click", () => state.set({ all: false, opened: new Set(), open: [] }));
  byId("fit").addEventListener("click", () => fit((seen = undefined)));
  for (const [id, by] of /** @type {[string, number][]} */ ([
    ["closer", 1.3],
    ["further", 1 / 1.3],
  ]))
    byId(id).addEventListener("click", () => {
      network.moveTo({ scale: network.getScale() * by });
      kept.moved();
    });
  network.on("beforeDrawing", drawRegions);
  canvas.overlay(network, drawLabels);
  listen();
  kept = keepDrawingFitted(network, byId("network"), refit);
}
/** Another stage has room for more or less. */
function refit() {
  rearrange();
  reconcile();
  fit(seen);
}

/** What the picture depends on; another one is fitted to the stage. */
const cause = ({ group, all, opened, open }) => ({ result: filters.result, group, all, opened, open });

/** For what nothing stays where it was: another grouping, and what is in focus. */
const ARRANGED_ANEW = ["group", "focus", "depth"];

function showChoices(now) {
  for (const [id, name] of [
    ["group-by", "group"],
    ["size-by", "size"],
    ["colour-by", "colour"],
  ])
    byId(id).value = now[name];
}
function revealChosen(now, before) {
  const own = ownNode();
  if (own !== null && (!before || before.selected !== now.selected) && nodes.get(own)) reveal(own);
}
export function draw(now, before) {
  showChoices(now);
  const causes = cause(now),
    other = !drawn || Object.keys(causes).some((name) => causes[name] !== drawn[name]),
    isMissing = (thing) => !scene.drawing.things.has(thing) && filters.result.degree.has(thing);
  if (before && ARRANGED_ANEW.some((name) => before[name] !== now[name])) scene.places = undefined;
  const brings = !other && needed().some(isMissing);
  if (other || brings) rearrange();
  reconcile();
  status();
  key();
  if (other) {
    network.redraw();
    seen = justOpened();
    fit(seen);
  } else if (brings && kept.isFitted()) fit(seen);
  drawn = causes;
  revealChosen(now, before);
}
export function recolour() {
  if (!drawn || state.now.view !== "network") return;
  reconcile();
  key();
}
export const pictured = true;
export const picture = () => canvas.picture(network);
/** What is drawn, for whoever looks into it. */
export const shown = () => ({ picture: scene.drawing, places: scene.places });

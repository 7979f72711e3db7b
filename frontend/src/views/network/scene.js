// What the network shows now, and what follows from it: shared by what arranges it, draws it and writes on it.
import { filters } from "../../filters.js";
import { model } from "../../model.js";
import { state } from "../../state.js";
import { endsOf } from "./selections.js";

/**
 * ``lineAt`` and ``lineOf`` give the line of an edge and of an id, ``beside`` the lines between the same two things; ``ranked`` is what is shown by how
 * much is told about it, ``hubs`` what of it is always named; ``faded`` steps back behind what is selected.
 */
export const scene = {
  /** @type {import("./picture.js").Picture} */
  drawing: { regions: [], things: new Map(), bundles: [], more: new Map(), lines: [], out: { groups: 0, things: 0, statements: 0 } },
  /** @type {import("./places.js").Places | undefined} */
  places: undefined,
  /** @type {Map<number, import("./picture.js").Line>} */
  lineAt: new Map(),
  /** @type {Map<string, import("./picture.js").Line>} */
  lineOf: new Map(),
  /** @type {Map<string, import("./picture.js").Line[]>} */
  beside: new Map(),
  /** @type {number[]} */
  ranked: [],
  /** @type {Set<number>} */
  hubs: new Set(),
  /** @type {Set<number>} */
  faded: new Set(),
  /** @type {number | null} */
  hovered: null,
};
const LEAST_MUSTS = 2,
  SHARE_OF_MUSTS = 1 / 6;
const musts = ({ shown }) => Math.max(LEAST_MUSTS, Math.round(shown.length * SHARE_OF_MUSTS));

const told = (thing) => filters.result.degree.get(thing) || 0;
const byTold = (a, b) => told(b) - told(a) || a - b;
export const pair = ({ from, to }) => `${Math.min(from, to)} ${Math.max(from, to)}`;
export const spot = (id) => /** @type {import("./places.js").Places} */ (scene.places).things.get(id) || { x: 0, y: 0 };

/** A new picture stands here. @param {import("./picture.js").Picture} drawing @param {import("./places.js").Places} places */
export function take(drawing, places) {
  Object.assign(scene, { drawing, places });
  scene.lineAt = new Map(drawing.lines.flatMap((line) => line.edges.map((edge) => [edge, line])));
  scene.lineOf = new Map(drawing.lines.map((line) => [line.id, line]));
  scene.beside = new Map();
  for (const line of drawing.lines) scene.beside.set(pair(line), [...(scene.beside.get(pair(line)) || []), line]);
  scene.ranked = [...drawing.things.keys()].sort(byTold);
  scene.hubs = new Set(drawing.regions.flatMap((region) => [...region.shown].sort(byTold).slice(0, musts(region))));
}

/** The line that is selected, as a whole or by one of its relations. */
export function chosenLine() {
  const { selected } = state.now;
  if (selected?.kind === "line") return scene.lineOf.get(selected.place);
  return selected?.kind === "edge" ? scene.lineAt.get(selected.place) : undefined;
}
/** The thing that is selected, if one is. */
export const ownNode = () => (state.now.selected && state.now.selected.kind === "node" ? state.now.selected.place : null);
/** The group that is selected, if one is. */
export const ownGroup = () => (state.now.selected && state.now.selected.kind === "group" ? state.now.selected.place : null);
/** The groups that have a card with a title: all, but one alone. */
export const titled = ({ regions, out } = scene.drawing) => (regions.length > 1 || out.groups ? regions : []);
/** @param {number} key @returns {import("./places.js").Card} */
export const cardOf = (key) => scene.places.regions.get(key);

/** What must be shown: what is selected, and what is in focus. */
export function needed() {
  const { selected, focus } = state.now,
    found = focus === null ? [] : [focus];
  if (!selected) return found;
  if (selected.kind === "node") found.push(selected.place);
  if (selected.kind === "edge") found.push(model.edges[selected.place].source, model.edges[selected.place].target);
  if (selected.kind === "line") found.push(...endsOf(selected.place));
  if (selected.kind === "statement")
    found.push(...model.edgesBy(selected.place).flatMap((e) => [model.edges[e].source, model.edges[e].target]));
  return found;
}

/** What is selected, and what it hangs on; null where nothing steps back. */
function bright() {
  const { selected } = state.now;
  if (!selected) return null;
  if (selected.kind === "node") return new Set([selected.place, ...filters.result.neighbours(selected.place)]);
  if (["edge", "line", "statement"].includes(selected.kind)) return new Set(needed());
  if (selected.kind === "group")
    return new Set([...scene.drawing.things].filter(([, region]) => region === selected.place).map(([thing]) => thing));
  return null;
}
/** What is selected shines, and all else steps back. */
export function fade() {
  const shining = bright();
  scene.faded = new Set(shining ? [...scene.drawing.things.keys()].filter((thing) => !shining.has(thing)) : []);
}
export function isFaded(line) {
  const { selected } = state.now;
  if (!scene.faded.size) return false;
  if (selected.kind === "node") return line.from !== selected.place && line.to !== selected.place;
  if (selected.kind === "group")
    return scene.drawing.things.get(line.from) !== selected.place && scene.drawing.things.get(line.to) !== selected.place;
  if (selected.kind === "edge" || selected.kind === "line") return line !== chosenLine();
  return !model.edgesBy(selected.place).some((edge) => line.edges.includes(edge));
}

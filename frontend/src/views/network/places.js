// Where everything in the picture stands: what hangs together within a group first, then the groups beside each other. The same picture stands the
// same, and what stood before stays where it was as far as there is room.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {Spot & { rx: number, ry: number }} Oval */
/** @typedef {{ things: Map<number | string, Spot>, regions: Map<number, Oval> }} Places */

// Labels are wider than tall: everything is placed in a space that is narrower by this, and then drawn out.
const STRETCH = 2.1;
// Room around a thing for its label, around a gathering, around a group for its title; in pixels of height.
const THING = 36,
  BUNDLE = 24,
  MARGIN = 30,
  APART = 32;
// How often things give way to each other: as often as there is time for.
const CROWD = 120,
  LEAST_TICKS = 20,
  MOST_TICKS = 160,
  WORK = 9000;

/** @type {Places} */
const NOWHERE = { things: new Map(), regions: new Map() };

/**
 * @param {Picture} picture
 * @param {Map<number, Spot>} anchors where the hubs were placed beforehand
 * @param {number} aspect how much wider than tall the whole is to be
 * @param {Places} before where things stood
 * @returns {Places}
 */
export function place(picture, anchors, aspect, before = NOWHERE) {
  const inner = new Map(picture.regions.map((region) => [region.key, within(region.key, picture, anchors, before)]));
  const centres = beside(picture, inner, anchors, aspect, before);
  /** @type {Places} */
  const found = { things: new Map(), regions: new Map() };
  for (const [key, { spots, radius }] of inner) {
    const { x, y } = /** @type {Spot} */ (centres.get(key));
    found.regions.set(key, { x: x * STRETCH, y, rx: radius * STRETCH, ry: radius });
    for (const [id, spot] of spots) found.things.set(id, { x: (x + spot.x) * STRETCH, y: y + spot.y });
  }
  return found;
}

/** The things and gatherings of one group around its middle, and how far they reach. */
function within(key, picture, anchors, before) {
  const region = before.regions.get(key),
    members = [
      ...[...picture.things].filter(([, at]) => at === key).map(([id]) => ({ id, room: THING })),
      ...picture.bundles
        .filter((bundle) => bundle.region === key)
        .map((bundle) => ({ id: bundle.id, room: BUNDLE, anchor: bundle.anchor })),
    ];
  const middle = mean(members.flatMap(({ id }) => anchors.get(id) ?? []));
  const nodes = members.map((member) => {
    const stood = region && before.things.get(member.id),
      anchor = anchors.get(member.id);
    if (stood) {
      const spot = { x: (stood.x - region.x) / STRETCH, y: stood.y - region.y };
      return { ...member, ...spot, fx: spot.x, fy: spot.y };
    }
    return anchor ? { ...member, x: (anchor.x - middle.x) / 4, y: (anchor.y - middle.y) / 4 } : { ...member };
  });
  const standing = new Map(nodes.map((node) => [node.id, node]));
  const ends = [
    ...picture.lines.map(({ from, to }) => ({ source: from, target: to, near: 84 })),
    ...picture.bundles.map(({ id, anchor }) => ({ source: anchor, target: id, near: 44 })),
  ].filter(({ source, target }) => source !== target && standing.has(source) && standing.has(target));
  // What is new begins beside what it hangs on.
  for (const { source, target } of ends) {
    const [one, other] = [standing.get(source), standing.get(target)];
    if (one.x !== undefined && other.x === undefined) Object.assign(other, { x: one.x + 8, y: one.y + 8 });
    else if (other.x !== undefined && one.x === undefined) Object.assign(one, { x: other.x + 8, y: other.y + 8 });
  }
  forceSimulation(nodes)
    .force(
      "link",
      forceLink(ends)
        .id((/** @type {any} */ node) => node.id)
        .distance((link) => link.near)
        .strength(0.5),
    )
    .force("charge", forceManyBody().strength(-90).distanceMax(400))
    .force("collide", forceCollide((/** @type {any} */ node) => node.room).iterations(nodes.length > CROWD ? 1 : 3))
    .force("x", forceX().strength(0.09))
    .force("y", forceY().strength(0.06))
    .stop()
    .tick(Math.max(LEAST_TICKS, Math.min(MOST_TICKS, Math.round(WORK / nodes.length))));
  const spots = new Map(nodes.map(({ id, x, y }) => [id, { x, y }]));
  if (!region) centre(spots);
  return { spots, radius: Math.max(...[...spots.values()].map(({ x, y }) => Math.hypot(x, y))) + MARGIN };
}

/** The groups beside each other, those that have lines between them near. */
function beside(picture, inner, anchors, aspect, before) {
  const nodes = picture.regions.map(({ key, shown }) => {
    const stood = before.regions.get(key),
      middle = mean(shown.flatMap((thing) => anchors.get(thing) ?? []));
    const node = { key, radius: inner.get(key).radius, stood: stood && { x: stood.x / STRETCH, y: stood.y } };
    return { ...node, ...(node.stood || { x: middle.x, y: middle.y + key * 0.01 }) };
  });
  const wide = 0.03 * Math.max(0.3, STRETCH / aspect) ** 2.6;
  forceSimulation(nodes)
    .force("collide", forceCollide((/** @type {any} */ node) => node.radius + APART).iterations(6))
    .force(
      "link",
      forceLink(between(picture))
        .id((/** @type {any} */ node) => node.key)
        .distance((link) => link.source.radius + link.target.radius + APART)
        .strength((link) => Math.min(0.2, 0.02 * link.weight)),
    )
    .force(
      "x",
      forceX((/** @type {any} */ node) => (node.stood ? node.stood.x : 0)).strength((/** @type {any} */ node) => (node.stood ? 0.3 : wide)),
    )
    .force(
      "y",
      forceY((/** @type {any} */ node) => (node.stood ? node.stood.y : 0)).strength((/** @type {any} */ node) => (node.stood ? 0.3 : 0.03)),
    )
    .stop()
    .tick(240);
  return new Map(nodes.map(({ key, x, y }) => [key, { x, y }]));
}

function between(picture) {
  const found = new Map();
  for (const { from, to } of picture.lines) {
    const ends = [picture.things.get(from), picture.things.get(to)].sort((a, b) => a - b);
    if (ends[0] === ends[1]) continue;
    const key = ends.join(" ");
    if (!found.has(key)) found.set(key, { source: ends[0], target: ends[1], weight: 0 });
    found.get(key).weight += 1;
  }
  return [...found.values()];
}

function mean(spots) {
  const total = spots.reduce((sum, spot) => ({ x: sum.x + spot.x, y: sum.y + spot.y }), { x: 0, y: 0 });
  return { x: total.x / Math.max(1, spots.length), y: total.y / Math.max(1, spots.length) };
}
function centre(spots) {
  const all = [...spots.values()],
    x = (Math.min(...all.map((s) => s.x)) + Math.max(...all.map((s) => s.x))) / 2,
    y = (Math.min(...all.map((s) => s.y)) + Math.max(...all.map((s) => s.y))) / 2;
  for (const spot of all) Object.assign(spot, { x: spot.x - x, y: spot.y - y });
}

// Where everything in the picture stands: what hangs together within a group first, then the groups beside each other. The same picture stands the
// same, and what stood before stays where it was as far as there is room.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {{ x: number, y: number }} Spot */
/** A group on its card: the middle, half its width and height, and in which row it stands. @typedef {Spot & { rx: number, ry: number, row: number }} Card */
/** Where things stand, where they stand within their group before that is drawn out to its card, and the cards. */
/** @typedef {{ things: Map<number | string, Spot>, own: Map<number | string, Spot>, regions: Map<number, Card> }} Places */
/** The pixels of the stage, and those that a title takes. @typedef {{ wide: number, tall: number }} Pixels */

// Labels are wider than tall: everything is placed in a space that is narrower by this, and then drawn out.
const STRETCH = 2.1;
// Room around a thing for its label, around a gathering, within a card, between cards; in pixels of height.
const THING = 36,
  BUNDLE = 24,
  MARGIN = 34,
  APART = 14;
// Rows of a picture that stood before are kept while the whole is not drawn smaller than this share of what other rows would allow.
const STEADY = 0.7,
  LARGEST = 1.1,
  SMALLEST = 0.01;
// Room on a card for the labels at its rim, in pixels of the screen.
const SIDE = 18,
  FOOT = 12;
// Where its card has more room than a group needs, its things stand this much further apart at most.
const DRAWN_OUT = 1.7;
// How often things give way to each other: as often as there is time for.
const CROWD = 120,
  LEAST_TICKS = 20,
  MOST_TICKS = 160,
  WORK = 9000;

/** @type {Places} */
const NOWHERE = { things: new Map(), own: new Map(), regions: new Map() };

/**
 * @param {Picture} picture
 * @param {Map<number, Spot>} anchors where the hubs were placed beforehand
 * @param {Pixels} stage
 * @param {Map<number, Pixels>} titles what the title of a group takes on the screen
 * @param {Places} before where things stood
 * @returns {Places}
 */
export function place(picture, anchors, stage, titles = new Map(), before = NOWHERE) {
  const inner = new Map(picture.regions.map((region) => [region.key, within(region.key, picture, anchors, before)]));
  const { cards, scale } = inRows(beside(picture, inner, anchors, stage, before), stage, titles, before);
  /** @type {Places} */
  const found = { things: new Map(), own: new Map(), regions: new Map() };
  for (const { key, x, y, rx, ry, row } of cards) {
    found.regions.set(key, { x, y, rx, ry, row });
    // Things stand between the title of their card and what its lowest labels take.
    const above = (titles.get(key)?.tall ?? 0) / scale,
      foot = FOOT / scale,
      { spots, rx: wide, ry: tall } = inner.get(key);
    const drawnOut = {
      x: Math.min(DRAWN_OUT, (rx - SIDE / scale) / (wide * STRETCH)) * STRETCH,
      y: Math.min(DRAWN_OUT, (2 * ry - above - foot) / (2 * tall)),
    };
    for (const [id, spot] of spots) {
      found.own.set(id, spot);
      found.things.set(id, { x: x + spot.x * drawnOut.x, y: y + (above - foot) / 2 + spot.y * drawnOut.y });
    }
  }
  return found;
}

/**
 * Cards in rows, which never touch; as many rows as let the whole be drawn largest.
 * @param {{ key: number, x: number, y: number, rx: number, ry: number }[]} cards about where they are to stand, and what their things take
 * @param {Pixels} stage @param {Map<number, Pixels>} titles @param {Places} before
 */
function inRows(cards, stage, titles, before) {
  const NO_TITLE = { wide: 0, tall: 0 };
  const size = ({ key, rx, ry }, scale) => {
    const title = titles.get(key) || NO_TITLE;
    return { wide: Math.max(2 * rx + (2 * SIDE) / scale, title.wide / scale), tall: 2 * ry + (title.tall + FOOT) / scale };
  };
  const measured = (rows, scale) =>
    rows.map((row) => {
      const sizes = row.map((card) => size(card, scale));
      return {
        row,
        sizes,
        wide: sizes.reduce((sum, { wide }) => sum + wide + APART, -APART),
        tall: Math.max(...sizes.map(({ tall }) => tall)),
      };
    });
  const whole = (rows) => ({
    wide: Math.max(...rows.map(({ wide }) => wide)),
    tall: rows.reduce((sum, { tall }) => sum + tall + APART, -APART),
  });
  /** The largest scale at which these rows fit the stage. */
  const scaleOf = (rows) => {
    let [low, high] = [SMALLEST, LARGEST];
    for (let step = 0; step < 24; step++) {
      const middle = (low + high) / 2,
        { wide, tall } = whole(measured(rows, middle));
      if (wide * middle <= stage.wide && tall * middle <= stage.tall) low = middle;
      else high = middle;
    }
    return low;
  };
  if (!cards.length) return { cards: [], scale: 1 };
  const ways = [rowsBefore(cards, before), ...cards.map((_, n) => inSoMany(cards, n + 1))].map(
    (rows) => rows && { rows, scale: scaleOf(rows) },
  );
  const [kept, ...fresh] = ways,
    best = fresh.reduce((one, other) => (other.scale > one.scale * 1.02 ? other : one)),
    { rows, scale } = kept && kept.scale >= best.scale * STEADY ? kept : best;
  const lines = measured(rows, scale),
    { wide, tall } = whole(lines);
  // What is over is shared out among the rows, and among the cards of each, so that they fill the stage together.
  const higher = Math.max(0, stage.tall / scale - tall) / lines.length;
  let top = -(tall + higher * lines.length) / 2;
  const found = [];
  for (const [n, { row, sizes, tall: least, wide: own }] of lines.entries()) {
    const height = least + higher;
    const more = (Math.max(wide, stage.wide / scale) - own) / row.length;
    let left = -(own + more * row.length) / 2;
    for (const [place, { key }] of row.entries()) {
      const rx = (sizes[place].wide + more) / 2;
      found.push({ key, row: n, x: left + rx, y: top + height / 2, rx, ry: height / 2 });
      left += 2 * rx + APART;
    }
    top += height + APART;
  }
  return { cards: found, scale };
}
/** So many rows of about one width, from the top down, and each from left to right. */
function inSoMany(cards, many) {
  const total = cards.reduce((sum, { rx }) => sum + rx, 0);
  /** @type {(typeof cards)[]} */
  const rows = Array.from({ length: many }, () => []);
  let passed = 0;
  for (const card of [...cards].sort((a, b) => a.y - b.y || a.key - b.key)) {
    rows[Math.min(many - 1, Math.floor(((passed + card.rx / 2) / total) * many))].push(card);
    passed += card.rx;
  }
  return rows.filter((row) => row.length).map((row) => row.sort((a, b) => a.x - b.x || a.key - b.key));
}
/** The rows in which these cards stood; null where one of them did not stand. */
function rowsBefore(cards, before) {
  /** @type {(typeof cards)[]} */
  const rows = [];
  for (const card of cards) {
    const stood = before.regions.get(card.key);
    if (!stood) return null;
    (rows[stood.row] ??= []).push(card);
  }
  return rows.filter(Boolean).map((row) => row.sort((a, b) => before.regions.get(a.key).x - before.regions.get(b.key).x));
}

/** The things and gatherings of one group around its middle, and how far they reach to each side. */
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
    const stood = region && before.own.get(member.id),
      anchor = anchors.get(member.id);
    if (stood) {
      return { ...member, ...stood, fx: stood.x, fy: stood.y };
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
  centre(spots);
  const most = (of) => Math.max(...[...spots.values()].map(of)) + MARGIN;
  return { spots, rx: most(({ x }) => Math.abs(x)), ry: most(({ y }) => Math.abs(y)) };
}

/** About where the groups are to stand: those that have lines between them near, and each where it stood. */
function beside(picture, inner, anchors, stage, before) {
  const nodes = picture.regions.map(({ key, shown }) => {
    const { rx, ry } = inner.get(key),
      stood = before.regions.get(key),
      middle = mean(shown.flatMap((thing) => anchors.get(thing) ?? []));
    return {
      key,
      rx,
      ry,
      radius: Math.max(rx, ry),
      ...(stood ? { x: stood.x / STRETCH, y: stood.y } : { x: middle.x, y: middle.y + key * 0.01 }),
    };
  });
  const wide = 0.03 * Math.max(0.3, (STRETCH * stage.tall) / stage.wide) ** 2.6;
  forceSimulation(nodes)
    .force("collide", forceCollide((/** @type {any} */ node) => node.radius + APART).iterations(6))
    .force(
      "link",
      forceLink(between(picture))
        .id((/** @type {any} */ node) => node.key)
        .distance((link) => link.source.radius + link.target.radius + APART)
        .strength((link) => Math.min(0.2, 0.02 * link.weight)),
    )
    .force("x", forceX().strength(wide))
    .force("y", forceY().strength(0.03))
    .stop()
    .tick(240);
  return nodes.map(({ key, x, y, rx, ry }) => ({ key, x: x * STRETCH, y, rx: rx * STRETCH, ry }));
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

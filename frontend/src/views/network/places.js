// Where everything in the picture stands: what hangs together within a group first, then the groups beside each other. The same picture stands the
// same, and what stood before stays where it was as far as there is room.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {{ x: number, y: number }} Spot */
/** A group on its card: the middle, half its width and height, and in which row it stands. @typedef {Spot & { rx: number, ry: number, row: number }} Card */
/** Where things stand, where they stand within their group before that is drawn out to its card, and the cards. */
/** @typedef {{ things: Map<number | string, Spot>, own: Map<number | string, Spot>, regions: Map<number, Card> }} Places */
/** The pixels of the stage, and those that a title takes. @typedef {{ wide: number, tall: number }} Pixels */
/** What a thing takes on the screen with its name below it: to each side, above its middle and below it. @typedef {{ aside: number, above: number, below: number }} Reach */

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
// A picture that could only be read when it is drawn larger than this gets more room than the stage has; the reader goes closer.
const READABLE = 0.2;
// What of a card names may take, when things make room for them, how often they do so, and among how many.
const TAKEN = 0.6,
  GIVING_WAY = 160,
  // Where all give way upwards and downwards alone, a full column stays full: after some time they move the other way each so many times.
  PATIENCE = 60,
  OTHER_WAY = 4,
  NAMED = 150;
// How often things give way to each other: as often as there is time for.
const CROWD = 120,
  LEAST_TICKS = 20,
  MOST_TICKS = 160,
  WORK = 9000;

/** A thing without a name. */
const BARE = { aside: 0, above: 0, below: 0 };
/** @type {Places} */
const NOWHERE = { things: new Map(), own: new Map(), regions: new Map() };

/**
 * @param {Picture} picture
 * @param {Map<number, Spot>} anchors where the hubs were placed beforehand
 * @param {Pixels} stage
 * @param {Map<number, Pixels>} titles what the title of a group takes on the screen
 * @param {Places} before where things stood
 * @param {(id: number | string) => Reach} reachOf
 * @returns {Places}
 */
export function place(picture, anchors, stage, titles = new Map(), before = NOWHERE, reachOf = () => BARE) {
  const inner = new Map(picture.regions.map((region) => [region.key, taking(within(region.key, picture, anchors, before), region, stage)]));
  const { cards, scale } = readable(beside(picture, inner, anchors, stage, before), stage, titles, before);
  /** @type {Places} */
  const found = { things: new Map(), own: new Map(), regions: new Map() };
  for (const { key, x, y, rx, ry, row } of cards) {
    found.regions.set(key, { x, y, rx, ry, row });
    const { spots, own, open } = inner.get(key),
      // An opened group is looked at by itself, as large as the stage allows.
      seen = open ? Math.min(LARGEST, stage.wide / (2 * rx), stage.tall / (2 * ry)) : scale,
      // Things stand between the title of their card and what its lowest labels take.
      above = (titles.get(key)?.tall ?? 0) / seen,
      foot = FOOT / seen,
      most = open ? Infinity : DRAWN_OUT;
    const drawnOut = {
      x: Math.min(most, (rx - SIDE / seen) / (own.rx * STRETCH)) * STRETCH,
      y: Math.min(most, (2 * ry - above - foot) / (2 * own.ry)),
    };
    const standing = [...spots].map(([id, spot]) => {
      found.own.set(id, spot);
      return { id, x: x + spot.x * drawnOut.x, y: y + (above - foot) / 2 + spot.y * drawnOut.y };
    });
    const frame = { left: x - rx, right: x + rx, top: y - ry + above, bottom: y + ry };
    for (const { id, x: left, y: top } of standing.length > NAMED ? standing : apart(standing, reachOf, seen, frame))
      found.things.set(id, { x: left, y: top });
  }
  return found;
}
/** What a group needs of its card: an opened one is as wide as the stage. */
const taking = ({ spots, rx, ry }, { open }, stage) => ({
  spots,
  own: { rx, ry },
  open,
  rx: open ? Math.max(rx, stage.wide / 2 / STRETCH) : rx,
  ry,
});

/**
 * What stands on a card moves until no name lies on another and none beyond the card; where there is no room for that, as far as there is.
 * @param {(Spot & { id: number | string })[]} standing @param {(id: number | string) => Reach} reachOf @param {number} scale
 * @param {{ left: number, right: number, top: number, bottom: number }} frame
 */
export function apart(standing, reachOf, scale, frame) {
  const wide = frame.right - frame.left,
    tall = frame.bottom - frame.top;
  const reaches = standing.map(({ id }) => reachOf(id)),
    needed = reaches.reduce((sum, { aside, above, below }) => sum + 2 * aside * (above + below), 0) / scale ** 2,
    share = Math.min(1, Math.sqrt((TAKEN * Math.max(0, wide * tall)) / Math.max(1, needed))) / scale;
  const boxes = standing.map(({ id, x, y }, n) => {
    const { aside, above, below } = reaches[n],
      down = ((below - above) / 2) * share;
    const free = {
      x: Math.max(0, wide / 2 - aside / scale),
      up: Math.max(0, tall / 2 - above / scale),
      down: Math.max(0, tall / 2 - below / scale),
    };
    return { id, x, y: y + down, aside: aside * share, half: ((above + below) / 2) * share, down, free };
  });
  const middle = { x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2 };
  for (let round = 0, moved = true; moved && round < GIVING_WAY; round++) {
    moved = false;
    for (const box of boxes) {
      box.x = Math.max(middle.x - box.free.x, Math.min(middle.x + box.free.x, box.x));
      box.y = box.down + Math.max(middle.y - box.free.up, Math.min(middle.y + box.free.down, box.y - box.down));
    }
    for (const [n, one] of boxes.entries()) {
      for (const other of boxes.slice(n + 1)) moved = giveWay(one, other, round > PATIENCE && round % OTHER_WAY === 0) || moved;
    }
  }
  return boxes.map(({ id, x, y, down }) => ({ id, x, y: y - down }));
}
/** Two boxes that lie over each other move apart where that takes least, or the other way; whether they had to. */
function giveWay(one, other, otherWay) {
  const across = one.aside + other.aside - Math.abs(one.x - other.x),
    along = one.half + other.half - Math.abs(one.y - other.y);
  if (across <= 0.5 || along <= 0.5) return false;
  const [axis, by] = across < along !== otherWay ? ["x", across] : ["y", along],
    step = (one[axis] <= other[axis] ? by : -by) / 2;
  one[axis] -= step;
  other[axis] += step;
  return true;
}

/** Cards in rows on the stage, or on a larger one where they could not be read on it. */
function readable(cards, stage, titles, before) {
  const found = inRows(cards, stage, titles, before);
  return found.scale < READABLE ? readable(cards, { wide: stage.wide * 1.5, tall: stage.tall * 1.5 }, titles, before) : found;
}
/**
 * Cards in rows, which never touch; as many rows as let the whole be drawn largest.
 * @param {{ key: number, x: number, y: number, rx: number, ry: number, open: boolean }[]} cards about where they are to stand, and what their things take
 * @param {Pixels} stage @param {Map<number, Pixels>} titles @param {Places} before
 */
function inRows(cards, stage, titles, before) {
  const NO_TITLE = { wide: 0, tall: 0 };
  const size = ({ key, rx, ry }, scale) => {
    const title = titles.get(key) || NO_TITLE;
    return { wide: Math.max(2 * rx + (2 * SIDE) / scale, title.wide / scale), tall: 2 * ry + (title.tall + FOOT) / scale };
  };
  const measured = (rows, scale) => {
    const found = rows.map((row) => {
      const sizes = row.map((card) => size(card, scale));
      return {
        row,
        sizes,
        wide: sizes.reduce((sum, { wide }) => sum + wide + APART, -APART),
        tall: Math.max(...sizes.map(({ tall }) => tall)),
      };
    });
    // An opened card, which is as wide as its row allows, has the shape of the stage.
    const most = Math.max(...found.map(({ wide }) => wide));
    for (const line of found) {
      const share = (most - line.wide) / line.row.length,
        opened = line.sizes.filter((_, n) => line.row[n].open).map(({ wide }) => ((wide + share) * stage.tall) / stage.wide);
      line.tall = Math.max(line.tall, ...opened);
    }
    return found;
  };
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
  // What is over is shared out among the rows, and among the cards of each, so that they fill the stage together; an opened card keeps its shape.
  const isOpen = ({ row }) => row.some(({ open }) => open),
    closed = lines.filter((line) => !isOpen(line)).length,
    over = Math.max(0, stage.tall / scale - tall),
    full = Math.max(wide, stage.wide / scale);
  let top = -(tall + (closed ? over : 0)) / 2;
  const found = [];
  for (const [n, line] of lines.entries()) {
    const { row, sizes, tall: least, wide: own } = line,
      height = least + (isOpen(line) ? 0 : over / closed),
      more = ((isOpen(line) ? wide : full) - own) / row.length;
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
  // Where everything stands already, nothing moves.
  const ticks = nodes.every((node) => "fx" in node) ? 0 : Math.max(LEAST_TICKS, Math.min(MOST_TICKS, Math.round(WORK / nodes.length)));
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
    .tick(ticks);
  const spots = new Map(nodes.map(({ id, x, y }) => [id, { x, y }]));
  centre(spots);
  const most = (of) => Math.max(...[...spots.values()].map(of)) + MARGIN;
  return { spots, rx: most(({ x }) => Math.abs(x)), ry: most(({ y }) => Math.abs(y)) };
}

/** About where the groups are to stand: those that have lines between them near, and each where it stood. */
function beside(picture, inner, anchors, stage, before) {
  const nodes = picture.regions.map(({ key, shown }) => {
    const { rx, ry, open } = inner.get(key),
      stood = before.regions.get(key),
      middle = mean(shown.flatMap((thing) => anchors.get(thing) ?? []));
    return {
      key,
      rx,
      ry,
      open,
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
  return nodes.map(({ key, x, y, rx, ry, open }) => ({ key, x: x * STRETCH, y, rx: rx * STRETCH, ry, open }));
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

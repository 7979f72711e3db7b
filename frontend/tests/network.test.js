import assert from "node:assert/strict";
import { test } from "node:test";

import { lines } from "../src/labels.js";
import { arrange, brief } from "../src/views/network/picture.js";
import { apart, place } from "../src/views/network/places.js";

const STAGE = { wide: 700, tall: 620 };
const WISHES = { room: 20, openRoom: 60, open: new Set(), opened: new Set(), needed: [], all: false };

/** A graph of pairs; statement n is behind edge n, and in the group that is given with it. */
function graph(pairs) {
  const edges = pairs.map(([source, target], n) => ({ edge: { source, target, relation: "proposes", place: n }, statements: [n] }));
  const degree = new Map();
  for (const [source, target] of pairs) for (const end of [source, target]) degree.set(end, (degree.get(end) || 0) + 1);
  return (wishes = {}) =>
    arrange(
      edges,
      degree,
      (n) => pairs[n][2] ?? 0,
      () => "for",
      { ...WISHES, ...wishes },
    );
}
/** Several stars, each a group of its own: a hub with many leaves. */
const stars = (many, leaves) => {
  const pairs = [];
  for (let hub = 0; hub < many; hub++) for (let leaf = 1; leaf <= leaves; leaf++) pairs.push([hub * 1000, hub * 1000 + leaf, hub]);
  return pairs;
};
const ends = (picture) => new Set([...picture.lines.flatMap(({ from, to }) => [from, to]), ...picture.bundles.map(({ anchor }) => anchor)]);

test("a small graph is shown whole", () => {
  const picture = graph(stars(1, 8))();
  assert.equal(picture.things.size, 9);
  assert.equal(picture.bundles.length, 0);
  assert.deepEqual(picture.out, { groups: 0, things: 0, statements: 0 });
});

test("leaves are gathered where there are too many, and every thing has a line", () => {
  const picture = graph(stars(1, 40))();
  assert.equal(picture.things.size, 20);
  assert.deepEqual(
    picture.bundles.map(({ anchor, things }) => [anchor, things.length]),
    [[0, 21]],
  );
  assert.deepEqual(new Set(picture.things.keys()), ends(picture));
});

test("the groups of which most is told are shown, the others counted", () => {
  const picture = graph([...stars(6, 30), [90000, 90001, 6]])();
  assert.deepEqual(
    picture.regions.map(({ key }) => key),
    [0, 1, 2, 3],
  );
  assert.equal(picture.out.groups, 3);
  assert.equal(picture.out.statements, 61);
  assert.equal(picture.out.things, 6 * 31 + 2 - picture.things.size);
  assert.ok(picture.things.size <= 24);
});

test("an opened group shows more, what is all asked for shows all", () => {
  const of = graph(stars(6, 30));
  assert.equal(of({ open: new Set([5]) }).regions.find(({ key }) => key === 5).shown.length, 31);
  assert.equal(of({ all: true }).things.size, 6 * 31);
});

test("what is needed is shown with what it hangs on", () => {
  const picture = graph(stars(6, 30))({ needed: [5017] });
  assert.ok(picture.things.has(5017) && picture.things.has(5000));
  assert.ok(ends(picture).has(5017));
});

test("what is brought into the picture comes with its first neighbours", () => {
  const around = [90000, 90001, 90002].map((actor) => [actor, 90010, 6]),
    picture = graph([...stars(6, 30), ...around])({ needed: [90010] });
  for (const [actor] of around) assert.ok(picture.things.has(actor));
});

test("an opened thing comes with its neighbours", () => {
  const picture = graph(stars(6, 30))({ opened: new Set([5000]) });
  assert.equal([...picture.things.keys()].filter((thing) => thing >= 5000).length, 31);
});

test("statements of one side between two things are one line", () => {
  const picture = graph([
    [1, 2],
    [1, 2],
    [2, 1],
  ])();
  assert.deepEqual(
    picture.lines.map(({ from, to, statements }) => [from, to, statements]),
    [
      [1, 2, [0, 1]],
      [2, 1, [2]],
    ],
  );
});

test("a label has at most eight words", () => {
  assert.equal(brief("one two three four five six seven eight"), "one two three four five six seven eight");
  assert.equal(brief("one two three four five six seven eight nine"), "one two three four five six seven eight…");
  assert.equal(brief("one two, three", 2), "one two…");
});

/** The boxes of things with their names, in pixels of the screen. */
const boxes = (spots, { aside, above, below }, scale) =>
  spots.map(({ x, y }) => ({ left: x - aside / scale, right: x + aside / scale, top: y - above / scale, bottom: y + below / scale }));
const touching = (all) =>
  all.flatMap((one, n) =>
    all
      .slice(0, n)
      .filter((two) => one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 1 && two.top < one.bottom - 1),
  );

test("things move apart until no name lies on another and none leaves the card", () => {
  const reach = { aside: 60, above: 12, below: 30 },
    frame = { left: -400, right: 400, top: -300, bottom: 300 },
    crowd = Array.from({ length: 40 }, (_, id) => ({ id, x: (id % 8) * 30 - 380, y: Math.floor(id / 8) * 20 + 200 }));
  assert.ok(touching(boxes(crowd, reach, 1)).length > 40);
  const moved = boxes(
    apart(crowd, () => reach, 1, frame),
    reach,
    1,
  );
  assert.deepEqual(touching(moved), []);
  for (const { left, right, top, bottom } of moved) assert.ok(left >= -401 && right <= 401 && top >= -301 && bottom <= 301);
});

test("an opened group has a card in the shape of the stage, and its things keep within it with their names", () => {
  const picture = graph(stars(6, 40))({ open: new Set([2]) }),
    titles = new Map(picture.regions.map(({ key }) => [key, { wide: 190, tall: 53 }])),
    reach = { aside: 50, above: 12, below: 30 },
    places = place(picture, new Map(), STAGE, titles, undefined, () => reach),
    { x, y, rx, ry } = places.regions.get(2),
    scale = Math.min(STAGE.wide / (2 * rx), STAGE.tall / (2 * ry)),
    own = [...picture.things].filter(([, region]) => region === 2).map(([thing]) => places.things.get(thing));
  assert.ok(own.length > 40 && ry / rx > 0.9 * (STAGE.tall / STAGE.wide));
  for (const box of boxes(own, reach, scale)) {
    assert.ok(box.left >= x - rx - 1 && box.right <= x + rx + 1 && box.bottom <= y + ry + 1);
    assert.ok(box.top >= y - ry + 53 / scale - 1);
  }
});

test("everything of many small groups has cards that are no flat strips", () => {
  const picture = graph(stars(40, 8))({ all: true }),
    titles = new Map(picture.regions.map(({ key }) => [key, { wide: 240, tall: 53 }])),
    cards = [...place(picture, new Map(), STAGE, titles).regions.values()];
  const wide = Math.max(...cards.map(({ x, rx }) => x + rx)) - Math.min(...cards.map(({ x, rx }) => x - rx)),
    tall = Math.max(...cards.map(({ y, ry }) => y + ry)) - Math.min(...cards.map(({ y, ry }) => y - ry));
  assert.ok(tall / wide > 0.5 * (STAGE.tall / STAGE.wide));
});

test("nothing stands on anything else, and the same picture stands the same", () => {
  const picture = graph(stars(6, 30))(),
    places = place(picture, new Map(), STAGE);
  assert.deepEqual(places, place(picture, new Map(), STAGE));
  const spots = [...places.things.values()];
  for (const [n, one] of spots.entries())
    for (const other of spots.slice(0, n)) assert.ok(Math.abs(one.x - other.x) > 20 || Math.abs(one.y - other.y) > 20);
});

test("what stood before stays where it was beside the others of its group", () => {
  const of = graph(stars(6, 30)),
    before = place(of(), new Map(), STAGE),
    opened = of({ open: new Set([0]) }),
    after = place(opened, new Map(), STAGE, new Map(), before);
  const apart = (thing, other, { own }) => [own.get(thing).x - own.get(other).x, own.get(thing).y - own.get(other).y];
  const first = new Map();
  for (const [thing, region] of of().things) {
    if (!first.has(region)) first.set(region, thing);
    const [was, is] = [before, after].map((places) => apart(thing, first.get(region), places));
    assert.ok(Math.hypot(was[0] - is[0], was[1] - is[1]) < 1e-6);
  }
});

test("the groups stand on cards in rows that never touch, wide enough for their titles at the scale that fits the stage", () => {
  const picture = graph(stars(7, 30))({ room: 40, open: new Set([3]) }),
    titles = new Map(picture.regions.map(({ key }) => [key, { wide: 190, tall: 53 }])),
    cards = [...place(picture, new Map(), STAGE, titles).regions.values()];
  const wide = Math.max(...cards.map(({ x, rx }) => x + rx)) - Math.min(...cards.map(({ x, rx }) => x - rx)),
    tall = Math.max(...cards.map(({ y, ry }) => y + ry)) - Math.min(...cards.map(({ y, ry }) => y - ry)),
    scale = Math.min(1.1, STAGE.wide / wide, STAGE.tall / tall);
  for (const [n, one] of cards.entries()) {
    assert.ok(2 * one.rx * scale > 189);
    for (const other of cards.slice(0, n))
      assert.ok(Math.abs(one.x - other.x) >= one.rx + other.rx || Math.abs(one.y - other.y) >= one.ry + other.ry);
  }
});

test("a label is cut between words, and never within a character", () => {
  assert.deepEqual(lines("settlement of the dispute over the islands"), ["settlement of the", "dispute over the islands"]);
  assert.equal(lines("停戦に関する二十項目の和平案および復興計画の枠組み")[0], "停戦に関する二十項目の和平案および復興計画の枠組み");
  assert.equal(lines("😀".repeat(40))[0], "😀".repeat(27) + "…");
});

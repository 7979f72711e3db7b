import assert from "node:assert/strict";
import { test } from "node:test";

import { framed, packed } from "../src/views/conditions/packing.js";

test("what hangs together keeps its shape, and what was left out leaves no room", () => {
  const boxes = [
    { id: 7, x: 900, y: 4000 },
    { id: 8, x: 1200, y: 4000 },
    { id: 3, x: 0, y: 0 },
    { id: 4, x: 300, y: 0 },
    { id: 5, x: 300, y: 90 },
  ];
  const links = [
    { condition: 7, outcome: 8 },
    { condition: 3, outcome: 4 },
    { condition: 3, outcome: 5 },
  ];
  assert.deepEqual(Object.fromEntries(packed(boxes, links, 700)), {
    3: { x: 0, y: 0 },
    4: { x: 300, y: 0 },
    5: { x: 300, y: 90 },
    7: { x: 0, y: 200 },
    8: { x: 300, y: 200 },
  });
  assert.deepEqual(packed(boxes, links, 1300).get(7), { x: 600, y: 0 });
});

test("sheets of paper hold all boxes and cut none", () => {
  const boxes = Array.from({ length: 9 }, (_, n) => ({
    left: (n % 2) * 200,
    right: (n % 2) * 200 + 150,
    top: n * 60,
    bottom: n * 60 + 40,
  }));
  const sheets = framed(boxes, 1);
  assert.ok(sheets.length > 1);
  for (const { top, bottom, left, right } of sheets) assert.ok(bottom - top <= right - left);
  for (const box of boxes)
    assert.equal(
      sheets.filter((sheet) => sheet.left <= box.left && sheet.right >= box.right && sheet.top <= box.top && sheet.bottom >= box.bottom)
        .length,
      1,
    );
  assert.equal(framed(boxes, Infinity).length, 1);
});

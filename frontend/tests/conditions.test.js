import assert from "node:assert/strict";
import { test } from "node:test";

import { packed } from "../src/views/conditions/packing.js";

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

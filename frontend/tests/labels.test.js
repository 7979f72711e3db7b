import assert from "node:assert/strict";
import { test } from "node:test";

import { halves, lines } from "../src/labels.js";

test("a title is halved between words, as evenly as they allow", () => {
  assert.deepEqual(halves("Nuclear programmes: North Korea and Japan, 2006"), ["Nuclear programmes: North", "Korea and Japan, 2006"]);
  assert.deepEqual(halves("Ceasefire"), ["Ceasefire"]);
});

test("a label has at most so many lines, and says that it goes on", () => {
  assert.deepEqual(lines("a plan"), ["a plan"]);
  const cut = lines("withdrawal of all heavy weapons from the line of contact before the winter");
  assert.equal(cut.length, 2);
  assert.ok(cut[1].endsWith("…"));
});

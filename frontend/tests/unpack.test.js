import assert from "node:assert/strict";
import { test } from "node:test";

import { unpack } from "../src/unpack.js";

test("columns become objects again, and everything else stays", () => {
  const packed = {
    title: "A talk",
    nodes: { columns: { id: { after: "https://example.org/", rest: ["a", "b"] }, type: { of: ["Plan"], at: [0, 0] }, issues: [[1], []] } },
    days: ["2024-03-05"],
    lives: [],
  };
  assert.deepEqual(unpack(packed), {
    title: "A talk",
    nodes: [
      { id: "https://example.org/a", type: "Plan", issues: [1] },
      { id: "https://example.org/b", type: "Plan", issues: [] },
    ],
    days: ["2024-03-05"],
    lives: [],
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { tallied } from "../src/tally.js";

test("values are counted in some rows, in the order in which they were found", () => {
  const { values, counts } = tallied([["a", "b"], [], ["b"], ["c"]], (row) => row);
  assert.deepEqual(values, ["a", "b", "c"]);
  assert.deepEqual(
    [...counts([0, 1, 2])],
    [
      ["a", 1],
      ["b", 2],
    ],
  );
  assert.deepEqual([...counts([3], [0])].length, 3);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { ALL, compared, inTime } from "../src/views/positions/compare.js";

const NAMES = { party: (n) => ["Chad", "Mali", "a minister"][n], issue: (n) => ["water", "tolls"][n] };
const stance = (actor, issue, words) => ({
  actor,
  issue,
  as_of: "",
  stance: words,
  certainty: "reported",
  tone: "for",
  statements: [1],
  place: 0,
});
const rowsOf = (earlier, later, wish = {}, partyOf = (n) => n) =>
  compared(earlier, later, partyOf, { byName: true, turned: false, ...wish }, NAMES).map(({ row, pairs }) => [
    row,
    ...pairs.map((p) => [p.column, p.change]),
  ]);

test("what was held on either day stands side by side, what changed first", () => {
  const earlier = [stance(0, 0, "accepts"), stance(0, 1, "rejects"), stance(1, 0, "accepts")],
    later = [stance(0, 0, "accepts"), stance(0, 1, "accepts"), stance(1, 1, "rejects")];
  assert.deepEqual(rowsOf(earlier, later), [
    [0, [1, "changed"], [0, "same"]],
    [1, [1, "new"], [0, "gone"]],
  ]);
  assert.deepEqual(
    rowsOf(earlier, later, { turned: true }).map(([row]) => row),
    [1, 0],
  );
});

test("persons who count with their state change its position", () => {
  const party = (n) => (n === 2 ? 0 : n);
  assert.deepEqual(rowsOf([stance(0, 0, "accepts")], [stance(0, 0, "accepts"), stance(2, 0, "rejects")], {}, party), [[0, [0, "changed"]]]);
});

test("the earlier day is the first, and all that is known the last", () => {
  assert.deepEqual(inTime("2024-06-30", "2024-03-31"), ["2024-03-31", "2024-06-30"]);
  assert.deepEqual(inTime("", "2024-03-31"), ["2024-03-31", ""]);
  assert.deepEqual(inTime("2024-03-31", ALL), ["2024-03-31", ""]);
});

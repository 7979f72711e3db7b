import assert from "node:assert/strict";
import { test } from "node:test";

import * as fields from "../src/fields.js";
import * as histogram from "../src/histogram.js";
import { DAY, isKnown, isWithin, iso } from "../src/time.js";

const day = (text) => Date.parse(text);
const dated = (first, last, reported = null) => ({
  date: first,
  first: day(first),
  last: day(last) + DAY,
  reported: reported && day(reported),
});
const undated = (reported) => ({ date: "", first: -Infinity, last: Infinity, reported: reported && day(reported) });

test("what is undated stands at its report", () => {
  assert.equal(isWithin(undated("2024-03-05"), day("2024-03-05"), day("2024-03-05")), true);
  assert.equal(isWithin(undated("2024-03-05"), day("2024-03-06"), Infinity), false);
  assert.equal(isWithin(undated("2024-03-05"), -Infinity, day("2024-03-04")), false);
});

test("an imprecise date is in a range that it can fall into", () => {
  const march = dated("2024-03-01", "2024-03-31");
  assert.equal(isWithin(march, day("2024-03-31"), day("2024-04-30")), true);
  assert.equal(isWithin(march, day("2024-04-01"), day("2024-04-30")), false);
});

test("nothing is known before it is reported, nor before it takes place", () => {
  assert.equal(isKnown(dated("2024-03-01", "2024-03-01", "2024-03-03"), day("2024-03-02")), false);
  assert.equal(isKnown(dated("2024-03-01", "2024-03-01", "2024-03-03"), day("2024-03-03")), true);
  assert.equal(isKnown(dated("2024-05-01", "2024-05-01", "2024-03-03"), day("2024-04-01")), false);
  assert.equal(isKnown(dated("2024-03-01", "2024-03-01"), day("2024-03-01")), true);
  assert.equal(isKnown(undated(null), day("2024-03-01")), false);
});

test("bars tell apart what is sure, possible, and placed by its report", () => {
  const told = [dated("2024-03-01", "2024-03-01"), dated("2024-03-01", "2024-03-02"), undated("2024-03-02"), undated(null)];
  const reach = histogram.reach(told);
  assert.deepEqual(reach.map(iso), ["2024-03-01", "2024-03-02"]);
  const bars = histogram.fill(histogram.empty(...reach, histogram.unitOf(...reach)), told);
  assert.deepEqual(
    bars.map(({ sure, possible, reported }) => [sure, possible, reported]),
    [
      [1, 1, 0],
      [0, 1, 1],
    ],
  );
  assert.equal(histogram.inWords(bars[1], "day"), "2024-03-02: 0, and 1 whose dates allow it, and 1 undated that were reported then");
  assert.equal(histogram.reach([undated(null)]), null);
});

test("bars are as wide as makes a readable number of them", () => {
  assert.equal(histogram.unitOf(day("2024-01-01"), day("2024-02-20")), "day");
  assert.equal(histogram.unitOf(day("2021-01-01"), day("2024-02-20")), "month");
  assert.equal(histogram.unitOf(day("1950-01-01"), day("2024-02-20")), "year");
  const years = histogram.empty(day("2022-05-01"), day("2024-02-20"), "year");
  assert.deepEqual(
    years.map(({ start }) => iso(start)),
    ["2022-01-01", "2023-01-01", "2024-01-01"],
  );
});

test("an address that names what is not there means what was first", () => {
  assert.equal(fields.day().read("2025-99-99"), "");
  assert.equal(fields.day().read("2025-02-03"), "2025-02-03");
  assert.equal(fields.share(0.5).read("x"), 0.5);
  assert.equal(fields.share(0.5).read("7"), 1);
  assert.equal(fields.oneOf("a", ["a", "b"]).read("constructor"), "a");
  assert.deepEqual([...fields.someOf(() => ["a", "b"]).read("b,c")], ["b"]);
  const place = fields.placeOf(
    (n) => "ab"[n],
    (key) => "ab".indexOf(key),
  );
  assert.equal(place.read("b"), 1);
  assert.equal(place.read("z"), null);
  assert.equal(fields.share(0.5).write(0.5), "");
  assert.equal(fields.share(0.5).write(0), "0");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { unpack } from "../src/unpack.js";

/** A list with the fields of its objects, which stand in their class. */
const plain = (list) => list.map((item) => Object.fromEntries(["place", "id", "type", "issues", "text"].map((name) => [name, item[name]])));

test("columns become objects again, and everything else stays", () => {
  const packed = {
    title: "A talk",
    nodes: { columns: { id: { after: "https://example.org/", rest: ["a", "b"] }, type: { of: ["Plan"], at: [0, 0] }, issues: [[1], []] } },
    days: ["2024-03-05"],
    hubs: [],
  };
  const { nodes, ...others } = unpack(packed, () => assert.fail("nothing is carried apart"));
  assert.deepEqual(plain(nodes), [
    { place: 0, id: "https://example.org/a", type: "Plan", issues: [1], text: undefined },
    { place: 1, id: "https://example.org/b", type: "Plan", issues: [], text: undefined },
  ]);
  assert.deepEqual(others, { title: "A talk", days: ["2024-03-05"], hubs: [] });
});

test("what is carried apart is read when it is first asked for, and once", () => {
  let reads = 0;
  const apart = { documents: { columns: { text: ["Talks began.", "Talks ended."] } }, lives: { columns: { id: ["x"] } }, boxes: [] };
  const found = unpack(
    { documents: { columns: { id: ["one", "two"], text: { apart: true } } }, lives: { apart: true }, boxes: { apart: true } },
    () => {
      reads += 1;
      return apart;
    },
  );
  assert.equal(found.documents[1].id, "two");
  assert.equal(reads, 0);
  assert.equal(found.documents[1].text, "Talks ended.");
  assert.deepEqual(plain(found.lives), [{ place: 0, id: "x", type: undefined, issues: undefined, text: undefined }]);
  assert.deepEqual(found.boxes, []);
  assert.equal(reads, 1);
});

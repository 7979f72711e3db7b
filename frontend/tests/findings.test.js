import assert from "node:assert/strict";
import { test } from "node:test";

import { admits, order, read, write } from "../src/findings.js";

const finding = (more) => ({
  place: 0,
  id: "a",
  kind: "Positions",
  confidence: 0.6,
  day: "2025-01-01",
  sentences: 1,
  parties: ["Norway"],
  negotiation: "",
  name: "n",
  text: "norway rejects the plan",
  ...more,
});

test("a choice and its marks stand in the address, and come back from it", () => {
  const choice = read("#kind=Positions&words=the+plan&least=0.5&order=sure&right=a,b&wrong=c");
  assert.deepEqual(
    [...choice.marks],
    [
      ["a", "right"],
      ["b", "right"],
      ["c", "wrong"],
    ],
  );
  assert.deepEqual(read("#" + write(choice)), choice);
  assert.equal(write(read("#")), "");
});

test("what an address does not know is left as at first", () => {
  const choice = read("#order=loudest&mark=perhaps&least=7&x=y");
  assert.equal(write(choice), "");
});

test("a choice leaves what fits every part of it", () => {
  assert.ok(admits(read(""), finding({})));
  for (const fragment of ["least=0.7", "kind=Conditions", "party=Peru", "mark=right", "words=plan+accepts", "negotiation=Talks"])
    assert.ok(!admits(read(fragment), finding({})), fragment);
  for (const fragment of ["least=0.6", "kind=Positions", "party=Norway", "mark=none", "words=PLAN+norway"])
    assert.ok(admits(read(fragment), finding({})), fragment);
  assert.ok(admits(read("mark=later&later=a"), finding({})));
});

test("findings are ordered by choice; what is alike stays as it was found", () => {
  const all = [
    finding({ place: 0, id: "x", confidence: 0.5 }),
    finding({ place: 1, id: "y", confidence: 0.9, day: "2024" }),
    finding({ place: 2, id: "z", confidence: 0.9, sentences: 4 }),
  ];
  const ids = (name) =>
    [...all]
      .sort(order(name))
      .map((one) => one.id)
      .join("");
  assert.deepEqual(["", "sure", "new", "sources", "nonsense"].map(ids), ["xyz", "yzx", "xzy", "zxy", "xyz"]);
});

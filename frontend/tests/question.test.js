import assert from "node:assert/strict";
import { test } from "node:test";

import { address, between, compose, fill, literal, moment } from "../src/question.js";

const QUESTION = {
  name: "who-rejected-what",
  question: "Who rejected what?",
  parameters: [
    { name: "actor", type: "actor", meaning: "" },
    { name: "counted", type: "text", meaning: "" },
  ],
  text: '# Who rejected what?\nSELECT ?who ?date WHERE {\n  VALUES ?actor { UNDEF }\n  VALUES ?counted { "" }\n  ?s ?p ?o\n}',
};

test("a parameter is filled in, or left out", () => {
  assert.ok(!fill(QUESTION, {}).includes("UNDEF"));
  assert.ok(!fill(QUESTION, {}).includes("?actor {"));
  assert.ok(fill(QUESTION, { actor: ["<http://e/a>", "<http://e/b>"] }).includes("VALUES ?actor { <http://e/a> <http://e/b> }"));
  assert.ok(fill(QUESTION, { counted: ['"$& dead"'] }).includes('VALUES ?counted { "$& dead" }'));
  assert.ok(fill(QUESTION, {}).includes('VALUES ?counted { "" }'));
});

test("what people write cannot end a text or an address", () => {
  assert.equal(literal('a "b"\n\\c'), '"a \\"b\\"\\n\\\\c"');
  assert.equal(address("http://e/a> } DROP <x"), "<http://e/aDROPx>");
});

test("days bound a named query by its column of dates", () => {
  assert.equal(between(QUESTION.text, "", ""), QUESTION.text);
  const bounded = between(QUESTION.text, "2025-01", "2025-12");
  assert.ok(bounded.startsWith("SELECT * WHERE { {\nSELECT ?who"));
  assert.ok(bounded.includes('>= "2025-01"'));
  assert.ok(bounded.includes('SUBSTR(STR(?date), 1, 7) <= "2025-12"'));
});

test("a question is put together from the parts that are given", () => {
  const open = compose({ who: [], does: "", what: [], from: "", to: "", least: 0 });
  assert.ok(!open.includes("VALUES") && !open.includes("FILTER"));
  const all = compose({ who: ["http://e/a"], does: "rejects", what: ["http://e/m"], from: "2025", to: "2025-06-30", least: 0.5 });
  for (const part of [
    "VALUES ?actor { <http://e/a> }",
    "VALUES ?relation { neg:rejects }",
    "VALUES ?matter { <http://e/m> }",
    "FILTER(?confidence >= 0.5)",
  ])
    assert.ok(all.includes(part), part);
});

test("a moment is a day, a month, a year or nothing", () => {
  assert.deepEqual(["2025-12-31", " 2025-12 ", "2025", ""].map(moment), ["2025-12-31", "2025-12", "2025", ""]);
  assert.deepEqual(["soon", "2025-13", "31.12.2025"].map(moment), [null, null, null]);
});

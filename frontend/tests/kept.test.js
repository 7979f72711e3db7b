import assert from "node:assert/strict";
import { test } from "node:test";

import { NOTHING, readKept, shelf, together, withNote, withView, withoutView, written } from "../src/kept.js";

const note = (text, about = "node:state/chad") => ({ about, words: "Chad", text });

test("a view is kept under its name once, and forgotten", () => {
  const kept = withView(withView(withView(NOTHING, "who", "view=table"), "when", "view=timeline"), "who", "view=network");
  assert.deepEqual(kept.views, [
    { name: "when", address: "view=timeline" },
    { name: "who", address: "view=network" },
  ]);
  assert.deepEqual(withoutView(kept, "who").views, [{ name: "when", address: "view=timeline" }]);
});

test("an empty note is none", () => {
  const kept = withNote(NOTHING, note(" ask again "));
  assert.deepEqual(kept.notes, [note("ask again")]);
  assert.deepEqual(withNote(kept, note("  ")).notes, []);
});

test("what is written is read as it was, and nothing else is", () => {
  const kept = withNote(withView(NOTHING, "__proto__", "view=table"), note("ask again", "__proto__"));
  assert.deepEqual(readKept(written(kept, "Talks")), kept);
  for (const text of ["", "null", "{}", '{"views":[],"notes":[]}', "[1]", "no JSON"])
    assert.throws(() => readKept(text), /not a file of views and notes/);
  const odd = '{"kind":"kgraph views and notes","views":[{"name":1}],"notes":[{"about":"node:a","text":[]}]}';
  assert.deepEqual(readKept(odd), NOTHING);
});

test("a colleague's notes stand below one's own, once", () => {
  const own = withView(withNote(NOTHING, note("mine")), "who", "view=table"),
    other = withView(withNote(withNote(NOTHING, note("theirs")), note("new", "node:b")), "who", "view=network");
  const both = together(own, other);
  assert.deepEqual(
    both.notes.map(({ text }) => text),
    ["mine\n\ntheirs", "new"],
  );
  assert.deepEqual(both.views, [{ name: "who", address: "view=network" }]);
  assert.deepEqual(together(both, other), both);
});

test("a storage that is closed keeps things as long as the page", () => {
  const closed = shelf("key", () => {
    throw new Error("SecurityError");
  });
  assert.deepEqual(closed.get(), NOTHING);
  assert.equal(closed.put(written(withNote(NOTHING, note("mine")), "")), false);
  assert.deepEqual(closed.get().notes, [note("mine")]);
});

test("a storage that is open keeps things, and what is damaged in it is nothing", () => {
  const held = new Map(),
    open = shelf("key", () => ({ getItem: (key) => held.get(key) ?? null, setItem: (key, text) => held.set(key, text) }));
  assert.equal(open.put(written(withNote(NOTHING, note("mine")), "")), true);
  assert.deepEqual(open.get().notes, [note("mine")]);
  held.set("key", "{");
  assert.deepEqual(open.get(), NOTHING);
});

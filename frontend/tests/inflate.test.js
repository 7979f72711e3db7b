import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { test } from "node:test";

import { inflate } from "../src/inflate.js";

test("a text comes out as it went in, whatever its letters", async () => {
  for (const text of ["", "{}", "Åland’s 和平 🕊 </script>\r\n\u2028", "a talk ".repeat(50_000)])
    assert.equal(await inflate(deflateSync(Buffer.from(text), { level: 9 }).toString("base64")), text);
});

test("what is damaged is said, not shown", async () => {
  await assert.rejects(inflate("AAAA"));
});

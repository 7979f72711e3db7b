import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));

test("a view is added by one folder", async () => {
  const copy = await mkdtemp(join(tmpdir(), "frontend-"));
  try {
    for (const name of ["build.js", "package.json", "package-lock.json", "src", "styles"])
      await cp(join(FRONTEND, name), join(copy, name), { recursive: true });
    await symlink(join(FRONTEND, "node_modules"), join(copy, "node_modules"));
    const folder = join(copy, "src", "views", "echo");
    await mkdir(folder);
    await writeFile(
      join(folder, "index.js"),
      'export const title = "An echo of talks";\nexport const place = 9;\nexport const markup = ""; export function begin() {} export function draw() {}',
    );
    execFileSync(process.execPath, ["build.js", join(copy, "out")], { cwd: copy });
    assert.ok(
      JSON.parse(await readFile(join(copy, "out", "views.json"), "utf8")).some(
        (view) => view.name === "echo" && view.title === "An echo of talks",
      ),
    );
    assert.ok((await readFile(join(copy, "out", "page.js"), "utf8")).includes("An echo of talks"));
  } finally {
    await rm(copy, { recursive: true });
  }
});

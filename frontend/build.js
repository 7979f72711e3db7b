// Builds the pages' scripts and styles: `node build.js FOLDER`.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url)),
  OUT = process.argv[2] || join(HERE, "..", "kgraph", "assets", "vendor");
// Libraries that stay files of their own, each under the name that a page asks for.
const WHOLE = {
  "@zazuko/yasgui/build/yasgui.min.js": "yasgui.js",
  "@zazuko/yasgui/build/yasgui.min.css": "yasgui.css",
  "oxigraph/web.js": "oxigraph.js",
  "oxigraph/web_bg.wasm": "oxigraph.wasm",
};

const names = (await readdir(join(HERE, "src", "views"), { withFileTypes: true }))
  .filter((one) => one.isDirectory())
  .map((one) => one.name);
names.sort();

/** What a view says of itself, by the name of its folder: what its tab is called, and where that stands. */
async function told(name) {
  const code = await readFile(join(HERE, "src", "views", name, "index.js"), "utf8"),
    title = /^export const title = "([^"]+)";$/m.exec(code),
    place = /^export const place = (\d+);$/m.exec(code);
  if (!title || !place) throw new Error(`views/${name}/index.js exports no title or no place as a plain value`);
  return { name, title: title[1], place: Number(place[1]) };
}

/** `import views from "views"` gives what the folders of src/views export, each with the name of its folder. */
const views = {
  name: "views",
  setup(made) {
    made.onResolve({ filter: /^views$/ }, () => ({ path: "views", namespace: "views" }));
    made.onLoad({ filter: /.*/, namespace: "views" }, () => ({
      contents: [
        ...names.map((name, n) => `import * as view${n} from "./views/${name}/index.js";`),
        `export default [${names.map((name, n) => `{ name: "${name}", ...view${n} }`).join(", ")}];`,
      ].join("\n"),
      resolveDir: join(HERE, "src"),
    }));
  },
};

// What an earlier version made does not stay, nor the stamp by which an installation knows what it has.
if (!process.argv[2]) await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await build({
  absWorkingDir: HERE,
  entryPoints: {
    opener: "src/opener.js",
    page: "src/page.js",
    query: "src/query.js",
    worker: "src/worker.js",
    server: "styles/server.css",
    analysis: "src/analysis.js",
  },
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "inline",
  loader: { ".html": "text" },
  plugins: [views],
});
for (const [from, to] of Object.entries(WHOLE)) await copyFile(join(HERE, "node_modules", from), join(OUT, to));
const tabs = (await Promise.all(names.map(told))).sort((a, b) => a.place - b.place);
await writeFile(join(OUT, "views.json"), JSON.stringify(tabs.map(({ name, title }) => ({ name, title }))) + "\n");

// The licences and notices of all that the pages are made of, as the packages give them.
const { packages } = JSON.parse(await readFile(join(HERE, "package-lock.json"), "utf8")),
  licences = [];
for (const [place, about] of Object.entries(packages)) {
  if (!place || about.dev || about.optional || place === "node_modules/esbuild") continue;
  licences.push(`${place.replace("node_modules/", "")} ${about.version} (${about.license ?? "see below"})`);
  const files = (await readdir(join(HERE, place))).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  for (const name of files.sort()) licences.push((await readFile(join(HERE, place, name), "utf8")).trim());
}
await writeFile(join(OUT, "licences.txt"), licences.join("\n\n\n") + "\n");

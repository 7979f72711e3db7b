// SPARQL over the graph that the page carries. The engine starts when it is first needed; a stopped query ends with its worker, and the next one gets a new one.
import "../../../styles/query.css";
import "./style.css";

import { queryDesk } from "../../desk.js";
import { byId } from "../../elements.js";
import { words } from "../../fields.js";
import { model } from "../../model.js";
import { find } from "../../search.js";
import { carried, prefixes, start as opening } from "../../outside.js";
import { state } from "../../state.js";
import markup from "./view.html";

// All in one line, so that the lines of a message are the reader's own.
const declared =
  Object.entries(prefixes)
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>`)
    .join(" ") + " ";
/** What everything is called, by its IRI. @returns {Map<string, string>} */
const names = () =>
  new Map(
    /** @type {[string, string][]} */ ([
      ...model.nodes.map((n) => [n.id, n.label]),
      ...model.documents.map((d) => [d.iri, d.title]),
      ...model.issues.map((i) => [i.id, i.label]),
      ...model.statements.map((s) => [s.id, model.words(s)]),
    ]),
  );
/** @type {Map<string, string>} */
let known;
let parts = null,
  worker = null,
  ready = null,
  number = 0;
const waiting = new Map();

function send(message) {
  const id = ++number;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ ...message, id });
  });
}
function start() {
  if (!parts) {
    const engine = carried("engine");
    parts = {
      script: URL.createObjectURL(new Blob([engine.engine, "\n", engine.worker], { type: "text/javascript" })),
      wasm: Uint8Array.from(atob(engine.wasm), (letter) => letter.charCodeAt(0)),
      graph: engine.graph,
    };
  }
  worker = new Worker(parts.script);
  worker.onmessage = ({ data }) => {
    const { resolve } = waiting.get(data.id);
    waiting.delete(data.id);
    resolve(data);
  };
  worker.onerror = (event) =>
    stop(new Error(`the engine could not be started: ${event.message || "this browser does not run WebAssembly in a worker"}`));
  ready = send({ wasm: parts.wasm, graph: parts.graph });
}
function stop(error) {
  if (worker) worker.terminate();
  worker = ready = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

// The engine's message with the reader's own columns: what was put in front is not his.
function inWords(message) {
  const place = /(\d+):(\d+)/.exec(message);
  if (!place) return message;
  const column = Number(place[1]) === 1 ? Number(place[2]) - declared.length : Number(place[2]);
  return `line ${place[1]}, column ${Math.max(1, column)}: ${message.replace(/^.*?\d+:\d+:?\s*/, "")}`;
}

const engine = {
  async ask(text, accept, signal) {
    if (signal) signal.addEventListener("abort", () => stop(new DOMException("stopped", "AbortError")), { once: true });
    if (!ready) start();
    const loaded = await ready;
    if (!loaded.ok) throw new Error(`the graph could not be loaded: ${loaded.body}`);
    const found = await send({ query: declared + text, accept });
    return found.ok ? found : { ...found, body: inWords(found.body) };
  },
  names: async () => (known ??= names()),
  local(iri) {
    const key = model.short(iri),
      node = model.nodeAt(key),
      statement = model.statementAt(key.split("/evidence/")[0]);
    if (node !== undefined) return "#view=network&selected=" + encodeURIComponent("node:" + key);
    const document = model.documents.find((d) => d.iri === iri);
    if (document) return "#view=table&document=" + encodeURIComponent(document.id);
    if (statement !== undefined) return "#view=table&selected=" + encodeURIComponent("statement:" + key.split("/evidence/")[0]);
    return iri;
  },
  async find(text, type) {
    const fits = (place) => type === "thing" || opening.types[type]?.includes(model.nodes[place].type);
    return find(text)
      .filter(({ place }) => fits(place))
      .map(({ place, name }) => ({ iri: model.nodes[place].id, label: name }));
  },
  page: () => "",
  keep(text) {
    asked = text;
    state.set({ query: text });
    return state.address();
  },
};
let desk = null,
  asked = null;

export const title = "Ask";
export const place = 6;
export { markup };
/** @type {[string, string][]} */
export const keys = [["Ctrl+Enter", "runs the query"]];
export const fields = { query: { ...words(), kept: true } };
export const offered = () => carried("engine") !== null;
export function begin() {}
export function draw(now, before) {
  if (!desk)
    desk = queryDesk({
      holder: byId("desk"),
      engine,
      examples: carried("examples-data"),
      relations: model.relations,
      prefixes,
      first: carried("first-query"),
      stopped: "stopped",
    });
  desk.refresh();
  if (now.query && (!before || before.query !== now.query || before.view !== "ask") && now.query !== asked) {
    asked = now.query;
    desk.run(now.query);
  }
}
/** The engine, for whoever looks into it. */
export const shown = () => ({ engine });

"use strict";
// SPARQL over the graph that the page carries. The engine starts when it is first needed; a stopped query ends with its worker, and the next one gets a new one.
kgraph.ask = (() => {
  const { model, state, byId } = kgraph;
  const read = (id) => JSON.parse(byId(id).textContent);
  const prefixes = read("prefixes");
  // All in one line, so that the lines of a message are the reader's own.
  const declared =
    Object.entries(prefixes)
      .map(([name, iri]) => `PREFIX ${name}: <${iri}>`)
      .join(" ") + " ";
  const names = new Map([
    ...model.nodes.map((n) => [n.id, n.label]),
    ...model.documents.map((d) => [d.iri, d.title]),
    ...model.issues.map((i) => [i.id, i.label]),
    ...model.statements.map((s) => [s.id, model.words(s)]),
  ]);
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
      const carried = read("engine");
      parts = {
        script: URL.createObjectURL(new Blob([carried.engine, "\n", carried.worker], { type: "text/javascript" })),
        wasm: Uint8Array.from(atob(carried.wasm), (letter) => letter.charCodeAt(0)),
        graph: carried.graph,
      };
    }
    worker = new Worker(parts.script);
    worker.onmessage = ({ data }) => {
      const { resolve } = waiting.get(data.id);
      waiting.delete(data.id);
      resolve(data);
    };
    worker.onerror = (event) =>
      stop(new Error(`the engine could not be started: ${event.message || "this browser runs no WebAssembly in a worker"}`));
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
    names: async () => names,
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
    keep(text) {
      asked = text;
      state.set({ query: text });
      return state.address();
    },
  };
  const first = read("first-query");
  let desk = null,
    asked = null;
  state.onChange((now, before) => {
    if (now.view !== "ask") return;
    if (!desk) desk = window.queryDesk({ engine, examples: read("examples-data"), prefixes, first, stopped: "stopped" });
    desk.refresh();
    if (now.query && (!before || before.query !== now.query || before.view !== "ask") && now.query !== asked) {
      asked = now.query;
      desk.run(now.query);
    }
  });
  return { engine };
})();

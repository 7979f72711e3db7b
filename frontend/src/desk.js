// The query desk: forms, YASGUI's editor (Yasqe) and answers over any engine. ``engine`` says how to ask, what things are called and where they
// are shown: ask(text, accept, signal) gives { ok, type, body }, or throws; names(iris) a Map; local(iri) an address; keep(text) remembers a query;
// find(text, type) gives what is called so; page(view) the address of the page that shows a view.
import { answerTable } from "./answer.js";
import { askingForms } from "./asking.js";
import markup from "./desk.html";
import { button, byId, download } from "./elements.js";
import { Yasqe, Yasr, vis } from "./outside.js";
import { among } from "./question.js";

/** @returns {any[]} */
const all = (selector) => [...document.querySelectorAll(selector)];

// The longest list of statements that an address can hold.
const MOST_AMONG = 400;

export const queryDesk = ({ holder, engine, examples, relations, prefixes, first, stopped }) => {
  holder.innerHTML = markup;
  let running = null,
    answer = null,
    table = null,
    marked = null,
    network = null;

  // No completion that would ask other sites. The server declares prefixes that the text does not, which the editor's own check calls
  // errors: the server's word counts, and its line is marked.
  const editor = new Yasqe(byId("editor"), {
    autocompleters: ["variables"],
    persistenceId: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    syntaxErrorCheck: false,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  const results = new Yasr(byId("results"), { persistenceId: null, prefixes, pluginOrder: ["table", "response"] });

  function show(message, line) {
    byId("error").hidden = !message;
    byId("error").textContent = message || "";
    if (marked !== null) {
      editor.removeLineClass(marked, "background", "wrong-line");
      marked = null;
    }
    if (line) {
      marked = editor.addLineClass(line - 1, "background", "wrong-line");
      editor.setCursor({ line: line - 1, ch: 0 });
    }
  }

  // One question at a time, which Stop ends; gives null where there is no answer, and says why.
  async function put(text, accept) {
    if (running) running.abort();
    const mine = (running = new AbortController());
    byId("stop").disabled = false;
    try {
      return await engine.ask(text, accept, mine.signal);
    } catch (error) {
      if (running === mine) byId("state").textContent = error.name === "AbortError" ? stopped : "";
      if (error.name !== "AbortError") show(error.message);
      return null;
    } finally {
      if (running === mine) {
        running = null;
        byId("stop").disabled = true;
      }
    }
  }

  async function run() {
    const text = editor.getValue();
    byId("query-link").href = engine.keep(text);
    byId("query-link").hidden = false;
    show("");
    byId("state").textContent = "asking …";
    const begun = performance.now();
    const found = await put(text, "application/sparql-results+json, text/turtle;q=0.9");
    if (!found) return;
    if (!found.ok) {
      const place = /line (\d+), column/.exec(found.body);
      show(found.body.trim(), place ? Number(place[1]) : 0);
      byId("state").textContent = "";
      return;
    }
    answer = { text, body: found.body, type: found.type };
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    byId("state").textContent = counted() + " in " + seconds + " s";
    byId("outcome").hidden = false;
    offer(text);
  }

  const isGraph = () => answer.type.startsWith("text/turtle");
  function counted() {
    if (isGraph()) return "a graph";
    const parsed = JSON.parse(answer.body);
    return "boolean" in parsed ? "an answer" : parsed.results.bindings.length + " rows";
  }

  // Ways to look at an answer; "#defaultView: Network" in the query opens that one.
  function offer(text) {
    const views = isGraph() ? ["Network", "Response"] : ["Table", "Response"];
    const hint = /#\s*defaultView\s*:\s*(\w+)/i.exec(text);
    const wished = hint && views.find((v) => v.toLowerCase() === hint[1].toLowerCase());
    const holder = byId("views");
    holder.replaceChildren(...views.map((name) => button(name, () => draw(name))));
    for (const control of all("[data-download]")) control.hidden = (control.dataset.download === "ttl") !== isGraph();
    draw(wished || views[0]);
  }

  async function draw(name) {
    for (const choice of byId("views").children) choice.setAttribute("aria-pressed", String(choice.textContent === name));
    byId("drawing").hidden = name !== "Network";
    byId("results").hidden = name !== "Response";
    byId("answer").hidden = name !== "Table";
    byId("elsewhere").hidden = true;
    table = null;
    if (name === "Network") return drawNetwork();
    if (name === "Table") return drawTable();
    results.config.defaultPlugin = name.toLowerCase();
    results.setResponse({ data: answer.body, contentType: answer.type.split(";")[0], status: 200 });
    results.selectPlugin(name.toLowerCase());
    results.draw();
  }

  async function drawTable() {
    const parsed = JSON.parse(answer.body);
    if ("boolean" in parsed) {
      byId("answer").textContent = parsed.boolean ? "Yes." : "No.";
      return;
    }
    table = await answerTable(byId("answer"), parsed, engine);
    const statements = table.statements();
    byId("elsewhere").hidden = !statements.length || statements.length > MOST_AMONG;
    for (const link of byId("elsewhere").children) link.href = engine.page(link.dataset.view) + among(link.dataset.view, statements);
  }

  async function drawNetwork() {
    const found = await put(answer.text, "application/n-triples");
    if (!found) return;
    const lines = found.body.split("\n").filter(Boolean);
    const things = new Map(),
      edges = [];
    const end = (term) => {
      if (!things.has(term)) things.set(term, { id: term, iri: term.startsWith("<") ? term.slice(1, -1) : "" });
      return term;
    };
    for (const line of lines.slice(0, 4000)) {
      const parts = /^(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.$/.exec(line);
      if (parts) edges.push({ from: end(parts[1]), to: end(parts[3]), arrows: "to", label: parts[2].slice(1, -1).split(/[#/]/).pop() });
    }
    const names = await engine.names([...things.values()].map((t) => t.iri).filter(Boolean));
    const nodes = [...things.values()].map((t) => ({
      id: t.id,
      shape: t.iri ? "dot" : "box",
      size: 10,
      iri: t.iri,
      label: (names.get(t.iri) || t.iri || t.id.replace(/^"|"(\^\^.*|@.*)?$/g, "")).slice(0, 60),
    }));
    if (network) network.destroy();
    network = new vis.Network(
      byId("drawing"),
      { nodes, edges },
      {
        layout: { randomSeed: 7, improvedLayout: nodes.length < 150 },
        physics: { stabilization: { iterations: 200 }, barnesHut: { springLength: 170, avoidOverlap: 0.6, gravitationalConstant: -6000 } },
        edges: { font: { size: 10 }, smooth: false, color: "#8a97a3" },
        nodes: { color: "#56B4E9", widthConstraint: { maximum: 150 } },
      },
    );
    network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
    network.on("doubleClick", (event) => {
      const iri = event.nodes.length && things.get(event.nodes[0]).iri;
      if (iri && engine.local(iri) !== iri) location.href = engine.local(iri);
    });
    byId("state").textContent =
      nodes.length + " nodes, " + edges.length + " edges" + (lines.length > 4000 ? " (only the first 4000 triples are drawn)" : "");
  }

  for (const control of all("[data-download]"))
    control.addEventListener("click", async () => {
      if (control.dataset.download === "csv" && table) return download("answer.csv", table.csv(), "text/csv;charset=utf-8");
      const kind = { csv: "text/csv", json: "application/sparql-results+json", ttl: "text/turtle" }[control.dataset.download];
      const found = await put(answer.text, kind);
      if (!found) return;
      if (!found.ok) return show(found.body.trim());
      download(`answer.${control.dataset.download}`, found.body, kind);
    });
  byId("run").addEventListener("click", run);
  byId("stop").addEventListener("click", () => running && running.abort());
  byId("query-link").addEventListener("click", (event) => {
    event.preventDefault();
    engine.keep(editor.getValue());
    navigator.clipboard?.writeText(location.href);
    byId("state").textContent = "the address of this page now holds the query";
  });
  askingForms({
    holder: byId("forms"),
    questions: examples,
    relations,
    engine,
    ask(text) {
      editor.setValue(text);
      run();
    },
    complain: show,
  });
  byId("sparql").addEventListener("toggle", () => editor.refresh());
  editor.setValue(first);
  return {
    run: (text) => {
      byId("sparql").open = true;
      if (text !== editor.getValue()) editor.setValue(text);
      return run();
    },
    refresh: () => editor.refresh(),
  };
};

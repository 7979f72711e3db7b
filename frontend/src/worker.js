// What stands here runs in the worker, behind the engine's own script: it loads the graph once and answers queries.
let store = null;

// All graphs together are asked, unless the query itself says FROM: in its own words, not in a text, an address, a comment or a name.
const QUOTED = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g;
const saysFrom = (query) => /(?<![?$:\w-])from\b(?!:)/i.test(query.replace(QUOTED, " "));

function answer(query, accept) {
  const options = { use_default_graph_as_union: !saysFrom(query) };
  if (accept.startsWith("text/csv")) return ["text/csv", store.query(query, { ...options, results_format: "text/csv" })];
  if (accept === "application/n-triples" || accept === "text/turtle")
    return [accept, store.query(query, { ...options, results_format: accept })];
  try {
    return ["application/sparql-results+json", store.query(query, { ...options, results_format: "application/sparql-results+json" })];
  } catch (error) {
    // A query that makes triples has no rows: the engine says so, and is asked for Turtle instead.
    try {
      return ["text/turtle", store.query(query, { ...options, results_format: "text/turtle" })];
    } catch {
      throw error;
    }
  }
}

self.onmessage = ({ data }) => {
  try {
    if (data.wasm) {
      initSync({ module: data.wasm });
      store = new Store();
      store.load(data.graph, { format: "application/trig", no_transaction: true, lenient: true });
      self.postMessage({ id: data.id, ok: true, type: "ready", body: String(store.size) });
    } else {
      const [type, body] = answer(data.query, data.accept);
      self.postMessage({ id: data.id, ok: true, type, body });
    }
  } catch (error) {
    self.postMessage({ id: data.id, ok: false, type: "text/plain", body: String(error.message || error) });
  }
};

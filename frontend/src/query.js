// The query page of the server: the desk over its own endpoint.
import { queryDesk } from "./desk.js";
import { leap } from "./elements.js";
import { carried } from "./outside.js";

const settings = carried("settings-data"),
  names = new Map();
const fragment = (text) => "#query=" + encodeURIComponent(text);

const engine = {
  async ask(text, accept, signal) {
    let response;
    try {
      response = await fetch("/sparql", {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: accept },
        body: text,
        signal,
      });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Error("The server cannot be reached: " + error.message);
    }
    return { ok: response.ok, type: response.headers.get("Content-Type"), body: await response.text() };
  },
  async names(iris) {
    const unknown = [...new Set(iris)].filter((iri) => !names.has(iri)).slice(0, 2000);
    if (unknown.length) {
      const response = await fetch("/labels", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(unknown),
      });
      for (const [iri, label] of Object.entries(response.ok ? await response.json() : {})) names.set(iri, label);
    }
    return names;
  },
  local: (iri) => (iri.startsWith(settings.start) ? "/id/" + encodeURI(iri.slice(settings.start.length)) : iri),
  async find(text, type) {
    const response = await fetch("/search?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } });
    return (response.ok ? await response.json() : []).filter(
      (/** @type {{ type: string }} */ one) => type === "thing" || settings.types[type]?.includes(one.type),
    );
  },
  page: (view) => `/${view}.html`,
  keep(text) {
    history.replaceState(null, "", fragment(text));
    return fragment(text);
  },
};
const desk = queryDesk({
  holder: document.getElementById("desk"),
  engine,
  examples: carried("examples-data"),
  relations: settings.relations,
  prefixes: settings.prefixes,
  first: settings.first,
  stopped: "stopped; the server ends the query at its time limit",
});
function fromAddress() {
  const found = /^#query=(.*)$/s.exec(location.hash);
  if (found) desk.run(decodeURIComponent(found[1]));
}
window.addEventListener("hashchange", fromAddress);
fromAddress();
leap();

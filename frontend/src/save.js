// Handing on what is shown: as a picture, as Turtle, CSV or JSON. Each format is written by its library.
import { toSvg } from "html-to-image";
import { DataFactory, Writer } from "n3";
import Papa from "papaparse";

import { byId, download, say, wellFormed } from "./elements.js";
import { filters } from "./filters.js";
import { look } from "./look.js";
import { model } from "./model.js";
import { prefixes, start } from "./outside.js";
import { state } from "./state.js";

const iri = (curie) => {
  const [prefix, name] = curie.split(":");
  return prefixes[prefix] + name;
};

const left = () => [...filters.result.statements].sort((a, b) => a - b).map((n) => model.statements[n]);
const name = (ending) => `kgraph-${state.now.view}.${ending}`;

// The triples that the graph itself has about a statement: what is handed on can be put back without a trace.
function triples(s, write, named, literal) {
  const node = named(s.id),
    put = (predicate, object) => write(node, named(iri(predicate)), object);
  put("rdf:type", named(iri("neg:Statement")));
  put("rdf:predicate", named(iri("neg:" + s.relation)));
  if (s.relation !== "meets") put("rdf:subject", named(model.nodes[s.actors[0]].id));
  else s.actors.forEach((a) => put("neg:participant", named(model.nodes[a].id)));
  put("rdf:object", named(model.nodes[s.object].id));
  if (s.condition !== null) put("neg:condition", named(model.nodes[s.condition].id));
  if (s.content !== null) put("neg:content", named(model.nodes[s.content].id));
  put("neg:polarity", named(iri("neg:" + s.polarity)));
  put("neg:modality", named(iri("neg:" + s.modality)));
  put("prov:hadPrimarySource", named(model.documents[s.document].iri));
  s.speakers.forEach((n) => put("prov:wasAttributedTo", named(model.nodes[n].id)));
  if (s.date) put("neg:date", literal(s.date, named(start.edtf)));
  if (s.earliest) put("neg:earliest", literal(s.earliest, named(iri("xsd:date"))));
  if (s.latest) put("neg:latest", literal(s.latest, named(iri("xsd:date"))));
  put("neg:evidence", named(model.evidence(s)));
  if (s.direct) write(named(model.nodes[s.actors[0]].id), named(iri("neg:" + s.relation)), named(model.nodes[s.object].id));
}

export function turtle() {
  const { namedNode, literal } = DataFactory;
  const writer = new Writer({ prefixes });
  const found = left(),
    write = (s, p, o) => writer.addQuad(s, p, o);
  for (const s of found) triples(s, write, namedNode, literal);
  for (const n of new Set(found.flatMap((s) => [...s.actors, s.object, s.condition, s.content, ...s.speakers]).filter((n) => n !== null))) {
    const thing = model.nodes[n];
    if (thing.type) write(namedNode(thing.id), namedNode(iri("rdf:type")), namedNode(iri("neg:" + thing.type)));
    write(namedNode(thing.id), namedNode(iri("skos:prefLabel")), literal(thing.label));
  }
  for (const n of new Set(found.map((s) => s.document))) {
    const source = model.documents[n];
    write(namedNode(source.iri), namedNode(iri("rdf:type")), namedNode(iri("neg:Document")));
    write(namedNode(source.iri), namedNode(iri("dcterms:identifier")), literal(source.id));
  }
  return new Promise((resolve, reject) => writer.end((error, text) => (error ? reject(error) : resolve(text))));
}

// A statement by itself, with names instead of places in lists.
function record(s) {
  const thing = (n) => (n === null ? null : { id: model.nodes[n].id, label: model.label(n), type: model.nodes[n].type });
  const words = model.sentence(s);
  return {
    id: s.id,
    relation: s.relation,
    actors: s.actors.map(thing),
    object: thing(s.object),
    what: model.what(s),
    condition: thing(s.condition),
    content: thing(s.content),
    where: s.where,
    polarity: s.polarity,
    modality: s.modality,
    date: s.date,
    earliest: s.earliest,
    latest: s.latest,
    when: s.when,
    voice: s.voice,
    speakers: s.speakers.map(thing),
    document: model.documents[s.document].id,
    quote: words.quote,
    sentence: words.before + words.quote + words.after,
    reportedOn: s.reportedOn,
    confidence: s.confidence,
    readBy: s.readBy,
  };
}
export function csv() {
  return (
    Papa.unparse(
      left().map((s) => {
        const r = record(s);
        return {
          ...r,
          actors: model.who(s),
          actor_ids: r.actors.map((a) => a.id).join(" "),
          object: r.object.label,
          object_id: r.object.id,
          condition: r.condition ? r.condition.label : "",
          content: r.content ? r.content.label : "",
          readBy: r.readBy.join("; "),
          speakers: r.speakers.map((x) => x.label).join(" → "),
        };
      }),
      { escapeFormulae: true, newline: "\r\n" },
    ) + "\r\n"
  );
}
export const json = () => JSON.stringify({ statements: left().map(record) }, null, 2) + "\n";

/** The view on the page. @type {() => import("./view").View} */
let view;
// A drawing is drawn once more; of what can be scrolled the whole is taken.
export async function svg() {
  const own = view().picture;
  if (own) return own();
  const whole = byId(`${view().name}-view`).querySelector("[data-picture]") || byId(`${view().name}-view`);
  const address = await toSvg(whole, { skipFonts: true, backgroundColor: look.colour("paper") });
  return wellFormed(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
}
export async function png() {
  const picture = new Image(),
    drawing = document.createElement("canvas");
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(await svg());
  await picture.decode();
  drawing.width = picture.width * 2;
  drawing.height = picture.height * 2;
  const context = drawing.getContext("2d");
  context.scale(2, 2);
  context.drawImage(picture, 0, 0);
  return drawing.toDataURL("image/png");
}

const WAYS = {
  png: [png, "image/png"],
  svg: [svg, "image/svg+xml"],
  ttl: [turtle, "text/turtle"],
  csv: [csv, "text/csv"],
  json: [json, "application/json"],
};
/**
 * Wire the menu.
 * @param {() => import("./view").View} current gives the view on the page
 */
export function begin(current) {
  view = current;
  const menu = byId("save");
  for (const control of menu.querySelectorAll("[data-save]")) {
    control.addEventListener("click", async () => {
      const [make, type] = WAYS[control.dataset.save];
      menu.open = false;
      try {
        download(name(control.dataset.save), await make(), type);
        say(`saved ${name(control.dataset.save)}`);
      } catch (error) {
        say(`this could not be saved: ${error.message}`);
        byId("left").textContent = `This could not be saved: ${error.message}`;
      }
    });
  }
  byId("print").addEventListener("click", () => {
    menu.open = false;
    window.print();
  });
  byId("link").addEventListener("click", async () => {
    menu.open = false;
    try {
      await navigator.clipboard.writeText(state.address());
      say("the address of this view is copied");
    } catch {
      say("the address bar holds this view");
    }
  });
  // In a frame of a notebook there is no address to copy, and nothing may be printed.
  if (window.parent !== window) byId("link").hidden = byId("print").hidden = true;
}

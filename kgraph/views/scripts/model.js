"use strict";
// The data of the page (kgraph.views.contract describes it), and ways to look things up in it.
kgraph.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const START = JSON.parse(document.getElementById("prefixes").textContent).kg;
  const short = (iri) => (iri.startsWith(START) ? iri.slice(START.length) : iri);
  const places = (list) => new Map(list.map((item, place) => [short(item.id), place]));
  const nodes = places(data.nodes),
    statements = places(data.statements),
    documents = new Map(data.documents.map((d, place) => [d.id, place]));
  const relations = new Map(data.relations.map((r) => [r.id, r.label]));
  const DAY = 86400000;

  data.statements.forEach((s, place) => {
    s.place = place;
    s.first = s.earliest ? Date.parse(s.earliest) : -Infinity;
    s.last = s.latest ? Date.parse(s.latest) + DAY : Infinity;
    s.issues = [...new Set([s.object, s.condition, s.content].filter((n) => n !== null).flatMap((n) => data.nodes[n].issues))];
    s.edges = [];
    s.what = s.what || data.nodes[s.object].label;
  });
  data.nodes.forEach((n) => {
    n.edges = [];
    n.told = [];
  });
  data.edges.forEach((edge, place) => {
    edge.place = place;
    for (const end of new Set([edge.source, edge.target])) data.nodes[end].edges.push(place);
    for (const s of edge.statements) data.statements[s].edges.push(place);
  });
  for (const s of data.statements) {
    for (const n of new Set([...s.actors, s.object, s.condition, s.content, ...s.speakers]))
      if (n !== null) data.nodes[n].told.push(s.place);
  }
  // Relations that lie between the same two things are drawn as arcs side by side.
  const between = new Map();
  for (const edge of data.edges) {
    const key = [edge.source, edge.target].sort((a, b) => a - b).join(" ");
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(edge);
  }
  for (const parallel of between.values())
    parallel.forEach((edge, n) => {
      edge.arc = parallel.length > 1 ? n + 1 : 0;
    });

  const model = { ...data, DAY, short };
  model.label = (node) => data.nodes[node].label;
  model.relation = (id) => relations.get(id) || id;
  model.nodeAt = (key) => nodes.get(key);
  model.statementAt = (key) => statements.get(key);
  model.documentAt = (key) => documents.get(key);
  model.edgeAt = (source, relation, target) =>
    data.edges.findIndex((e) => e.source === source && e.target === target && e.relation === relation);
  model.sentence = (s) => {
    const text = data.documents[s.document].text;
    return { before: text.slice(s.opens, s.start), quote: text.slice(s.start, s.end), after: text.slice(s.end, s.closes) };
  };
  // IRIs of evidence count characters as people do, not in units of UTF-16.
  model.evidence = (s) => {
    const { text } = data.documents[s.document],
      start = [...text.slice(0, s.start)].length;
    return `${s.id}/evidence/clause#char=${start},${start + [...text.slice(s.start, s.end)].length}`;
  };
  model.who = (s) => s.actors.map(model.label).join(", ");
  model.verb = (s) => (s.polarity === "negative" ? "not " : "") + model.relation(s.relation);
  // A statement in words, without who makes it, and with.
  model.act = (s) => `${model.verb(s)} ${s.what}` + (s.condition === null ? "" : ` on ${model.label(s.condition)}`);
  model.words = (s) => `${model.who(s)} ${model.act(s)}`;
  model.says = (s) => (s.speakers.length ? s.speakers.map(model.label).join(" → ") : "the text itself");
  model.isFirm = (s) => s.polarity === "positive" && s.modality === "actual";
  model.byTime = (a, b) => (a.date ? 0 : 1) - (b.date ? 0 : 1) || a.first - b.first || a.last - b.last || a.place - b.place;
  return model;
})();

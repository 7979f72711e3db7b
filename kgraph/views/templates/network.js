"use strict";
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const page = read("data");
  const styles = read("styles");
  const statements = new Map(page.statements.map((s) => [s.id, s]));
  const titles = new Map(page.documents.map((d) => [d.id, d]));
  const nodeById = new Map(page.nodes.map((n) => [n.id, n]));
  const edgeById = new Map(page.edges.map((e) => [e.id, e]));
  const panel = document.getElementById("panel");

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function card(s) {
    const box = element("article", "card");
    const head = element("p");
    head.append(element("strong", "", s.who), " " + (s.polarity === "negative" ? "not " : "") + s.relation + " ", element("strong", "", s.what));
    if (s.condition) head.append(" — condition: ", element("strong", "", s.condition));
    const sentence = element("p");
    sentence.append(s.before, element("mark", "", s.quote), s.after);
    const tags = element("p", "tags");
    tags.append(element("span", s.date ? "tag" : "tag off", s.when));
    tags.append(element("span", s.polarity === "negative" ? "tag off" : "tag", s.polarity));
    tags.append(element("span", s.modality === "actual" ? "tag" : "tag off", s.modality));
    tags.append(element("span", "tag", "confidence " + s.confidence));
    const source = titles.get(s.document);
    const says = element("p", "tags", "Says so: " + s.says + ". Reported by: " + source.title + (source.published ? ", " + source.published : ", undated") + ".");
    box.append(head, sentence, tags, says);
    if (s.derivation) box.append(element("p", "tags", "Date: " + s.derivation + "."));
    box.append(element("code", "", s.id));
    return box;
  }

  function show(title, ids, aliases) {
    panel.replaceChildren(element("h2", "", title));
    if (aliases && aliases.length) panel.append(element("p", "tags", "Also: " + aliases.join("; ")));
    const unique = [...new Set(ids)];
    panel.append(element("p", "tags", unique.length + (unique.length === 1 ? " statement" : " statements")));
    unique.forEach((id) => panel.append(card(statements.get(id))));
    panel.scrollTop = 0;
  }

  function showNode(id) {
    const node = nodeById.get(id);
    const behind = page.edges.filter((e) => e.source === id || e.target === id).flatMap((e) => e.statements);
    show(node.label + " (" + node.type + ")", behind, node.aliases);
  }

  function showEdge(id) {
    const edge = edgeById.get(id);
    show(nodeById.get(edge.source).label + " — " + edge.relation + " — " + nodeById.get(edge.target).label, edge.statements);
  }

  network.on("click", (event) => {
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (event.edges.length) showEdge(event.edges[0]);
  });

  const shapes = { dot: "M7 1a6 6 0 1 0 .01 0z", square: "M2 2h10v10H2z", diamond: "M7 0l7 7-7 7-7-7z", triangle: "M7 1l6 12H1z",
    triangleDown: "M7 13L1 1h12z", star: "M7 0l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z", hexagon: "M3.5 1h7L14 7l-3.5 6h-7L0 7z" };
  const legend = document.getElementById("legend");
  const counts = {};
  page.nodes.forEach((n) => { counts[n.type] = (counts[n.type] || 0) + 1; });
  Object.keys(styles).filter((type) => counts[type]).forEach((type) => {
    const label = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = true;
    box.dataset.type = type;
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    icon.setAttribute("viewBox", "0 0 14 14");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", shapes[styles[type][0]]);
    path.setAttribute("fill", styles[type][1]);
    icon.append(path);
    label.append(box, icon, type + " " + counts[type]);
    legend.append(label);
    box.addEventListener("change", () => {
      nodes.update(page.nodes.filter((n) => n.type === type).map((n) => ({ id: n.id, hidden: !box.checked })));
    });
  });

  const names = document.getElementById("names");
  const byName = new Map();
  page.nodes.forEach((n) => [n.label, ...n.aliases].forEach((name) => { if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), n.id); }));
  page.nodes.forEach((n) => { const option = element("option"); option.value = n.label; names.append(option); });
  document.getElementById("search").addEventListener("change", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    const id = byName.get(wanted) || [...byName].filter(([name]) => wanted && name.includes(wanted)).map(([, found]) => found)[0];
    if (!id) return;
    network.selectNodes([id]);
    network.focus(id, { scale: 1.1 });
    showNode(id);
  });
  network.fit();
  window.addEventListener("resize", () => network.redraw());
})();

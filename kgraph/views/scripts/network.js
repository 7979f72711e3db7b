"use strict";
// The network. pyvis has drawn the opening (its globals are network, nodes, edges); from here on the page says what stands in it.
kgraph.network = (() => {
  const { model, state, filters, look, byId, canvas, count } = kgraph;
  const { network, nodes, edges } = window;
  const MOST_FADED = 1000,
    FADED = 0.18,
    MUSTS = 16;
  let hovered = null,
    order = [],
    drawn = null,
    faded = new Set(),
    behind = new Map();

  const size = (n) => Math.min(34, 8 + 4 * Math.sqrt(n.statements));
  function groups() {
    const found = {};
    for (const type of [...look.types, ""])
      found[type || "other"] = { shape: look.type(type).shape, color: colours(look.type(type).colour) };
    return found;
  }
  const colours = (colour) => ({
    background: colour,
    border: look.paper(),
    highlight: { background: colour, border: look.paper() },
    hover: { background: colour, border: look.soft() },
  });
  const nodeItem = (place) => {
    const n = model.nodes[place];
    return { id: place, x: n.x, y: n.y, label: " ", shape: look.type(n.type).shape, group: n.type || "other", size: size(n) };
  };
  const isFirm = (statements) => statements.some((n) => model.isFirm(model.statements[n]));
  function edgeItem({ edge, statements }) {
    const colour = look.relation(edge.relation);
    return {
      id: edge.place,
      from: edge.source,
      to: edge.target,
      color: { color: colour, highlight: colour, hover: colour, opacity: 0.75 },
      dashes: !isFirm(statements),
      arrows: { to: { enabled: true, type: look.head(edge.relation), scaleFactor: 0.7 } },
      width: Math.min(6, 1 + 0.7 * Math.sqrt(statements.length)),
      smooth: edge.arc ? { enabled: true, type: "curvedCW", roundness: 0.1 * edge.arc } : false,
    };
  }

  // What stands in the drawing becomes what the filters leave: only the difference is touched.
  function reconcile() {
    const first = drawn === null,
      found = (drawn = filters.result),
      gone = nodes.getIds().filter((n) => !found.nodes.has(n));
    const wanted = new Map(found.edges.map((one) => [one.edge.place, one]));
    edges.remove(edges.getIds().filter((e) => !wanted.has(e)));
    nodes.remove(gone);
    gone.forEach((n) => faded.delete(n));
    nodes.update([...found.nodes].filter((n) => first || nodes.get(n) === null).map(nodeItem));
    // A line is drawn anew when other statements are left behind it.
    const sign = ({ statements }) => `${statements.length} ${isFirm(statements)}`;
    const anew = [...wanted.values()].filter((one) => behind.get(one.edge.place) !== sign(one) || !edges.get(one.edge.place));
    behind = new Map([...wanted].map(([place, one]) => [place, sign(one)]));
    edges.update(anew.map(edgeItem));
    network.setOptions({ interaction: { hideEdgesOnDrag: found.nodes.size > 300, hideEdgesOnZoom: found.nodes.size > 1000 } });
  }

  function chosen() {
    const { selected } = state.now;
    if (!selected) return null;
    if (selected.kind === "node") return new Set([selected.place, ...(filters.result.neighbours.get(selected.place) || [])]);
    if (selected.kind === "edge") return new Set([model.edges[selected.place].source, model.edges[selected.place].target]);
    if (selected.kind === "statement")
      return new Set(model.statements[selected.place].edges.flatMap((e) => [model.edges[e].source, model.edges[e].target]));
    return null;
  }
  // What is selected stands out, the rest steps back.
  function emphasise() {
    const { selected } = state.now,
      bright = filters.result.nodes.size <= MOST_FADED ? chosen() : null;
    const now = new Set(bright ? nodes.getIds().filter((n) => !bright.has(n)) : []);
    nodes.update(
      nodes
        .getIds()
        .filter((n) => now.has(n) !== faded.has(n))
        .map((n) => ({ id: n, opacity: now.has(n) ? FADED : 1 })),
    );
    const within =
      selected &&
      {
        node: (e) => e.source === selected.place || e.target === selected.place,
        edge: (e) => e.place === selected.place,
        statement: (e) => model.statements[selected.place].edges.includes(e.place),
      }[selected.kind];
    if (bright || faded.size) {
      edges.update(
        filters.result.edges.map(({ edge }) => {
          const colour = look.relation(edge.relation);
          return {
            id: edge.place,
            color: { color: colour, highlight: colour, hover: colour, opacity: !bright || within(edge) ? 0.85 : 0.1 },
          };
        }),
      );
    }
    faded = now;
    const ids = selected && selected.kind === "node" && nodes.get(selected.place) ? [selected.place] : [];
    const lines = selected && selected.kind === "edge" && edges.get(selected.place) ? [selected.place] : [];
    network.setSelection({ nodes: ids, edges: lines }, { highlightEdges: false });
    const first = bright || new Set();
    order = nodes.getIds().sort((a, b) => first.has(b) - first.has(a) || model.nodes[b].statements - model.nodes[a].statements || a - b);
  }

  // A halo behind what is selected.
  network.on("beforeDrawing", (context) => {
    const { selected } = state.now,
      body = selected && selected.kind === "node" ? network.body.nodes[selected.place] : null;
    if (!body) return;
    context.save();
    context.globalAlpha = 0.3;
    context.fillStyle = look.link();
    context.beginPath();
    context.arc(body.x, body.y, size(model.nodes[selected.place]) + 8, 0, 2 * Math.PI);
    context.fill();
    context.restore();
  });

  canvas.overlay(network, (labels, screen, scale) => {
    const { selected } = state.now,
      bodies = network.body.nodes;
    const own = selected && selected.kind === "node" ? selected.place : null;
    const spots = new Map();
    for (const place of order) {
      const body = bodies[place];
      if (!body) continue;
      const spot = { ...screen(body.x, body.y), radius: size(model.nodes[place]) * scale };
      spots.set(place, spot);
      labels.body(spot.x, spot.y, spot.radius);
    }
    const first = [hovered, own].filter((place) => spots.has(place));
    const musts = new Set([...first, ...order.slice(0, MUSTS)]);
    for (const place of new Set([...first, ...order])) {
      const spot = spots.get(place);
      if (!spot || labels.isOut(spot.x, spot.y)) continue;
      const { x, y, radius } = spot,
        more = filters.result.more.get(place);
      labels.write(model.label(place), x, y, { radius, must: musts.has(place), faint: faded.has(place) });
      if (more && scale > 0.3 && !faded.has(place))
        labels.write("+" + more, x + radius + 6, y - radius - 2, { small: true, colour: labels.link });
    }
    if (filters.result.edges.length > 4000) return;
    for (const { edge, statements } of filters.result.edges) {
      const close =
        [edge.source, edge.target].some((n) => n === own || n === hovered) ||
        (selected && selected.kind === "edge" && selected.place === edge.place);
      if (!close && (scale < 0.85 || faded.size)) continue;
      const body = network.body.edges[edge.place];
      if (!body || !body.connected) continue;
      const middle = body.edgeType.getPoint(0.5, body.edgeType.getViaNode()),
        at = screen(middle.x, middle.y);
      labels.write(model.relation(edge.relation) + (statements.length > 1 ? ` ×${statements.length}` : ""), at.x, at.y, {
        small: true,
        colour: look.relation(edge.relation),
      });
    }
  });

  network.on("click", (event) => {
    if (event.nodes.length) state.set({ selected: { kind: "node", place: event.nodes[0] } });
    else if (event.edges.length) state.set({ selected: { kind: "edge", place: event.edges[0] } });
    else if (state.now.selected) state.set({ selected: null });
  });
  network.on("doubleClick", (event) => {
    if (event.nodes.length) state.set({ opened: new Set([...state.now.opened, event.nodes[0]]) });
  });
  network.on("hoverNode", (event) => {
    hovered = event.node;
    network.redraw();
  });
  network.on("blurNode", () => {
    hovered = null;
    network.redraw();
  });
  canvas.walk(
    byId("network"),
    network,
    () => nodes.getIds(),
    () =>
      state.now.selected && state.now.selected.kind === "node" && nodes.get(state.now.selected.place) ? state.now.selected.place : null,
    (place) => {
      state.set({ selected: { kind: "node", place } });
      kgraph.say(`${model.label(place)}, ${model.nodes[place].type}, ${count(model.nodes[place].statements, "statement")}`);
    },
  );

  function status() {
    const found = filters.result,
      hidden = found.things - found.nodes.size;
    byId("shown").textContent =
      `${found.nodes.size.toLocaleString("en")} of ${count(found.things, "thing")} shown` +
      (hidden > 0 ? `, ${hidden.toLocaleString("en")} more` : "");
    byId("show-all").hidden = hidden <= 0 || state.now.focus !== null;
    byId("show-fewer").hidden = !state.now.all && !state.now.opened.size && state.now.focus === null;
  }
  byId("show-all").addEventListener("click", () => state.set({ all: true }));
  byId("show-fewer").addEventListener("click", () => state.set({ all: false, opened: new Set(), focus: null }));
  byId("fit").addEventListener("click", () => fit());
  for (const [id, by] of [
    ["closer", 1.3],
    ["further", 1 / 1.3],
  ])
    byId(id).addEventListener("click", () => network.moveTo({ scale: network.getScale() * by }));

  function fit() {
    network.fit({ nodes: nodes.getIds(), maxZoomLevel: 1 });
  }
  state.onChange((now, before) => {
    status();
    if (now.view !== "network") return;
    const first = drawn === null;
    if (first) network.setOptions({ groups: groups() });
    if (drawn !== filters.result) reconcile();
    emphasise();
    const { selected } = now,
      place = selected && selected.kind === "node" ? selected.place : null;
    if (first || (before && (before.focus !== now.focus || before.depth !== now.depth || before.all !== now.all))) fit();
    if (place !== null && (!before || before.selected !== selected) && nodes.get(place) && !isVisible(place)) show(place);
  });
  // On a phone the evidence lies over the lower part of the drawing.
  function covered() {
    const stage = byId("network").getBoundingClientRect(),
      panel = byId("panel");
    return getComputedStyle(panel).position === "fixed" ? Math.max(0, stage.bottom - panel.getBoundingClientRect().top) : 0;
  }
  function isVisible(place) {
    const at = network.canvasToDOM(network.getPosition(place)),
      { clientWidth, clientHeight } = byId("network");
    return at.x > 40 && at.y > 40 && at.x < clientWidth - 40 && at.y < clientHeight - covered() - 40;
  }
  function show(place) {
    network.focus(place, { scale: Math.max(network.getScale(), 0.7), offset: { x: 0, y: -covered() / 2 } });
  }
  look.onChange(() => {
    if (drawn === null) return;
    network.setOptions({ groups: groups() });
    edges.update(drawn.edges.map(edgeItem));
    network.redraw();
  });
  new ResizeObserver(() => network.redraw()).observe(byId("network"));
  return { picture: () => canvas.picture(network) };
})();

"use strict";
// Outcomes to the right of the conditions they depend on. The places were computed with the data; it is drawn when it is first looked at.
kgraph.conditions = (() => {
  const { model, state, filters, look, byId, canvas, count } = kgraph;
  const MARKS = { met: "✓ met", refused: "✗ refused", open: "○ open" };
  const READABLE = 0.8;
  let network = null,
    nodes = null,
    edges = null;

  const linksLeft = () =>
    model.links.map((link, place) => ({ link, place })).filter(({ link }) => link.statements.some((s) => filters.result.statements.has(s)));
  function boxItem(place) {
    const box = model.boxes[place],
      edge = { met: "#009E73", refused: "#D55E00", open: look.soft(), "": look.line() }[box.status];
    return {
      id: place,
      x: box.x,
      y: box.y,
      shape: "box",
      label: canvas.lines(box.label, 4).join("\n") + (MARKS[box.status] ? `\n${MARKS[box.status]}` : ""),
      margin: { top: 8, bottom: 8, left: 10, right: 10 },
      borderWidth: box.status ? 2 : 1,
      font: { color: look.ink(), size: 14, face: "system-ui" },
      color: {
        background: look.paper(),
        border: edge,
        highlight: { background: look.paper(), border: look.link() },
        hover: { background: look.paper(), border: look.link() },
      },
    };
  }
  function linkItem({ link, place }) {
    const colour = link.circular ? "#D55E00" : look.relation("dependsOn"),
      who = link.setters.map(model.label);
    const name = who.length > 2 ? `${who[0]} and ${who.length - 1} others` : who.join(" and ");
    return {
      id: place,
      from: link.condition,
      to: link.outcome,
      color: { color: colour, highlight: colour, hover: colour },
      width: link.circular ? 3.5 : 2,
      dashes: link.kind !== "only if",
      label: [name, link.kind === "only if" ? "" : `(${link.kind})`, link.circular ? "⟲ circle" : ""].filter(Boolean).join(" "),
      font: { color: look.ink(), size: 12, face: "system-ui", strokeWidth: 4, strokeColor: look.paper(), align: "horizontal" },
      smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 },
    };
  }

  function begin() {
    nodes = new vis.DataSet();
    edges = new vis.DataSet();
    network = new vis.Network(
      byId("condition-graph"),
      { nodes, edges },
      {
        physics: false,
        layout: { improvedLayout: false },
        interaction: { hover: true },
        edges: { arrows: { to: { enabled: true, scaleFactor: 0.7 } } },
        nodes: { widthConstraint: { maximum: 280 } },
      },
    );
    network.on("click", (event) => {
      if (event.nodes.length) state.set({ selected: { kind: "box", place: event.nodes[0] } });
      else if (event.edges.length) state.set({ selected: { kind: "link", place: event.edges[0] } });
      else if (state.now.selected) state.set({ selected: null });
    });
    canvas.walk(
      byId("condition-graph"),
      network,
      () => nodes.getIds(),
      () => (state.now.selected && state.now.selected.kind === "box" ? state.now.selected.place : null),
      (place) => {
        state.set({ selected: { kind: "box", place } });
        kgraph.say(model.boxes[place].label);
      },
    );
    byId("fit-conditions").addEventListener("click", fit);
  }
  // Everything, or, where that is too much to read, the beginning: the largest groups of conditions stand there.
  function fit() {
    network.fit({ nodes: nodes.getIds(), maxZoomLevel: 1 });
    if (network.getScale() >= READABLE || !nodes.length) return;
    const { clientWidth, clientHeight } = byId("condition-graph"),
      places = nodes.get();
    const left = Math.min(...places.map((n) => n.x)) - 160,
      top = Math.min(...places.map((n) => n.y)) - 60;
    network.moveTo({ scale: READABLE, position: { x: left + clientWidth / READABLE / 2, y: top + clientHeight / READABLE / 2 } });
  }

  function render(anew) {
    const left = linksLeft(),
      boxes = [...new Set(left.flatMap(({ link }) => [link.condition, link.outcome]))];
    const circles = left.filter(({ link }) => link.circular).length;
    byId("conditions-count").textContent = left.length
      ? `${count(left.length, "condition")}: what is on the left decides about what is on the right; dashed: threats, exceptions, and what does not depend.` +
        (circles ? ` ${circles} of them run in circles (⟲).` : "")
      : "The filters leave no conditions; nothing in these texts is made to depend on something else.";
    if (!model.links.length) byId("conditions-count").textContent = "No condition was read in these texts.";
    if (!network) begin();
    edges.clear();
    nodes.clear();
    nodes.add(boxes.map(boxItem));
    edges.add(left.map(linkItem));
    if (anew) fit();
  }
  function select() {
    const { selected } = state.now;
    network.setSelection({
      nodes: selected && selected.kind === "box" && nodes.get(selected.place) ? [selected.place] : [],
      edges: selected && selected.kind === "link" && edges.get(selected.place) ? [selected.place] : [],
    });
  }
  let drawn = null;
  state.onChange((now) => {
    if (now.view !== "conditions") return;
    if (drawn !== filters.result.statements) render(drawn === null);
    drawn = filters.result.statements;
    select();
  });
  look.onChange(() => {
    if (state.now.view !== "conditions") return;
    render(false);
    select();
  });
  return {
    picture: () => canvas.picture(network),
    get network() {
      return network;
    },
  };
})();

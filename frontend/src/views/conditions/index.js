// Outcomes to the right of the conditions they depend on. The places were computed with the data; it is drawn when it is first looked at.
import * as canvas from "../../canvas.js";
import { byId, count, element, say, words } from "../../elements.js";
import { found } from "../../fields.js";
import { filters } from "../../filters.js";
import { keepDrawingFitted } from "../../fitted.js";
import { lines } from "../../labels.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { vis } from "../../outside.js";
import { cards, joined, left } from "../../panel.js";
import { state } from "../../state.js";
import { RIM, framed, packed } from "./packing.js";
import markup from "./view.html";

const MARKS = { met: "✓ met", refused: "✗ refused", open: "○ open" };
const READABLE = 0.8,
  NARROW = 600,
  SHEET = 1.05,
  NEARER = 0.6;
let network = null,
  nodes = null,
  edges = null,
  /** @type {ReturnType<typeof keepDrawingFitted>} */
  kept;

const linksLeft = () =>
  model.links.map((link, place) => ({ link, place })).filter(({ link }) => link.statements.some((s) => filters.result.statements.has(s)));
function boxItem(place, { x, y }) {
  const box = model.boxes[place],
    edge = { met: look.colour("line-for"), refused: look.colour("line-against"), open: look.colour("soft"), "": look.colour("line") }[
      box.status
    ];
  return {
    id: place,
    x,
    y,
    shape: "box",
    label: lines(box.label, 4).join("\n") + (MARKS[box.status] ? `\n${MARKS[box.status]}` : ""),
    margin: { top: 8, bottom: 8, left: 10, right: 10 },
    borderWidth: box.status ? 2 : 1,
    font: { color: look.colour("ink"), size: 14, face: "system-ui" },
    color: {
      background: look.colour("paper"),
      border: edge,
      highlight: { background: look.colour("paper"), border: look.colour("link") },
      hover: { background: look.colour("paper"), border: look.colour("link") },
    },
  };
}
/** Where the stage is narrow, boxes stand nearer to each other, and who set a condition is told in the panel alone. */
const isNarrow = () => byId("condition-graph").clientWidth < NARROW;
function linkItem({ link, place }) {
  const colour = link.circular ? look.colour("line-against") : look.line("conditional").colour,
    who = link.setters.map(model.label);
  const name = who.length > 2 ? `${who[0]} and ${who.length - 1} others` : who.join(" and ");
  return {
    id: place,
    from: link.condition,
    to: link.outcome,
    color: { color: colour, highlight: colour, hover: colour },
    width: link.circular ? 3.5 : 2,
    dashes: link.kind !== "only if",
    label: [isNarrow() ? "" : name, link.kind === "only if" ? "" : `(${link.kind})`, link.circular ? "⟲ circle" : ""]
      .filter(Boolean)
      .join(" "),
    font: {
      color: look.colour("ink"),
      size: 12,
      face: "system-ui",
      strokeWidth: 4,
      strokeColor: look.colour("paper"),
      // The line does not show between the words.
      background: look.colour("paper"),
      align: "horizontal",
    },
    smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 },
  };
}

function start() {
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
      say(model.boxes[place].label);
    },
  );
  kept = keepDrawingFitted(network, byId("condition-graph"), () => {
    render(true);
    select();
  });
}
// Everything, or, where that is too much to read, the beginning: the largest groups of conditions stand there.
function fit() {
  if (!nodes.length) return;
  // The library follows its stage with a later frame, and measures boxes when it draws them.
  network.setSize("100%", "100%");
  network.redraw();
  network.fit({ nodes: nodes.getIds(), maxZoomLevel: 1 });
  if (network.getScale() < READABLE) {
    const { clientWidth, clientHeight } = byId("condition-graph"),
      boxes = nodes.getIds().map((id) => network.getBoundingBox(id));
    const left = Math.min(...boxes.map((box) => box.left)) - RIM,
      top = Math.min(...boxes.map((box) => box.top)) - RIM;
    network.moveTo({ scale: READABLE, position: { x: left + clientWidth / READABLE / 2, y: top + clientHeight / READABLE / 2 } });
  }
  kept.fits();
}

function render(anew) {
  const remaining = linksLeft(),
    boxes = [...new Set(remaining.flatMap(({ link }) => [link.condition, link.outcome]))];
  const circles = remaining.filter(({ link }) => link.circular).length;
  byId("conditions-count").textContent = remaining.length
    ? `${count(remaining.length, "condition")}: what is on the left decides what is on the right; dashed: threats, exceptions, and what is said not to be a condition.` +
      (circles ? ` ${circles} of them ${circles === 1 ? "forms" : "form"} a circle (⟲).` : "")
    : "The filters leave no conditions.";
  if (!model.links.length) byId("conditions-count").textContent = "No condition was read in these texts.";
  if (!network) start();
  edges.clear();
  nodes.clear();
  const spots = packed(
    boxes.map((id) => ({ id, x: model.boxes[id].x * (isNarrow() ? NEARER : 1), y: model.boxes[id].y })),
    remaining.map(({ link }) => link),
    byId("condition-graph").clientWidth / READABLE,
  );
  nodes.add(boxes.map((place) => boxItem(place, spots.get(place))));
  edges.add(remaining.map(linkItem));
  if (anew) fit();
}
function select() {
  const { selected } = state.now;
  network.setSelection({
    nodes: selected && selected.kind === "box" && nodes.get(selected.place) ? [selected.place] : [],
    edges: selected && selected.kind === "link" && edges.get(selected.place) ? [selected.place] : [],
  });
}
/** @type {Set<number> | null} */
let drawn = null;

export const title = "Conditions";
export const place = 4;
export { markup };
/** @type {[string, string][]} */
export const keys = [
  ["arrow keys", "walk from box to box"],
  ["+ −", "zoom"],
];
const linkName = (l) =>
  [
    model.short(model.nodes[model.boxes[l.condition].nodes[0]].id),
    l.kind,
    model.short(model.nodes[model.boxes[l.outcome].nodes[0]].id),
  ].join("|");
const boxName = (b) => model.short(model.nodes[b.nodes[0]].id);
export const selections = {
  link: {
    write: (n) => linkName(model.links[n]),
    read: (name) => found(model.links.findIndex((l) => linkName(l) === name)),
    show: showLink,
  },
  box: {
    write: (n) => boxName(model.boxes[n]),
    read: (name) => found(model.boxes.findIndex((b) => boxName(b) === name)),
    show: showBox,
  },
};
export function begin() {
  byId("fit-conditions").addEventListener("click", fit);
}
export function draw() {
  if (drawn !== filters.result.statements) render(drawn === null);
  drawn = filters.result.statements;
  select();
}
export function recolour() {
  if (drawn === null || state.now.view !== "conditions") return;
  render(false);
  select();
}
export const pictured = true;
/** A picture of what lies within a frame, wherever the reader is. @param {import("./packing.js").Frame} frame */
function taken({ left, right, top, bottom }) {
  const position = network.getViewPosition(),
    scale = network.getScale();
  network.setSize(`${right - left}px`, `${bottom - top}px`);
  network.moveTo({ scale: 1, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  try {
    return canvas.picture(network);
  } finally {
    network.setSize("100%", "100%");
    network.moveTo({ scale, position });
  }
}
/** All boxes, in as many frames as it takes sheets of that share of their width; in one without it. */
const frames = (share = Infinity) =>
  framed(
    nodes.getIds().map((id) => network.getBoundingBox(id)),
    share,
  );
export const picture = () => (nodes.length ? taken(frames()[0]) : canvas.picture(network));
export const sheets = () => (nodes.length ? frames(SHEET).map(taken) : [picture()]);

function showLink(place) {
  const l = model.links[place];
  return [
    element("h2", { dir: "auto" }, `“${model.boxes[l.outcome].label}” ${l.kind} “${model.boxes[l.condition].label}”`),
    element("p", { class: "tags" }, "Set by: ", ...joined(l.setters, ", "), l.circular ? ". Part of a circle of conditions." : "."),
    ...cards(left(l.statements)),
  ];
}
function showBox(place) {
  const b = model.boxes[place],
    hanging = model.links.map((link, n) => ({ link, n })).filter(({ link }) => link.condition === place || link.outcome === place);
  const line = ({ link, n }) =>
    words(`“${model.boxes[link.outcome].label}” ${link.kind} “${model.boxes[link.condition].label}”`, () =>
      state.set({ selected: { kind: "link", place: n } }),
    );
  return [
    element("h2", { dir: "auto" }, b.label, b.status ? element("span", { class: "kind" }, ` condition ${b.status}`) : null),
    element("p", { class: "tags" }, "In the texts: ", ...joined(b.nodes, "; ")),
    element("ul", { class: "overview documents" }, ...hanging.map((one) => element("li", {}, line(one)))),
    ...cards(left([...new Set(hanging.flatMap(({ link }) => link.statements))])),
  ];
}
/** What is drawn, for whoever looks into it. */
export const shown = () => ({ network });

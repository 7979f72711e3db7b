// What is written on the network, and drawn behind it: groups with their titles, names, counts.
import { labelSize, titleSize } from "../../canvas.js";
import { count } from "../../elements.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { network } from "../../outside.js";
import { grouping, nameOf } from "./groups.js";
import { size } from "./items.js";
import { brief } from "./picture.js";
import { chosenLine, isFaded, cardOf, ownGroup, ownNode, scene, titled } from "./scene.js";

const CORNER = 14,
  GATHERING = 5,
  AROUND = 4;
// Groups are drawn behind their things: a card, and the title with what is in it.
export function drawRegions(context) {
  if (!scene.places) return;
  for (const { key } of titled()) {
    const { x, y, rx, ry } = cardOf(key),
      chosen = ownGroup() === key;
    context.save();
    context.beginPath();
    context.roundRect(x - rx, y - ry, 2 * rx, 2 * ry, CORNER);
    context.fillStyle = look.colour("panel");
    context.globalAlpha = 0.9;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = chosen ? 3 : 1.2;
    context.strokeStyle = look.colour(chosen ? "link" : "line");
    context.stroke();
    context.restore();
  }
  const own = ownNode(),
    body = own === null ? null : network.body.nodes[own];
  if (!body) return;
  context.save();
  context.globalAlpha = 0.3;
  context.fillStyle = look.colour("link");
  context.beginPath();
  context.arc(body.x, body.y, size(own) + 8, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}
const titleOf = ({ key }) => brief(nameOf(grouping(), key));
const contentOf = (region) =>
  `${count(region.statements, "statement")}` +
  (region.things > region.shown.length ? ` · ${region.shown.length} of ${region.things} things` : "");

/** Where each thing and gathering is on the screen; labels keep clear of them. */
function standing(labels, screen, scale) {
  const bodies = network.body.nodes,
    spots = new Map();
  for (const thing of scene.drawing.things.keys()) {
    if (!bodies[thing]) continue;
    const at = { ...screen(bodies[thing].x, bodies[thing].y), radius: size(thing) * scale };
    spots.set(thing, at);
    labels.body(at.x, at.y, at.radius);
  }
  return spots;
}

const cardOn = ({ key }, screen, scale) => {
  const { x, y, rx, ry } = cardOf(key);
  return { ...screen(x, y - ry), wide: rx * 2 * scale, tall: ry * 2 * scale };
};
/** What the titles of groups take on the screen. @param {import("./picture.js").Picture} drawing */
export const titleSizes = (drawing) =>
  new Map(titled(drawing).map((region) => [region.key, titleSize(titleOf(region), contentOf(region))]));
/**
 * What each thing and gathering takes on the screen with its name below it.
 * @param {import("./picture.js").Picture} drawing
 * @returns {(id: number | string) => import("./places.js").Reach}
 */
export function reachOf(drawing) {
  const gathered = new Map(drawing.bundles.map(({ id, things }) => [id, `${things.length} more`]));
  return (id) => {
    const radius = typeof id === "number" ? size(id) : GATHERING,
      name = typeof id === "number" ? labelSize(brief(model.label(id))) : labelSize(gathered.get(id), true);
    return { aside: Math.max(radius, name.wide / 2) + AROUND, above: radius + AROUND, below: radius + name.tall + AROUND };
  };
}
export function drawLabels(labels, screen, scale) {
  const spots = standing(labels, screen, scale),
    own = ownNode(),
    first = [scene.hovered, own].filter((thing) => spots.has(thing));
  for (const region of titled()) labels.title(titleOf(region), contentOf(region), cardOn(region, screen, scale));
  const order = scene.ranked.filter((thing) => spots.has(thing));
  for (const thing of new Set([...first, ...order.filter((one) => scene.hubs.has(one)), ...order])) {
    const { x, y, radius } = spots.get(thing),
      more = scene.drawing.more.get(thing);
    if (labels.isOut(x, y)) continue;
    labels.write(brief(model.label(thing)), x, y, {
      radius,
      must: scene.hubs.has(thing) || first.includes(thing),
      faint: scene.faded.has(thing),
    });
    if (more && scale > 0.3 && !scene.faded.has(thing))
      labels.write("+" + more, x + radius + 6, y - radius - 2, { small: true, colour: labels.link });
  }
  drawGathered(labels, screen, scale);
  drawCounts(labels, screen, scale, own);
}
function drawGathered(labels, screen, scale) {
  for (const { id, anchor, things } of scene.drawing.bundles) {
    const body = network.body.nodes[id];
    if (!body || scene.faded.has(anchor)) continue;
    const { x, y } = screen(body.x, body.y);
    labels.write(`${things.length} more`, x, y, { radius: GATHERING * scale, small: true, colour: labels.link });
  }
}
function drawCounts(labels, screen, scale, own) {
  if (scene.drawing.lines.length > 2000) return;
  for (const line of scene.drawing.lines) {
    const close = [line.from, line.to].some((thing) => thing === own || thing === scene.hovered) || line === chosenLine();
    if (isFaded(line) || (!close && (line.statements.length < 2 || scale < 0.5))) continue;
    const body = network.body.edges[line.id];
    if (!body || !body.connected) continue;
    const middle = body.edgeType.getPoint(0.5, body.edgeType.getViaNode()),
      at = screen(middle.x, middle.y);
    labels.write(close ? inWords(line) : `×${line.statements.length}`, at.x, at.y, { small: true, colour: look.line(line.side).colour });
  }
}
/** The relations of a line with their counts. */
function inWords(line) {
  const relations = [...new Set(line.edges.map((edge) => model.edges[edge].relation))];
  const words = relations.slice(0, 2).map(model.relation).join(", ") + (relations.length > 2 ? ` +${relations.length - 2}` : "");
  return line.statements.length > 1 ? `${words} ×${line.statements.length}` : words;
}

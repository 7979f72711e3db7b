// Things, gatherings and lines as the drawing library takes them.
import { filters } from "../../filters.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { state } from "../../state.js";
import { COLOURS, SIZES } from "./encodings.js";
import { isFaded, pair, scene, spot } from "./scene.js";

const FADED = 0.16;

export function nodeItem(thing) {
  const type = look.type(model.nodes[thing].type),
    colour = COLOURS[state.now.colour].of(thing, filters.result),
    faint = scene.faded.has(thing);
  return {
    id: thing,
    ...spot(thing),
    label: " ",
    shape: type.shape,
    size: size(thing),
    opacity: faint ? FADED : 1,
    color: {
      background: colour,
      border: look.colour("paper"),
      highlight: { background: colour, border: look.colour("paper") },
      hover: { background: colour, border: look.colour("soft") },
    },
  };
}
export const size = (thing) => SIZES[state.now.size].of(thing, filters.result);

export function bundleItem(bundle) {
  const colour = look.colour("edge");
  return {
    id: bundle.id,
    ...spot(bundle.id),
    shape: "dot",
    label: " ",
    size: 5,
    opacity: scene.faded.has(bundle.anchor) ? FADED : 1,
    color: {
      background: look.colour("paper"),
      border: colour,
      highlight: { background: colour, border: colour },
      hover: { background: look.colour("paper"), border: look.colour("link") },
    },
  };
}

// How sure the surest statement of a line is shows in its line: solid, thin, dotted. Dashed is what is negated, planned, possible or conditional.
const SURE = 0.75,
  UNSURE = 0.5;
export function lineItem(line) {
  const statements = line.statements.map((n) => model.statements[n]),
    sure = Math.max(...statements.map((s) => s.confidence)),
    firm = statements.some(model.isFirm),
    { colour, head } = look.line(line.side),
    bright = !isFaded(line);
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    color: { color: colour, highlight: colour, hover: colour, opacity: bright ? (crosses(line) ? 0.45 : 0.85) : 0.08 },
    width: sure < UNSURE ? 1 : sure < SURE ? 1.2 : Math.min(6, 1.6 + 0.7 * Math.sqrt(line.statements.length)),
    dashes: sure < UNSURE ? [1, 4] : firm ? false : [7, 5],
    arrows: { to: { enabled: true, type: head, scaleFactor: 0.6 } },
    smooth: arc(line),
  };
}
const crosses = (line) => scene.drawing.things.get(line.from) !== scene.drawing.things.get(line.to);
// Lines of several sides between the same two things lie side by side.
function arc(line) {
  const together = scene.beside.get(pair(line));
  return together.length > 1
    ? { enabled: true, type: "curvedCW", roundness: 0.12 * (together.indexOf(line) + (line.from < line.to ? 0 : 1)) }
    : false;
}
export const gatheringItem = (bundle) => ({
  id: `line:${bundle.id}`,
  from: bundle.anchor,
  to: bundle.id,
  color: { color: look.colour("edge"), opacity: scene.faded.has(bundle.anchor) ? 0.08 : 0.6 },
  width: 1,
  arrows: { to: { enabled: false } },
  smooth: false,
});

// Shapes of things and ends of lines. Colours stand in styles/colours.css, once for all pages; shapes say the same again for whoever cannot tell
// colours apart.
import { svg } from "./elements.js";

/** @type {Record<string, string>} */
const SHAPES = {
  Person: "dot",
  State: "square",
  Organization: "diamond",
  Group: "triangle",
  Plan: "star",
  Agreement: "hexagon",
  LegalAct: "triangleDown",
  Measure: "dot",
  Meeting: "hexagon",
  Figure: "diamond",
};
/** Ends of lines by the family of their relation, as vis-network calls them. @type {Record<string, string>} */
const HEADS = { for: "arrow", against: "bar", conditional: "diamond", meeting: "circle", claim: "box", neutral: "vee", neither: "vee" };
/** @type {Record<string, string>} */
const OUTLINES = {
  dot: "M7 1a6 6 0 1 0 .01 0z",
  square: "M2 2h10v10H2z",
  diamond: "M7 0l7 7-7 7-7-7z",
  triangle: "M7 1l6 12H1z",
  triangleDown: "M7 13L1 1h12z",
  star: "M7 0l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z",
  hexagon: "M3.5 1h7L14 7l-3.5 6h-7L0 7z",
};
const ENDS = {
  arrow: "M14 1l7 4-7 4z",
  bar: "M17 0h3v10h-3z",
  diamond: "M13 5l4-4 4 4-4 4z",
  circle: "M17 1a4 4 0 1 0 .01 0z",
  box: "M14 2h6v6h-6z",
  vee: "M13 1l8 4-8 4 3-4z",
};

const dark = window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;
/** @type {Map<string, string>} */
let colours = new Map();
/** @type {(() => void)[]} */
const listeners = [];
function refresh() {
  colours = new Map();
  listeners.forEach((tell) => tell());
}
dark.addEventListener("change", refresh);

/**
 * A colour of styles/colours.css as it is now, on light or on dark.
 * @param {string} name
 */
function colour(name) {
  let known = colours.get(name);
  if (known === undefined) {
    known = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    colours.set(name, known);
  }
  return known;
}

export const look = {
  types: Object.keys(SHAPES),
  colour,
  /** @param {string} type */
  type: (type) =>
    SHAPES[type] ? { shape: SHAPES[type], colour: colour(`type-${type.toLowerCase()}`) } : { shape: "dot", colour: colour("type-other") },
  /**
   * How the lines of a family or a side are drawn.
   * @param {string} family
   */
  line: (family) => ({ head: HEADS[family], colour: colour(`line-${family}`) }),
  get printing() {
    return printing;
  },
  /**
   * Paper is light.
   * @param {boolean} on
   */
  print(on) {
    printing = on;
    document.documentElement.classList.toggle("paper", on);
    refresh();
  },
  /** @param {() => void} tell */
  onChange: (tell) => listeners.push(tell),
};

/** What a type is called: "LegalAct" is a legal act. @param {string} type */
export const typeWords = (type) => type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").replace(/(?<= )[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * The sign of a type, as it stands in the network.
 * @param {string} type
 */
export const sign = (type) =>
  svg(
    "svg",
    { viewBox: "0 0 14 14", "aria-hidden": "true", class: "sign" },
    svg("path", { d: OUTLINES[look.type(type).shape], fill: look.type(type).colour }),
  );

/**
 * The line of a family of relations with its end, as it stands in the network.
 * @param {string} family
 */
export const lineSign = (family) =>
  svg(
    "svg",
    { viewBox: "0 0 22 10", class: "sign line", "aria-hidden": "true" },
    svg("path", { d: "M0 5h16", stroke: look.line(family).colour, "stroke-width": 2.4, fill: "none" }),
    svg("path", { d: ENDS[look.line(family).head], fill: look.line(family).colour }),
  );

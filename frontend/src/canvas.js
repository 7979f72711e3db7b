// What the network and the condition view share: labels that never overlap, saving as a picture, walking by keyboard.
import { Context } from "svgcanvas";

import { svg, wellFormed } from "./elements.js";
import { halves, lines } from "./labels.js";
import { look } from "./look.js";

const FONT = "13px system-ui, 'Segoe UI', 'Noto Sans', sans-serif",
  STRONG = "600 14px system-ui, 'Segoe UI', 'Noto Sans', sans-serif",
  SMALL = "11px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
const LINE = 15,
  SMALL_LINE = 13,
  BELOW = 3,
  MOST_LABELS = 260;
// A text whose first letter belongs to a script that is written from the right.
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const TITLE_TOP = 8,
  TITLE_EDGE = 16;
const widthOf = (context, text, font) => {
  context.font = font;
  return context.measureText(text).width;
};
/** A title on a card: in one line, in two, or in as many as a narrow card needs; null where it has no room for them. */
function titleLines(context, title, { wide, tall }) {
  const fits = (parts) => parts.every((part) => widthOf(context, part, STRONG) <= wide - TITLE_EDGE);
  const narrow = title.split(" ").reduce((found, word) => {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
    return found.length && fits([longer]) ? [...found.slice(0, -1), longer] : [...found, word];
  }, /** @type {string[]} */ ([]));
  return [[title], halves(title), narrow].find((parts) => fits(parts) && parts.length * LINE + TITLE_TOP < tall) || null;
}
/**
 * What a title in two lines takes with what stands below it, in pixels of the screen.
 * @param {string} title @param {string} content
 */
export function titleSize(title, content) {
  const context = measuring.getContext("2d"),
    wide = Math.max(widthOf(context, content, SMALL), ...halves(title).map((part) => widthOf(context, part, STRONG)));
  return { wide: wide + TITLE_EDGE, tall: 3 * LINE + TITLE_TOP };
}
/** What a name takes below its thing, in pixels of the screen. @param {string} text */
export function labelSize(text, small = false) {
  const context = measuring.getContext("2d"),
    parts = small ? [text] : lines(text);
  return {
    wide: Math.max(...parts.map((part) => widthOf(context, part, small ? SMALL : FONT))),
    tall: parts.length * (small ? SMALL_LINE : LINE) + BELOW,
  };
}
const measuring = document.createElement("canvas");

/** How a label is written unless told otherwise; ``colour`` empty: as its size has it. */
const PLAIN = { radius: 0, must: false, small: false, colour: "", faint: false };

// Labels are placed in the order given; one that would touch a placed one is left out until there is room.
class Labels {
  constructor(context, width, height) {
    this.context = context;
    this.width = width;
    this.height = height;
    this.taken = { label: new Map(), body: new Map() };
    this.placed = 0;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    this.paper = look.colour("paper");
    this.ink = look.colour("ink");
    this.soft = look.colour("soft");
    this.link = look.colour("link");
  }
  isOut(x, y) {
    return x < -100 || y < -50 || x > this.width + 100 || y > this.height + 50;
  }
  isFree(box, kinds) {
    if (box.left < 0 || box.right > this.width || box.top < 0 || box.bottom > this.height) return false;
    return this.cells(box).every((cell) =>
      kinds.every((kind) =>
        (this.taken[kind].get(cell) || []).every(
          (b) => b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom,
        ),
      ),
    );
  }
  cells(box) {
    const found = [];
    for (let x = Math.floor(box.left / 90); x <= Math.floor(box.right / 90); x++) {
      for (let y = Math.floor(box.top / 30); y <= Math.floor(box.bottom / 30); y++) found.push(x * 10007 + y);
    }
    return found;
  }
  block(box, kind) {
    if (this.isOut(box.right, box.bottom) && this.isOut(box.left, box.top)) return;
    const taken = this.taken[kind];
    for (const cell of this.cells(box)) {
      if (!taken.has(cell)) taken.set(cell, []);
      taken.get(cell).push(box);
    }
  }
  // A disc that labels keep clear of.
  body(x, y, radius) {
    this.block({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, "body");
  }
  // Beside a disc, where there is room: below, above, to the right, to the left; a ``must`` may lie over other discs. With radius 0 on the very spot.
  /** @param {string} text @param {number} x @param {number} y @param {Partial<typeof PLAIN>} [given] */
  write(text, x, y, given) {
    const { radius, must, small, colour, faint } = { ...PLAIN, ...given };
    if (this.placed >= MOST_LABELS) return;
    const parts = small ? [text] : lines(text),
      line = small ? SMALL_LINE : LINE;
    this.context.font = small ? SMALL : FONT;
    const box = this.place(parts, x, y, line, radius, must);
    if (!box) return;
    this.placed += 1;
    this.context.globalAlpha = faint ? 0.35 : 1;
    this.context.strokeStyle = this.paper;
    this.context.lineWidth = 3.5;
    this.context.fillStyle = colour || (small ? this.soft : this.ink);
    this.context.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
    parts.forEach((part, n) => {
      const middle = (box.left + box.right) / 2,
        height = box.top + (n + 0.5) * line;
      this.context.strokeText(part, middle, height);
      this.context.fillText(part, middle, height);
    });
    this.context.globalAlpha = 1;
  }
  // What a group is called and what is in it, at the top of its card. Where the card is smaller than that, what is in it is left out, and the title
  // where another stands. Of a card that the screen cuts, the title stands on what is seen of it.
  /** @param {string} title @param {string} content @param {{ x: number, y: number, wide: number, tall: number }} card the middle of its top, and its size */
  title(title, content, card) {
    const parts = titleLines(this.context, title, card);
    if (!parts) return;
    const from = Math.max(card.x - card.wide / 2, 0) + 4,
      to = Math.min(card.x + card.wide / 2, this.width) - 4;
    for (const [written, last] of /** @type {[string[], string][]} */ ([
      [parts, content],
      [parts, ""],
    ])) {
      const all = [...written, ...(last ? [last] : [])],
        most = Math.max(...all.map((part, n) => widthOf(this.context, part, n < written.length ? STRONG : SMALL))),
        left = Math.max(from, Math.min(card.x - most / 2, to - most)),
        top = card.y + TITLE_TOP,
        box = { left, right: left + most, top, bottom: top + all.length * LINE };
      if (box.right > to || !this.isFree(box, ["label"])) continue;
      this.block(box, "label");
      this.context.lineWidth = 3.5;
      this.context.strokeStyle = this.paper;
      this.context.direction = RIGHT_TO_LEFT.test(title) ? "rtl" : "ltr";
      all.forEach((part, n) => {
        const isTitle = n < written.length,
          level = top + (n + 0.5) * LINE;
        this.context.font = isTitle ? STRONG : SMALL;
        this.context.fillStyle = isTitle ? this.ink : this.soft;
        this.context.fillText(part, left + most / 2, level);
      });
      return;
    }
  }
  // The first free spot for some lines, and takes it.
  place(parts, x, y, line, radius, must) {
    const tall = parts.length * line,
      wide = Math.max(...parts.map((part) => this.context.measureText(part).width)),
      far = radius + BELOW;
    const inside = Math.min(Math.max(x, wide / 2 + 4), this.width - wide / 2 - 4),
      aside = far + wide / 2 + 2,
      off = far + tall / 2;
    const near = [
      [x, y + off],
      [x, y - off],
      [x + aside, y],
      [x - aside, y],
    ];
    // Where all these are taken, what must be named is named a little further away.
    const around = [off, -off, off + line, -off - line].flatMap((level) =>
      [inside, x + aside - radius, x - aside + radius].map((at) => [at, y + level]),
    );
    const spots = radius ? near : [[must ? inside : x, y]];
    for (const [kinds, those] of /** @type {[string[], number[][]][]} */ ([
      [["label", "body"], spots],
      ...(must
        ? [
            [["label", "body"], around],
            [["label"], [...spots, ...around]],
          ]
        : []),
    ])) {
      for (const [at, level] of those) {
        const box = { left: at - wide / 2 - 2, right: at + wide / 2 + 2, top: level - tall / 2, bottom: level + tall / 2 };
        if (!this.isFree(box, kinds)) continue;
        this.block(box, "label");
        return box;
      }
    }
    return null;
  }
}

// Draw in the pixels of the screen, whatever the zoom: ``draw`` gets the labels and a function from the network's places to the screen's.
export function overlay(network, draw) {
  network.on("afterDrawing", (context) => {
    const ratio = network.canvas.pixelRatio,
      { clientWidth: width, clientHeight: height } = network.canvas.frame.canvas;
    const scale = network.getScale(),
      centre = network.getViewPosition();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(
      new Labels(context, width, height),
      (x, y) => ({ x: (x - centre.x) * scale + width / 2, y: (y - centre.y) * scale + height / 2 }),
      scale,
    );
    context.restore();
    // The library closes the path that it had begun before.
    context.beginPath();
  });
}

// On a canvas the current path outlives a save(), and vis-network draws so; svgcanvas forgets on which element the path was begun.
class Drawing extends Context {
  takeUp() {
    if (this.__currentElement.nodeName === "path") return;
    const path = this.__currentDefaultPath;
    this.beginPath();
    this.__currentDefaultPath = path;
  }
  fill(...given) {
    this.takeUp();
    super.fill(...given);
  }
  stroke(...given) {
    this.takeUp();
    super.stroke(...given);
  }
}

// The drawing once more, by the same code, into an SVG.
export function picture(network) {
  const { clientWidth: width, clientHeight: height } = network.canvas.frame.canvas;
  const context = new /** @type {any} */ (Drawing)(width, height),
    ratio = network.canvas.pixelRatio;
  network.canvas.getContext = () => context;
  network.canvas.pixelRatio = 1;
  try {
    network.redraw();
  } finally {
    delete network.canvas.getContext;
    network.canvas.pixelRatio = ratio;
    network.redraw();
  }
  const root = context.getSvg();
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  root.prepend(svg("rect", { width, height, fill: look.colour("paper") }));
  return wellFormed(new XMLSerializer().serializeToString(root));
}

// Arrow keys go to the nearest thing in their direction, plus and minus zoom.
const AHEAD = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The thing that lies ahead of where the reader is; what lies aside counts as further away. */
function ahead(network, places, from, [dx, dy]) {
  const at = from === null ? network.getViewPosition() : network.getPosition(from);
  let best = null;
  for (const place of places) {
    if (place === from) continue;
    const to = network.getPosition(place),
      along = (to.x - at.x) * dx + (to.y - at.y) * dy,
      aside = Math.abs((to.x - at.x) * dy + (to.y - at.y) * dx);
    if (from !== null && along <= 0) continue;
    const far = (from === null ? Math.abs(along) : along) + aside * 2;
    if (!best || far < best.far) best = { place, far };
  }
  return best ? best.place : null;
}

export function walk(holder, network, places, current, choose) {
  holder.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "-") {
      network.moveTo({ scale: network.getScale() * (event.key === "+" ? 1.25 : 0.8) });
    } else if (AHEAD[event.key]) {
      const next = ahead(network, places(), current(), AHEAD[event.key]);
      if (next !== null) {
        choose(next);
        network.moveTo({ position: network.getPosition(next) });
      }
    } else return;
    event.preventDefault();
  });
}

// Where the boxes stand that the filters leave: what hangs together stays as it was placed when the page was written, and is put beside the rest
// without the room of what is left out.

/** @typedef {{ id: number, x: number, y: number }} Placed */

const WIDE = 300,
  TALL = 110;

/**
 * @param {Placed[]} boxes @param {{ condition: number, outcome: number }[]} links @param {number} width how wide a row is, in pixels
 * @returns {Map<number, { x: number, y: number }>}
 */
export function packed(boxes, links, width) {
  const found = new Map();
  let x = 0,
    y = 0,
    tall = 0;
  for (const part of parts(boxes, links)) {
    const left = Math.min(...part.map((box) => box.x)),
      top = Math.min(...part.map((box) => box.y)),
      reach = Math.max(...part.map((box) => box.x)) - left + WIDE,
      height = Math.max(...part.map((box) => box.y)) - top + TALL;
    if (x && x + reach > width) {
      x = 0;
      y += tall;
      tall = 0;
    }
    for (const box of part) found.set(box.id, { x: x + box.x - left, y: y + box.y - top });
    x += reach;
    tall = Math.max(tall, height);
  }
  return found;
}

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Frame */

/** Room between the boxes and what they are shown in. */
export const RIM = 16;
/**
 * Frames that hold all boxes one below the other, none taller than a share of its width unless what hangs in it is; no box is cut.
 * @param {Frame[]} boxes @param {number} share
 * @returns {Frame[]}
 */
export function framed(boxes, share) {
  const left = Math.min(...boxes.map((box) => box.left)) - RIM,
    right = Math.max(...boxes.map((box) => box.right)) + RIM,
    most = (right - left) * share;
  /** @type {Frame[]} */
  const found = [];
  /** @type {{ top: number, bottom: number }[]} */
  const bands = [];
  // Boxes that lie beside each other are one band.
  for (const { top, bottom } of [...boxes].sort((one, other) => one.top - other.top)) {
    const last = bands.at(-1);
    if (last && top < last.bottom) last.bottom = Math.max(last.bottom, bottom);
    else bands.push({ top, bottom });
  }
  for (const { top, bottom } of bands) {
    const last = found.at(-1);
    if (last && bottom + RIM - last.top <= most) last.bottom = bottom + RIM;
    else found.push({ left, right, top: top - RIM, bottom: bottom + RIM });
  }
  return found;
}

/** What hangs together, the most first. */
function parts(boxes, links) {
  const beside = new Map(boxes.map(({ id }) => [id, /** @type {number[]} */ ([])]));
  for (const { condition, outcome } of links) {
    beside.get(condition).push(outcome);
    beside.get(outcome).push(condition);
  }
  const at = new Map(boxes.map((box) => [box.id, box])),
    seen = new Set(),
    found = [];
  for (const { id } of boxes) {
    if (seen.has(id)) continue;
    const part = [],
      rim = [id];
    seen.add(id);
    while (rim.length) {
      const one = rim.pop();
      part.push(at.get(one));
      for (const other of beside.get(one)) if (!seen.has(other)) rim.push(other) && seen.add(other);
    }
    found.push(part);
  }
  return found.sort((one, other) => other.length - one.length || one[0].id - other[0].id);
}

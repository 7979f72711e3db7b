// The page's data as it carries them (kgraph.views.packing) become what kgraph.views.contract describes.

/** @typedef {unknown[] | { of: unknown[], at: number[] } | { after: string, rest: unknown }} Column */

/**
 * @param {any} column
 * @returns {any[]}
 */
function values(column) {
  if (Array.isArray(column)) return column;
  if ("after" in column) return values(column.rest).map((text) => column.after + text);
  return column.at.map((place) => column.of[place]);
}

// Column after column, into objects that have every field from the beginning: a page can have tens of thousands of rows, and an object that grows
// field by field takes three times as long.
function rows(columns) {
  const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, null])),
    [first] = Object.values(columns);
  /** @type {Record<string, unknown>[]} */
  const found = values(first).map(() => ({ ...blank }));
  for (const [name, column] of Object.entries(columns)) {
    const all = values(column);
    for (let row = 0; row < all.length; row++) found[row][name] = all[row];
  }
  return found;
}

/**
 * @param {Record<string, any>} packed
 * @returns {import("./types").PageData}
 */
export const unpack = (packed) =>
  /** @type {any} */ (
    Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, value !== null && value.columns ? rows(value.columns) : value]))
  );

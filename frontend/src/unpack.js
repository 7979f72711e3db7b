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

// Column after column: a page can have tens of thousands of rows.
function rows(columns) {
  /** @type {Record<string, unknown>[]} */
  let found = [];
  for (const [name, column] of Object.entries(columns)) {
    const all = values(column);
    if (!found.length) found = all.map(() => ({}));
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

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

function rows(columns) {
  const names = Object.keys(columns),
    all = names.map((name) => values(columns[name]));
  return all[0].map((_, row) => Object.fromEntries(names.map((name, n) => [name, all[n][row]])));
}

/**
 * @param {Record<string, any>} packed
 * @returns {import("./types").PageData}
 */
export const unpack = (packed) =>
  /** @type {any} */ (
    Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, value !== null && value.columns ? rows(value.columns) : value]))
  );

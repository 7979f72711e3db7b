// What stands on the page beside this script, and what scripts that are no modules leave in the window: the one place that touches either.

const page = /** @type {any} */ (window);

/**
 * The content of one of the page's JSON blocks; null where the page has none of this name.
 * @param {string} id
 */
export function carried(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent || "null") : null;
}

/** On which view the page opens, and what it was told of its graph. */
export const start = carried("start");
/** Prefixes of IRIs by their names. */
export const prefixes = carried("prefixes");

/** The drawing library that pyvis brings. */
export const vis = page.vis;
/** What pyvis's script has drawn. */
export const { network, nodes, edges } = page;
/** The editor and the table of results of YASGUI, where the page carries them. */
export const { Yasqe, Yasr } = page;

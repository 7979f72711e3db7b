// What a page carries in little room: texts deflated by kgraph.views.packing, in base 64.

/**
 * @param {string} packed
 * @returns {Promise<string>}
 */
export function inflate(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

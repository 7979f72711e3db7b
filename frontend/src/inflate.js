// What a page carries in little room: texts deflated by kgraph.views.packing, in base 64.

/**
 * @param {string} packed
 * @returns {Promise<string>}
 */
export function inflate(packed) {
  // Letter by letter: Uint8Array.from with a function takes ten times as long, and a page of 20,000 statements carries 2 MB.
  const letters = atob(packed),
    bytes = new Uint8Array(letters.length);
  for (let n = 0; n < bytes.length; n++) bytes[n] = letters.charCodeAt(n);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

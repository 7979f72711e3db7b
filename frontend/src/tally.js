// How many statements there are of each value: the values of every statement are looked up once, so that a count of some statements is quick.

/**
 * @template T, V
 * @param {T[]} rows @param {(row: T) => Iterable<V>} of the values of a row
 */
export function tallied(rows, of) {
  /** @type {Map<V, number>} */
  const codes = new Map(),
    starts = new Uint32Array(rows.length + 1),
    /** @type {number[]} */
    all = [];
  for (const [place, row] of rows.entries()) {
    for (const value of of(row)) {
      let code = codes.get(value);
      if (code === undefined) codes.set(value, (code = codes.size));
      all.push(code);
    }
    starts[place + 1] = all.length;
  }
  const values = [...codes.keys()];
  return {
    /** Every value there is. */
    values,
    /** How often each value stands in some rows, by the value. @param {Iterable<number>[]} parts places of rows */
    counts(...parts) {
      const counts = new Uint32Array(values.length),
        /** @type {Map<V, number>} */
        found = new Map();
      for (const places of parts) {
        for (const place of places) for (let at = starts[place]; at < starts[place + 1]; at++) counts[all[at]] += 1;
      }
      for (const [code, count] of counts.entries()) if (count) found.set(values[code], count);
      return found;
    },
  };
}

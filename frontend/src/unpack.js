// The page's data as it carries them (kgraph.views.packing) become what kgraph.views.contract describes.
import { once } from "./once.js";

/** @typedef {unknown[] | { of: unknown[], at: number[] } | { after: string, rest: any }} Column */

/**
 * The values of a column, one by one.
 * @param {any} column
 * @returns {(place: number) => any}
 */
function reader(column) {
  if (Array.isArray(column)) return (place) => column[place];
  if ("after" in column) {
    const rest = reader(column.rest);
    return (place) => column.after + rest(place);
  }
  return (place) => column.of[column.at[place]];
}
/** @param {any} column @returns {number} */
const lengthOf = (column) => (Array.isArray(column) ? column.length : "after" in column ? lengthOf(column.rest) : column.at.length);

// A row knows its place alone, and reads its fields from the columns: a page can have tens of thousands of rows of thirty fields, of which it shows a
// few in full.
function rows(columns, apart) {
  class Row {
    /** @param {number} place */
    constructor(place) {
      this.place = place;
    }
  }
  for (const [name, column] of Object.entries(columns)) {
    const read = isApart(column) ? readLater(() => reader(apart(name))) : reader(column);
    Object.defineProperty(Row.prototype, name, {
      get() {
        return read(this.place);
      },
      enumerable: true,
    });
  }
  const whole = Object.values(columns).find((column) => !isApart(column));
  return Array.from({ length: lengthOf(whole) }, (_, place) => new Row(place));
}
const isApart = (value) => value !== null && value.apart === true;
function readLater(make) {
  const read = once(make);
  return (place) => read()(place);
}
/** A list of the data; everything else is as it is carried. */
const list = (value, apart) => (value !== null && value.columns ? rows(value.columns, apart) : value);

/**
 * Every list of the data, the objects in it with their places.
 * @param {Record<string, any>} packed what the first drawing needs; {"apart": true} stands for a list or a column that is carried by itself
 * @param {() => Record<string, any>} read gives what is carried by itself; called when something of it is first asked for
 * @returns {import("./types").PageData}
 */
export function unpack(packed, read) {
  const later = once(read),
    found = {};
  for (const [name, value] of Object.entries(packed)) {
    if (isApart(value)) Object.defineProperty(found, name, { get: once(() => list(later()[name])), enumerable: true });
    else found[name] = list(value, (column) => later()[name].columns[column]);
  }
  return /** @type {any} */ (found);
}

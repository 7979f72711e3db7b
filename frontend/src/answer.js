// The table of an answer: headers whole, columns by choice, sorted, and as CSV what is shown.
import Papa from "papaparse";

import { count, element } from "./elements.js";

const STEP = 200;
// Columns that serve programs: there, but not shown at first.
const HIDDEN = ["statement", "s"];

/** @typedef {{ type: string, value: string, datatype?: string }} Term */

/**
 * How two values are ordered: numbers by size, all else as text; what is missing last.
 * @param {string | undefined} one @param {string | undefined} other
 */
export function compare(one, other) {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
  const numbers = [Number(one), Number(other)];
  if (one.trim() && other.trim() && !numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
  return one.localeCompare(other, "en", { numeric: true });
}

/** How a value stands in its cell: numbers at the end, days on one line. @param {string} value */
const kindOf = (value) => (/^-?[\d.]+$/.test(value) ? "number" : /^\d{4}-\d\d(-\d\d)?$/.test(value) ? "day" : "");

/**
 * Show rows of SPARQL's JSON form in an element; gives what the buttons around it need.
 * @param {HTMLElement} holder
 * @param {{ head: { vars: string[] }, results: { bindings: Record<string, Term>[] } }} answered
 * @param {{ names: (iris: string[]) => Promise<Map<string, string>>, local: (iri: string) => string }} engine
 */
export async function answerTable(holder, answered, engine) {
  const columns = answered.head.vars,
    rows = answered.results.bindings,
    filled = columns.filter((column) => rows.some((row) => row[column]));
  const iris = [...new Set(rows.flatMap((row) => Object.values(row).flatMap((term) => (term.type === "uri" ? [term.value] : []))))];
  const names = iris.length ? await engine.names(iris) : new Map();
  const chosen = new Set(filled.filter((column) => filled.length === 1 || !HIDDEN.includes(column)));
  const said = (term) => (term === undefined ? undefined : term.type === "uri" ? names.get(term.value) || term.value : term.value);
  let by = null,
    falling = false,
    shown = STEP;

  const visible = () => filled.filter((column) => chosen.has(column));
  const sorted = () => {
    if (by === null) return rows;
    const found = [...rows].sort((one, other) => compare(said(one[by]), said(other[by])));
    return falling ? found.reverse() : found;
  };
  function sort(column) {
    falling = by === column && !falling;
    by = column;
    draw();
    /** @type {HTMLElement} */ (holder.querySelector(`[data-column="${CSS.escape(column)}"] button`))?.focus();
  }
  function cell(term) {
    if (!term) return element("td");
    if (term.type !== "uri") return element("td", { dir: "auto", class: kindOf(term.value) }, term.value);
    return element(
      "td",
      { dir: "auto" },
      element("a", { class: "iri", href: engine.local(term.value), title: term.value }, element("span", { class: "name" }, said(term))),
    );
  }
  const head = (column) =>
    element(
      "th",
      { scope: "col", "data-column": column, "aria-sort": by === column ? (falling ? "descending" : "ascending") : "none" },
      element("button", { type: "button", onclick: () => sort(column) }, column),
    );
  const choose = () =>
    element(
      "details",
      { class: "columns", open: holder.querySelector("details.columns[open]") !== null },
      element("summary", {}, `Columns (${chosen.size} of ${filled.length})`),
      ...filled.map((column) =>
        element(
          "label",
          {},
          element("input", {
            type: "checkbox",
            checked: chosen.has(column),
            onchange: (event) => {
              if (event.target.checked) chosen.add(column);
              else chosen.delete(column);
              draw();
            },
          }),
          column,
        ),
      ),
    );
  function draw() {
    const all = sorted();
    holder.replaceChildren(
      choose(),
      element(
        "div",
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Answer" },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, ...visible().map(head))),
          element("tbody", {}, ...all.slice(0, shown).map((row) => element("tr", {}, ...visible().map((column) => cell(row[column]))))),
        ),
      ),
      ...(all.length > shown
        ? [
            element(
              "button",
              {
                type: "button",
                onclick: () => {
                  shown += STEP;
                  draw();
                },
              },
              `Show ${Math.min(STEP, all.length - shown)} more of ${count(all.length, "row")}`,
            ),
          ]
        : []),
    );
  }
  draw();
  return {
    /** The columns and rows that are shown, in their order. */
    csv: () =>
      Papa.unparse(
        { fields: visible(), data: sorted().map((row) => visible().map((column) => said(row[column]) ?? "")) },
        { newline: "\r\n" },
      ) + "\r\n",
    /** The statements of the answer. */
    statements: () => [
      ...new Set(rows.flatMap((row) => HIDDEN.flatMap((column) => (row[column]?.type === "uri" ? [row[column].value] : [])))),
    ],
  };
}

// The same statements as a table: for screen readers, for printing, and for whoever would rather read.
import "./style.css";

import { byId, element, redraw, words } from "../../elements.js";
import { filters } from "../../filters.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { state } from "../../state.js";
import markup from "./view.html";

const PAGE = 200;
let shown = PAGE;

const sentence = (s) => {
  const said = model.sentence(s);
  return [said.before, element("mark", {}, said.quote), said.after];
};
/** @type {[string, (s: import("../../types").Statement) => any][]} */
const COLUMNS = [
  ["Who", (s) => model.who(s)],
  ["Does", (s) => model.verb(s) + (s.modality === "actual" ? "" : ` (${s.modality})`)],
  ["What", (s) => (s.condition === null ? model.what(s) : `“${model.what(s)}” on “${model.label(s.condition)}”`)],
  ["When", (s) => s.when],
  ["Sentence", sentence],
  ["According to", (s) => model.says(s)],
  ["Reported by", (s) => model.documents[s.document].title],
];

function row(s) {
  const { selected } = state.now,
    isChosen = selected && selected.kind === "statement" && selected.place === s.place;
  return element(
    "tr",
    { class: isChosen ? "chosen" : "", "data-statement": model.short(s.id) },
    ...COLUMNS.map(([name, value], n) => {
      const found = value(s);
      if (n === 1)
        return element(
          "td",
          { "data-column": name },
          words(found, () => state.set({ selected: { kind: "statement", place: s.place } }), {
            "aria-label": `Evidence: ${model.who(s)} ${found} ${model.what(s)}`,
          }),
        );
      return element(
        "td",
        { dir: "auto", class: name === "Sentence" ? "sentence" : "", "data-column": name },
        ...(Array.isArray(found) ? found : [found]),
      );
    }),
  );
}
function render() {
  const left = model.statements.filter((s) => filters.result.statements.has(s.place)).sort(model.byTime);
  const { selected } = state.now,
    wanted = selected && selected.kind === "statement" ? left.findIndex((s) => s.place === selected.place) : -1;
  shown = Math.max(shown, wanted + 1);
  byId("statements-head").replaceChildren(element("tr", {}, ...COLUMNS.map(([name]) => element("th", { scope: "col" }, name))));
  byId("statements-body").replaceChildren(...left.slice(0, look.printing ? left.length : shown).map(row));
  byId("more-rows").hidden = left.length <= shown;
  byId("more-rows").textContent = `Show ${Math.min(PAGE, left.length - shown)} more of ${(left.length - shown).toLocaleString("en")}`;
}

export const title = "Table";
export const place = 5;
export { markup };
export function begin() {
  byId("more-rows").addEventListener("click", () => {
    shown += PAGE;
    render();
  });
}
export function draw(now, before) {
  redraw(byId("statements-body"), render);
  const row = byId("statements-body").querySelector("tr.chosen");
  if (row && (!before || before.selected !== now.selected || before.view !== now.view)) row.scrollIntoView({ block: "nearest" });
}

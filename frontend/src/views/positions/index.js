// Where each party stands on each issue, on a day that the reader moves.
import { button, byId, count, element, redraw } from "../../elements.js";
import { found } from "../../fields.js";
import { filters } from "../../filters.js";
import { model } from "../../model.js";
import { cards, inOrder, pick } from "../../panel.js";
import { state } from "../../state.js";
import markup from "./view.html";

// The stances that hold on a day: of each party and issue the last one up to it.
function standing(day) {
  const last = new Map();
  model.stances.forEach((p, place) => {
    if (day ? !p.as_of || p.as_of > day : p.as_of) return;
    const key = `${p.actor} ${p.issue}`,
      before = last.get(key);
    if (!before || p.as_of >= before.as_of) last.set(key, { ...p, place });
  });
  return [...last.values()];
}

function render() {
  const now = state.now,
    held = standing(now.day).filter(
      (p) =>
        (now.actor === null || p.actor === now.actor) &&
        (now.issue === null || p.issue === now.issue) &&
        !now["no-type"].has(model.nodes[p.actor].type) &&
        p.statements.some((s) => filters.result.statements.has(s)),
    );
  const issues = [...new Set(held.map((p) => p.issue))].sort((a, b) => model.issues[a].label.localeCompare(model.issues[b].label, "en"));
  const per = new Map();
  for (const p of held) per.set(p.actor, (per.get(p.actor) || 0) + 1);
  const actors = [...per.keys()].sort((a, b) => per.get(b) - per.get(a) || model.label(a).localeCompare(model.label(b), "en"));
  const at = new Map(held.map((p) => [`${p.actor} ${p.issue}`, p]));
  byId("day-slider").value = String(now.day ? model.days.indexOf(now.day) : model.days.length);
  byId("day-slider").setAttribute("aria-valuetext", now.day ? `as of ${now.day}` : "by all that is known");
  byId("day-value").textContent = now.day ? `as of ${now.day}` : "by all that is known";
  byId("positions-count").textContent = held.length
    ? `${count(held.length, "position")} of ${count(actors.length, "party", "parties")}. Empty cells: nothing was read.`
    : "No position is left by the filters.";
  byId("matrix").replaceChildren(
    element("thead", {}, element("tr", {}, element("td"), ...issues.map((i) => element("th", { scope: "col" }, model.issues[i].label)))),
    element(
      "tbody",
      {},
      ...actors.map((a) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", dir: "auto" }, pick(a)),
          ...issues.map((i) => {
            const p = at.get(`${a} ${i}`);
            return element(
              "td",
              {},
              p
                ? button(p.stance, () => state.set({ selected: { kind: "stance", place: p.place } }), {
                    class: `stance ${p.tone} ${p.certainty}`,
                    title: `${p.certainty}; ${count(p.statements.length, "statement")}`,
                  })
                : null,
            );
          }),
        ),
      ),
    ),
  );
}

export const title = "Positions";
export const place = 3;
export { markup };
const name = (p) => [model.short(model.nodes[p.actor].id), model.issues[p.issue].id, p.as_of].join("|");
export const selections = {
  stance: {
    write: (n) => name(model.stances[n]),
    read: (text) => found(model.stances.findIndex((p) => name(p) === text)),
    show: (n) => {
      const p = model.stances[n];
      return [
        element("h2", {}, pick(p.actor), ` on ${model.issues[p.issue].label}`),
        element("p", {}, element("strong", {}, p.stance), ` (${p.certainty}) ${p.as_of ? "as of " + p.as_of : "by all that is known"}`),
        ...cards(inOrder(p.statements)),
      ];
    },
  },
};
export function begin() {
  const slider = byId("day-slider");
  slider.max = String(model.days.length);
  slider.addEventListener("input", () => state.set({ day: model.days[Number(slider.value)] || "" }, true));
  slider.addEventListener("change", () => state.set({ day: model.days[Number(slider.value)] || "" }));
}
export function draw() {
  redraw(byId("matrix"), render);
}

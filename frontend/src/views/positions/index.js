// Where each party stands on each issue, on a day that the reader moves: a field of colours that fits, each with its sentences and its history.
import "./style.css";

import { button, byId, count, element, redraw, words as link } from "../../elements.js";
import { found, oneOf, yesOrNo } from "../../fields.js";
import { filters } from "../../filters.js";
import { model } from "../../model.js";
import { cards, inOrder, pick } from "../../panel.js";
import { state } from "../../state.js";
import { grid, history, standing } from "./grid.js";
import markup from "./view.html";

const SORTS = { count: { title: "how much is told" }, name: { title: "name" } };
const stances = model.stances.map((stance, place) => ({ ...stance, place }));
const partyOf = (actor) => (state.now.rolled ? (model.nodes[actor].party ?? actor) : actor);
const names = { party: model.label, issue: (n) => model.issues[n].label };
const dayInWords = (day) => (day ? `as of ${day}` : "by all that is known");

function held() {
  const now = state.now;
  return standing(stances, now.day).filter(
    (p) =>
      (now.actor === null || p.actor === now.actor) &&
      (now.issue === null || p.issue === now.issue) &&
      !now["no-type"].has(model.nodes[p.actor].type) &&
      p.statements.some((s) => filters.result.statements.has(s)),
  );
}

// Short words that a narrow cell holds; the whole stands in its title and in the panel.
const SIGNS = { for: "+", against: "−", conditional: "?", mixed: "±" };
function cell(found) {
  if (!found) return element("td", {});
  const said = [...new Set(found.stances.map(({ stance }) => stance))].join("; "),
    told = found.stances.reduce((sum, { statements }) => sum + statements.length, 0);
  return element(
    "td",
    {},
    button(SIGNS[found.tone], () => state.set({ selected: { kind: "stance", place: found.stances[0].place } }), {
      class: `stance ${found.tone} ${found.certainty}`,
      title: `${said} (${found.certainty}; ${count(told, "statement")})`,
      "aria-label": `${said}, ${found.certainty}`,
    }),
  );
}
const head = (isParty, n) => (isParty ? pick(n) : element("span", {}, model.issues[n].label));

function render() {
  const now = state.now,
    all = held(),
    { rows, columns, at } = grid(all, partyOf, { byName: now.sort === "name", turned: now.turned }, names);
  byId("matrix").replaceChildren(
    element("caption", { class: "hidden" }, "Where each party stands on each issue"),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("td", { class: "corner" }),
        ...columns.map((n) => element("th", { scope: "col", dir: "auto" }, element("div", {}, head(now.turned, n)))),
      ),
    ),
    element(
      "tbody",
      {},
      ...rows.map((row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", dir: "auto" }, head(!now.turned, row)),
          ...columns.map((column) => cell(at(row, column))),
        ),
      ),
    ),
  );
  const parties = now.turned ? columns : rows;
  byId("positions-count").textContent = all.length
    ? `${count(all.length, "position")} of ${count(parties.length, "party", "parties")}, ${dayInWords(now.day)}. Empty cells: nothing was read.`
    : "No position is left by the filters.";
}

function showTools() {
  const now = state.now,
    slider = byId("day-slider"),
    before = model.days.filter((day) => day <= now.day).length - 1;
  slider.value = String(now.day ? Math.max(0, before) : model.days.length);
  slider.setAttribute("aria-valuetext", dayInWords(now.day));
  byId("day-value").textContent = dayInWords(now.day);
  byId("rolled").checked = now.rolled;
  byId("turned").checked = now.turned;
  byId("sort-by").value = now.sort;
}

/** A cell: what is held on the day that is asked, by whom, and what was held before. */
function show(place) {
  const chosen = stances[place],
    party = partyOf(chosen.actor),
    here = standing(stances, state.now.day).filter((p) => p.issue === chosen.issue && partyOf(p.actor) === party);
  const own = here.length ? here : [chosen];
  return [
    element("h2", {}, pick(party), ` on ${model.issues[chosen.issue].label}`),
    ...own.map((p) =>
      element(
        "p",
        {},
        p.actor === party ? "" : link(model.label(p.actor), () => state.set({ selected: { kind: "node", place: p.actor } })),
        p.actor === party ? "" : ": ",
        element("strong", {}, p.stance),
        ` (${p.certainty}) ${dayInWords(state.now.day)}`,
      ),
    ),
    ...earlier(own),
    ...cards(inOrder([...new Set(own.flatMap(({ statements }) => statements))])),
  ];
}
function earlier(own) {
  const steps = own.flatMap((p) => history(stances, p.actor, p.issue).map((one) => ({ ...one, who: p.actor })));
  if (steps.length < 2) return [];
  return [
    element("h3", {}, "How it came about"),
    element(
      "ol",
      { class: "history" },
      ...steps.map((one) =>
        element(
          "li",
          {},
          button(`${one.as_of}: ${own.length > 1 ? model.label(one.who) + " " : ""}${one.stance}`, () => state.set({ day: one.as_of }), {
            class: `stance ${one.tone} ${one.certainty}`,
          }),
        ),
      ),
    ),
  ];
}

export const title = "Positions";
export const place = 3;
export { markup };
export const fields = {
  rolled: { ...yesOrNo(false), kept: true },
  turned: { ...yesOrNo(false), kept: true },
  sort: { ...oneOf("count", Object.keys(SORTS)), kept: true },
};
const name = (p) => [model.short(model.nodes[p.actor].id), model.issues[p.issue].id, p.as_of].join("|");
export const selections = {
  stance: { write: (n) => name(model.stances[n]), read: (text) => found(model.stances.findIndex((p) => name(p) === text)), show },
};
export function begin() {
  const slider = byId("day-slider"),
    move = (passing) => state.set({ day: model.days[Number(slider.value)] || "" }, passing);
  slider.max = String(model.days.length);
  slider.addEventListener("input", () => move(true));
  slider.addEventListener("change", () => move(false));
  byId("sort-by").append(...Object.entries(SORTS).map(([value, { title: label }]) => element("option", { value }, label)));
  byId("sort-by").addEventListener("change", () => state.set({ sort: byId("sort-by").value }));
  for (const id of ["rolled", "turned"]) byId(id).addEventListener("change", () => state.set({ [id]: byId(id).checked }));
}
export function draw() {
  showTools();
  redraw(byId("matrix"), render);
}

// Where each party stands on each issue, on a day that the reader moves: a field of colours that fits, each with its sentences and its history.
import "./style.css";

import { button, byId, count, element, redraw, words as link } from "../../elements.js";
import { day, found, oneOf, yesOrNo } from "../../fields.js";
import { filters } from "../../filters.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { cards, inOrder, pick } from "../../panel.js";
import { state } from "../../state.js";
import { ALL, compared, inTime, said } from "./compare.js";
import { grid, history, standing } from "./grid.js";
import markup from "./view.html";

const SORTS = { count: { title: "number of statements" }, name: { title: "name" } };
const partyOf = (actor) => (state.now.rolled ? (model.nodes[actor].party ?? actor) : actor);
const names = { party: model.label, issue: (n) => model.issues[n].label };
const dayInWords = (when) => (when ? `as of ${when}` : "by all the reports");
/** The days that are looked at: the one that is asked, or that and another in the order of time. */
const days = () => (state.now.against ? inTime(state.now.day, state.now.against) : [state.now.day]);

/** @param {string} when */
function held(when) {
  const now = state.now,
    left = filters.leftBy(when);
  return standing(model.stances, when).filter(
    (p) =>
      (now.actor === null || p.actor === now.actor) &&
      (now.issue === null || p.issue === now.issue) &&
      !now["no-type"].has(model.nodes[p.actor].type) &&
      p.statements.some((s) => left.has(s)),
  );
}

// Short words that a narrow cell holds; the whole stands in its title and in the panel.
const SIGNS = { for: "+", against: "−", conditional: "?", mixed: "±" };
function cell(found) {
  if (!found) return element("td", {});
  const words = said(found),
    told = found.stances.reduce((sum, { statements }) => sum + statements.length, 0);
  return element(
    "td",
    {},
    button(SIGNS[found.tone], () => state.set({ selected: { kind: "stance", place: found.stances[0].place } }), {
      class: `stance ${found.tone} ${found.certainty}`,
      title: `${words} (${found.certainty}; ${count(told, "statement")})`,
      "aria-label": `${words}, ${found.certainty}`,
    }),
  );
}
const head = (isParty, n) => (isParty ? pick(n) : element("span", {}, model.issues[n].label));

const wish = () => ({ byName: state.now.sort === "name", turned: state.now.turned });

/** A position in words; nothing where none was read. */
function position(held) {
  if (!held) return element("td", { class: "soft" }, "nothing was read");
  return element(
    "td",
    {},
    button(said(held), () => state.set({ selected: { kind: "stance", place: held.stances[0].place } }), {
      class: `stance ${held.tone} ${held.certainty}`,
      title: held.certainty,
    }),
  );
}
function renderCompared() {
  const now = state.now,
    both = days(),
    all = compared(held(both[0]), held(both[1]), partyOf, wish(), names),
    isChanged = ({ change }) => change !== "same",
    rows = all.map(({ row, pairs }) => ({ row, pairs: now.changed ? pairs.filter(isChanged) : pairs })).filter(({ pairs }) => pairs.length),
    pairs = all.flatMap((one) => one.pairs),
    heads = now.turned ? ["Issue", "Party"] : ["Party", "Issue"];
  byId("matrix").className = "compared";
  byId("matrix").replaceChildren(
    element("caption", { class: "hidden" }, "What each party held on two days"),
    element(
      "thead",
      {},
      element("tr", {}, ...[...heads, ...both.map(dayInWords), "Change"].map((words) => element("th", { scope: "col" }, words))),
    ),
    element(
      "tbody",
      {},
      ...rows.flatMap((one) =>
        one.pairs.map(({ column, before, after, change }, n) =>
          element(
            "tr",
            { class: change },
            n ? null : element("th", { scope: "rowgroup", rowSpan: one.pairs.length, dir: "auto" }, head(!now.turned, one.row)),
            element("td", { dir: "auto" }, head(now.turned, column)),
            position(before),
            position(after),
            element("td", {}, change === "same" ? "" : change),
          ),
        ),
      ),
    ),
  );
  byId("positions-count").textContent = pairs.length
    ? `${pairs.filter(isChanged).length} of ${count(pairs.length, "position")} changed: ${dayInWords(both[0])}, and ${dayInWords(both[1])}.`
    : "The filters leave no position.";
}

function render() {
  if (state.now.against) return renderCompared();
  const now = state.now,
    all = held(now.day),
    { rows, columns, at } = grid(all, partyOf, wish(), names);
  byId("matrix").className = "";
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
    : "The filters leave no position.";
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
  byId("changed").checked = now.changed;
  byId("only-changed").hidden = !now.against;
  const other = byId("against");
  if (![...other.options].some(({ value }) => value === now.against)) other.append(element("option", { value: now.against }, now.against));
  other.value = now.against;
}

/** A cell: what is held on each day that is looked at, by whom, and what was held before. */
function show(place) {
  const chosen = model.stances[place],
    party = partyOf(chosen.actor);
  const here = days().map((when) => ({
    when,
    own: standing(model.stances, when).filter((p) => p.issue === chosen.issue && partyOf(p.actor) === party),
  }));
  if (here.every(({ own }) => !own.length)) here[0].own = [chosen];
  const all = [...new Set(here.flatMap(({ own }) => own))];
  return [
    element("h2", {}, pick(party), ` on ${model.issues[chosen.issue].label}`),
    ...here.flatMap(({ when, own }) =>
      own.length
        ? own.map((p) =>
            element(
              "p",
              {},
              p.actor === party ? "" : link(model.label(p.actor), () => state.set({ selected: { kind: "node", place: p.actor } })),
              p.actor === party ? "" : ": ",
              element("strong", {}, p.stance),
              ` (${p.certainty}) ${dayInWords(when)}`,
            ),
          )
        : [element("p", { class: "soft" }, `nothing was read ${dayInWords(when)}`)],
    ),
    ...earlier(all),
    ...cards(inOrder([...new Set(all.flatMap(({ statements }) => statements))])),
  ];
}
function earlier(own) {
  const actors = [...new Set(own.map(({ actor }) => actor))],
    steps = actors.flatMap((who) => history(model.stances, who, own[0].issue));
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
          button(
            `${one.as_of}: ${actors.length > 1 ? model.label(one.actor) + " " : ""}${one.stance}`,
            () => state.set({ day: one.as_of }),
            {
              class: `stance ${one.tone} ${one.certainty}`,
            },
          ),
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
  against: { ...day(), read: (text) => (text === ALL ? ALL : day().read(text)), kept: true },
  changed: { ...yesOrNo(false), kept: true },
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
  byId("against").append(
    element("option", { value: "" }, "no other day"),
    ...model.days.map((value) => element("option", { value }, value)),
    element("option", { value: ALL }, "all the reports"),
  );
  byId("against").addEventListener("change", () => state.set({ against: byId("against").value }));
  for (const id of ["rolled", "turned", "changed"]) byId(id).addEventListener("change", () => state.set({ [id]: byId(id).checked }));
}
/** The pixels that a sheet on its side has. */
const SHEET = 980;
export function draw() {
  showTools();
  const table = byId("matrix");
  redraw(table, render);
  // A table that is wider than the sheet is printed smaller, not cut.
  table.style.zoom = look.printing ? String(Math.min(1, SHEET / table.scrollWidth)) : "";
}

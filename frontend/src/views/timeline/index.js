// Statements on lanes over time. A day is a point, anything less precise the span of days that it can have been; undated ones stand below, at no date.
import { DataSet, Timeline, moment } from "vis-timeline/standalone";

import { button, byId, count, element } from "../../elements.js";
import { oneOf } from "../../fields.js";
import { filters } from "../../filters.js";
import { model } from "../../model.js";
import { state } from "../../state.js";
import { DAY } from "../../time.js";
import markup from "./view.html";

// How many lanes are shown at first; pixels that the words of an item, and the name of a lane, take at most.
const LANES = 30,
  WORDS = 265,
  LANE_NAME = 150;
let timeline = null,
  items = null,
  groups = null,
  lanesShown = LANES,
  domain = null,
  lane = [];

const inLife = new Map();
model.lives.forEach((life, place) =>
  life.steps.forEach((step) => {
    if (!inLife.has(step.statement)) inLife.set(step.statement, []);
    inLife.get(step.statement).push({ place, step: step.step });
  }),
);
const KINDS = {
  actor: { lanes: (s) => s.actors.map((n) => ({ id: n })), name: (id) => model.label(id), words: (s) => model.act(s) },
  matter: {
    lanes: (s) => [s.object, s.condition].filter((n) => n !== null).map((n) => ({ id: n })),
    name: (id) => model.label(id),
    words: (s) => `${model.who(s)} ${model.verb(s)}`,
  },
  life: {
    lanes: (s) => (inLife.get(s.place) || []).map(({ place, step }) => ({ id: place, step })),
    name: (id) => `${model.label(model.lives[id].matter)} – ${model.lives[id].state}`,
    words: (s, step) => `${step} by ${model.who(s)}`,
  },
};

// The days over which dated statements reach; open ends run to its edge and fade there.
function reach(statements) {
  const ends = statements.flatMap((s) => [s.first, s.last]).filter(Number.isFinite);
  const low = ends.reduce((a, b) => Math.min(a, b), Infinity),
    high = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  const from = state.now.from ? Date.parse(state.now.from) : -Infinity,
    to = state.now.to ? Date.parse(state.now.to) + DAY : Infinity;
  const margin = Math.max(DAY * 2, (high - low) * 0.06),
    opens = statements.some((s) => !Number.isFinite(s.first)) ? margin : 0,
    stays = statements.some((s) => !Number.isFinite(s.last)) ? margin : 0;
  return { low, high, margin, from: Math.max(low - opens, from), to: Math.min(high + stays, to) };
}

function item(s, { id, step }) {
  const open = [Number.isFinite(s.first) ? "" : "open-start", Number.isFinite(s.last) ? "" : "open-end"].join(" ");
  const first = Number.isFinite(s.first) ? s.first : domain.low - domain.margin,
    last = Number.isFinite(s.last) ? s.last : domain.high + domain.margin;
  const isDay = s.last - s.first <= DAY;
  return {
    id: `${id}/${s.place}/${step || ""}`,
    group: id,
    start: new Date(first),
    end: isDay ? undefined : new Date(last),
    type: isDay ? "point" : "range",
    statement: s.place,
    words: KINDS[state.now.lanes].words(s, step),
    className: `${model.family(s.relation)} ${model.isFirm(s) ? "" : "tentative"} ${open} ${isDay ? "" : "imprecise"}`,
  };
}
const template = (one) =>
  element(
    "span",
    {
      class: "item",
      dir: "auto",
      title: one.words,
      role: "button",
      tabIndex: 0,
      "data-statement": model.short(model.statements[one.statement].id),
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          state.set({ selected: { kind: "statement", place: one.statement } });
        }
      },
    },
    one.words,
  );

function start() {
  items = new DataSet();
  groups = new DataSet();
  timeline = new Timeline(byId("lanes"), items, groups, {
    template,
    groupTemplate: (group) => element("span", { class: "lane", dir: "auto" }, group ? group.words : ""),
    stack: true,
    verticalScroll: true,
    orientation: { axis: "top", item: "top" },
    zoomMin: DAY / 2,
    zoomKey: "ctrlKey",
    showCurrentTime: false,
    margin: { item: { horizontal: 4, vertical: 3 }, axis: 4 },
    onInitialDrawComplete: fit,
    moment: (date) => moment(date).utc(),
    tooltip: { followMouse: false },
    groupOrder: "order",
    selectable: true,
    multiselect: false,
  });
  timeline.on("select", (event) =>
    state.set({ selected: event.items.length ? { kind: "statement", place: items.get(event.items[0]).statement } : null }),
  );
  byId("closer-time").addEventListener("click", () => timeline.zoomIn(0.5));
  byId("further-time").addEventListener("click", () => timeline.zoomOut(0.5));
  byId("fit-time").addEventListener("click", fit);
  byId("lanes").addEventListener("keydown", (event) => {
    const range = timeline.getWindow(),
      step = (+range.end - +range.start) * 0.2,
      by = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (by) timeline.setWindow(+range.start + by, +range.end + by, { animation: false });
    else if (event.key === "+") timeline.zoomIn(0.4, { animation: false });
    else if (event.key === "-") timeline.zoomOut(0.4, { animation: false });
    else return;
    event.preventDefault();
  });
}
// The library chooses a range of its own at first. Ours is the one that was chosen, with room at its end for the words of the last items.
function range() {
  if (!Number.isFinite(domain.low)) return {};
  const wide = Math.max(domain.to - domain.from, DAY),
    room = byId("lanes").clientWidth - LANE_NAME;
  return { start: new Date(domain.from - wide * 0.04), end: new Date(domain.to + wide * Math.min(1, WORDS / Math.max(room - WORDS, 1))) };
}
function fit() {
  const { start, end } = range();
  if (!start) return;
  timeline.setOptions({ zoomMax: Math.max(DAY * 365.25 * 120, 2 * (+end - +start)) });
  timeline.setWindow(start, end, { animation: false });
}

function render(anew) {
  const { lanes } = state.now,
    kind = KINDS[lanes],
    passed = model.statements.filter((s) => filters.result.statements.has(s.place));
  const dated = passed.filter((s) => s.date && kind.lanes(s).length),
    undated = passed.filter((s) => !s.date && kind.lanes(s).length);
  domain = reach(dated);
  if (!timeline) start();
  timeline.setOptions({ maxHeight: Math.max(180, Math.round(byId("timeline-view").clientHeight * (undated.length ? 0.62 : 0.92))) });
  const inLane = new Map();
  for (const s of dated)
    for (const one of kind.lanes(s)) {
      if (!inLane.has(one.id)) inLane.set(one.id, []);
      inLane.get(one.id).push(item(s, one));
    }
  lane = [...inLane].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const { selected } = state.now,
    wanted =
      selected && selected.kind === "statement" ? lane.findIndex(([, found]) => found.some((one) => one.statement === selected.place)) : -1;
  lanesShown = Math.max(lanesShown, wanted + 1);
  const shown = lane.slice(0, lanesShown);
  items.clear();
  groups.clear();
  groups.add(shown.map(([id], order) => ({ id, order, words: kind.name(id), content: "" })));
  items.add(shown.flatMap(([, found]) => found));
  byId("more-lanes").hidden = lane.length <= lanesShown;
  byId("more-lanes").textContent = count(lane.length - shown.length, "more lane");
  byId("time-count").textContent = dated.length
    ? `${count(dated.length, "dated statement")} on ${count(lane.length, "lane")}` +
      (lanes === "life" ? " (only those about plans, agreements and legal acts)" : "")
    : "No dated statement is left by the filters.";
  showUndated(undated);
  byId("lanes-by").value = lanes;
  if (anew) fit();
}

function select() {
  const { selected } = state.now,
    place = selected && selected.kind === "statement" ? selected.place : null;
  timeline.setSelection(place === null ? [] : items.getIds({ filter: (one) => one.statement === place }));
  for (const chip of byId("undated-lane").querySelectorAll("button"))
    chip.setAttribute("aria-pressed", String(place !== null && chip.dataset.statement === model.short(model.statements[place].id)));
}

// Undated statements by what is known of their time, each a button: they stand at no date.
function showUndated(undated) {
  const known = new Map();
  for (const s of [...undated].sort(model.byTime)) {
    if (!known.has(s.when)) known.set(s.when, []);
    known.get(s.when).push(s);
  }
  byId("undated-lane").hidden = !undated.length;
  byId("undated-lane").replaceChildren(
    element("h3", {}, `Undated (${undated.length})`),
    ...[...known].map(([when, found]) =>
      element(
        "div",
        { class: "undated-group" },
        element("h4", {}, `${when}: ${found.length}`),
        element(
          "ul",
          {},
          ...found.slice(0, 200).map((s) =>
            element(
              "li",
              {},
              button(model.words(s), () => state.set({ selected: { kind: "statement", place: s.place } }), {
                class: `chip ${model.family(s.relation)} ${model.isFirm(s) ? "" : "tentative"}`,
                dir: "auto",
                title: model.words(s),
                "data-statement": model.short(s.id),
              }),
            ),
          ),
        ),
        found.length > 200 ? element("p", { class: "soft" }, `and ${found.length - 200} more: filter, or open the table`) : null,
      ),
    ),
  );
}

// Items are drawn anew when other ones are left or the lanes change, not for a selection.
let drawn = null;

export const title = "Timeline";
export const place = 2;
export { markup };
export const fields = { lanes: { ...oneOf("actor", Object.keys(KINDS)), kept: true } };
export function begin() {
  byId("lanes-by").addEventListener("change", () => {
    lanesShown = LANES;
    state.set({ lanes: byId("lanes-by").value });
  });
  byId("more-lanes").addEventListener("click", () => {
    lanesShown += LANES;
    render(false);
  });
}
export function draw(now, before) {
  const left = filters.result.statements;
  if (!drawn || drawn.left !== left || drawn.lanes !== now.lanes) {
    drawn = { left, lanes: now.lanes };
    render(!before || before.view !== "timeline" || before.from !== now.from || before.to !== now.to);
  }
  select();
}
/** What is drawn, for whoever looks into it. */
export const shown = () => ({ timeline, items });

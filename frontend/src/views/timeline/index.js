// Statements on lanes over time. A day is a point, anything less precise the span of days that it can have been; what is undated stands at the day
// of its report, in a style of its own, and what has no day at all is listed below.
import "vis-timeline/styles/vis-timeline-graph2d.min.css";
import "./style.css";

import moment from "moment";
import { DataSet } from "vis-data/esnext";
import { Timeline } from "vis-timeline/esnext";

import { button, byId, count, element, svg } from "../../elements.js";
import { oneOf } from "../../fields.js";
import { filters } from "../../filters.js";
import { keepFitted } from "../../fitted.js";
import { look } from "../../look.js";
import { model } from "../../model.js";
import { state } from "../../state.js";
import { DAY, from, isPlacedByReport, until } from "../../time.js";
import { counts } from "./density.js";
import { KINDS, lanesOf } from "./lanes.js";
import markup from "./view.html";

// How many lanes are shown at first, and how many of them unfolded; pixels that the words of an item, and the name of a lane, take at most.
const LANES = 30,
  UNFOLDED = 6,
  WORDS = 232,
  LANE_NAME = 190,
  LIST = "8rem",
  NARROW = 600,
  BARS = 90,
  // Paper has room for all lanes that are shown.
  WHOLE = 100000,
  // What a mark of the axis takes: in letters, in those of a year, and in pixels.
  MARK_LETTERS = 5,
  YEAR_LETTERS = 4,
  MARK = 40,
  // What is longer is told in years alone, which have nothing above them.
  YEARS_ALONE = 12 * 365 * DAY;
/** How days are written on the axis, by how far its marks are apart. @type {Record<"minorLabels" | "majorLabels", Record<string, string>>} */
const WRITTEN = {
  minorLabels: { hour: "HH:mm", weekday: "ddd D", day: "D", week: "D MMM", month: "MMM", year: "YYYY" },
  majorLabels: { hour: "ddd D MMMM", weekday: "MMMM YYYY", day: "MMMM YYYY", week: "YYYY", month: "YYYY", year: "" },
};
/** Beyond the data there is only room for words: no day is written there, and no line drawn. */
const writes = (row) => (date, scale) =>
  +date >= domain.high
    ? ""
    : moment(+date)
        .utc()
        .format(WRITTEN[row][scale] || " ");
let timeline = null,
  items = null,
  groups = null,
  lanesShown = LANES,
  /** @type {{ low: number, high: number, margin: number }} */
  domain = null,
  /** @type {ReturnType<typeof lanesOf>} */
  lanes = [],
  placed = [],
  /** @type {ReturnType<typeof keepFitted>} */
  kept;
/** Lanes that the reader has folded or unfolded otherwise than they are at first. @type {Map<number, boolean>} */
let folding = new Map();

/** The days over which statements reach. */
function reach(statements) {
  let low = Infinity,
    high = -Infinity;
  for (const s of statements) {
    for (const end of [from(s), until(s)]) {
      if (!Number.isFinite(end)) continue;
      low = Math.min(low, end);
      high = Math.max(high, end);
    }
  }
  return { low, high, margin: Math.max(DAY * 2, (high - low) * 0.06) };
}

const isFolded = (id, order) => folding.get(id) ?? order >= UNFOLDED;

/** What sets an item apart, as classes of the style. */
function classesOf(s, isDay, folded) {
  return [
    model.family(s.relation),
    model.isFirm(s) ? "" : "tentative",
    isPlacedByReport(s) ? "reported" : isDay ? "" : "imprecise",
    Number.isFinite(from(s)) ? "" : "open-start",
    Number.isFinite(until(s)) ? "" : "open-end",
    folded ? "folded" : "",
  ].join(" ");
}

/** Open ends run to the edge of the data and fade there. */
function item(/** @type {{ statement: any, step?: string }} */ { statement: s, step }, lane, folded) {
  const first = Number.isFinite(from(s)) ? from(s) : domain.low - domain.margin,
    last = Number.isFinite(until(s)) ? until(s) : domain.high + domain.margin,
    isDay = last - first <= DAY;
  return {
    id: `${lane}/${s.place}/${step || ""}`,
    group: lane,
    start: new Date(first),
    end: isDay ? undefined : new Date(last),
    type: isDay ? "point" : "range",
    statement: s.place,
    words: KINDS[state.now.lanes].words(s, step),
    folded,
    // What shares a row that does not stack lies over each other.
    subgroup: folded ? "row" : `${s.place}`,
    className: classesOf(s, isDay, folded),
  };
}
const select = (place) => state.set({ selected: { kind: "statement", place } });
const template = (one) =>
  element(
    "span",
    {
      class: "item",
      dir: "auto",
      title: one.words,
      role: "button",
      tabIndex: 0,
      "aria-label": one.words,
      "data-statement": model.short(model.statements[one.statement].id),
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        select(one.statement);
      },
    },
    one.folded ? "" : one.words,
  );
const groupTemplate = (group) =>
  group
    ? element(
        "button",
        {
          type: "button",
          class: "lane",
          dir: "auto",
          "aria-expanded": String(!group.folded),
          onclick: () => fold(group.id, !group.folded),
        },
        element("span", { class: "lane-name" }, group.words),
        element("span", { class: "soft number" }, ` ${group.size}`),
      )
    : element("span", {}, "");

function start() {
  items = new DataSet();
  groups = new DataSet();
  timeline = new Timeline(byId("lanes"), items, groups, {
    template,
    groupTemplate,
    stack: true,
    stackSubgroups: true,
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
    format: { minorLabels: writes("minorLabels"), majorLabels: writes("majorLabels") },
    selectable: true,
    multiselect: false,
  });
  timeline.on("select", (event) => {
    if (event.items.length) select(items.get(event.items[0]).statement);
    else state.set({ selected: null });
  });
  timeline.on("changed", () => {
    drawDensity();
    // What the lanes leave of the view.
    byId("no-day").style.maxHeight = `max(${LIST}, ${byId("timeline-view").clientHeight - byId("no-day").offsetTop}px)`;
  });
  timeline.on("rangechanged", ({ byUser }) => {
    showAxis();
    if (byUser) kept.moved();
  });
  kept = keepFitted(byId("timeline-view"), () => {
    render(true);
    mark();
  });
}

/** The pixels of the axis, beside the names of the lanes. */
const besideNames = () => Math.max(10, byId("lanes").clientWidth - (byId("lanes").querySelector(".vis-left")?.clientWidth || LANE_NAME));
/** @type {{ showMajorLabels: boolean, maxMinorChars: number, timeAxis: { scale?: string, step?: number } }} */
let axis;
/** Which marks the axis has: the library's own choice, but weeks where it would leap from two days to a month. */
function showAxis() {
  const { start: first, end: last } = timeline.getWindow(),
    day = (besideNames() * DAY) / (+last - +first),
    isInYears = +last - +first >= YEARS_ALONE,
    isInWeeks = 2 * day < MARK && 7 * day >= MARK;
  const wanted = {
    showMajorLabels: !isInYears,
    maxMinorChars: isInYears ? YEAR_LETTERS : MARK_LETTERS,
    timeAxis: isInWeeks ? { scale: "day", step: 7 } : {},
  };
  if (JSON.stringify(wanted) !== JSON.stringify(axis)) timeline.setOptions(wanted);
  axis = wanted;
}

function fold(id, on) {
  folding.set(id, on);
  render(false);
}

// The library chooses a range of its own at first. Ours is that of the data, with room at its end for the words of the last items.
function fit() {
  takeRoom();
  if (!domain || !Number.isFinite(domain.low)) return;
  const chosen = (text, none) => (text ? Math.max(Date.parse(text), domain.low) : none);
  const low = chosen(state.now.from, domain.low),
    high = state.now.to ? Math.min(Date.parse(state.now.to) + DAY, domain.high) : domain.high;
  const wide = Math.max(high - low, DAY),
    room = besideNames(),
    words = byId("lanes").clientWidth < NARROW ? WORDS * 0.55 : WORDS;
  const first = new Date(low - wide * 0.04),
    last = new Date(high + wide * Math.min(1.4, words / Math.max(room - words, 1)));
  const all = Math.max(domain.high - domain.low, DAY);
  timeline.setOptions({
    min: new Date(Math.min(+first, domain.low - all * 0.1)),
    max: new Date(Math.max(+last, domain.high + all * 1.5)),
  });
  timeline.setWindow(first, last, { animation: false });
  showAxis();
  kept.fits();
}

function drawDensity() {
  const holder = byId("density"),
    { start: first, end: last } = timeline.getWindow(),
    wide = besideNames();
  const bars = counts(placed, +first, +last, BARS),
    most = Math.max(1, ...bars),
    step = wide / BARS;
  byId("lanes").style.setProperty("--end", `${(wide * (domain.high - +first)) / (+last - +first)}px`);
  holder.style.paddingInlineStart = `${byId("lanes").clientWidth - wide}px`;
  holder.replaceChildren(
    svg(
      "svg",
      { viewBox: `0 0 ${wide} 28`, width: wide, height: 28 },
      ...bars.map((bar, n) =>
        svg("rect", { x: n * step, y: 28 - (bar / most) * 26, width: Math.max(1, step - 1), height: (bar / most) * 26 }),
      ),
    ),
  );
}

function showLanes() {
  const kind = KINDS[state.now.lanes],
    { selected } = state.now,
    wanted =
      selected?.kind === "statement"
        ? lanes.findIndex(({ standing }) => standing.some(({ statement }) => statement.place === selected.place))
        : -1;
  lanesShown = Math.max(lanesShown, wanted + 1);
  const shown = lanes.slice(0, lanesShown);
  items.clear();
  groups.clear();
  groups.add(
    shown.map(({ id, standing }, order) => ({
      id,
      order,
      words: kind.name(id),
      size: standing.length,
      folded: isFolded(id, order),
      content: "",
      subgroupStack: isFolded(id, order) ? { row: false } : true,
    })),
  );
  items.add(shown.flatMap(({ id, standing }, order) => standing.map((one) => item(one, id, isFolded(id, order)))));
  byId("more-lanes").hidden = lanes.length <= lanesShown;
  byId("more-lanes").textContent = count(lanes.length - shown.length, "more lane");
  byId("fold-lanes").textContent = shown.some(({ id }, order) => !isFolded(id, order)) ? "Fold all" : "Unfold all";
}

function inWords(dated, reported) {
  if (!placed.length) return "The filters leave no dated statement.";
  const rest = state.now.lanes === "life" ? " (only those about plans, agreements and legal acts)" : "";
  return `${count(dated, "dated statement")}${reported ? `, ${reported.toLocaleString("en")} on the day of their report` : ""}, on ${count(lanes.length, "lane")}${rest}`;
}

/** The lanes are as tall as what stands above and below them leaves. */
function takeRoom() {
  byId("no-day").style.maxHeight = LIST;
  const rest = byId("lanes").offsetTop + byId("no-day").offsetHeight + 4;
  timeline.setOptions({ maxHeight: look.printing ? WHOLE : Math.max(180, byId("timeline-view").clientHeight - rest) });
}

function render(anew) {
  const kind = KINDS[state.now.lanes],
    passed = model.statements.filter((s) => filters.result.statements.has(s.place) && kind.of(s).length);
  placed = passed.filter((s) => s.date || isPlacedByReport(s));
  lanes = lanesOf(placed, kind);
  domain = reach(placed);
  if (!timeline) start();
  const without = passed.filter((s) => !s.date && !isPlacedByReport(s));
  showLanes();
  const dated = placed.filter((s) => s.date).length;
  byId("time-count").textContent = inWords(dated, placed.length - dated);
  byId("lanes-by").value = state.now.lanes;
  byId("lanes-undated").checked = state.now.undated;
  showWithout(without);
  if (anew) fit();
  else takeRoom();
  // The library draws with the next frame, and there is none before a page is printed.
  if (look.printing) timeline._origRedraw();
}

// What has no day at all: neither its own nor that of its report.
function showWithout(statements) {
  byId("no-day").hidden = !statements.length;
  byId("no-day").replaceChildren(
    element("h3", {}, `Undated (${statements.length})`),
    element(
      "ul",
      {},
      ...statements.slice(0, 200).map((s) =>
        element(
          "li",
          {},
          button(model.words(s), () => select(s.place), {
            class: `chip ${model.family(s.relation)} ${model.isFirm(s) ? "" : "tentative"}`,
            dir: "auto",
            title: model.words(s),
            "data-statement": model.short(s.id),
          }),
        ),
      ),
    ),
    statements.length > 200 ? element("p", { class: "soft" }, `and ${statements.length - 200} more: filter, or open the table`) : "",
  );
}

function mark() {
  const { selected } = state.now,
    place = selected?.kind === "statement" ? selected.place : null;
  timeline.setSelection(place === null ? [] : items.getIds({ filter: (one) => one.statement === place }));
  for (const chip of byId("no-day").querySelectorAll("button"))
    chip.setAttribute("aria-pressed", String(place !== null && chip.dataset.statement === model.short(model.statements[place].id)));
}

const KEYS = { ArrowLeft: -0.2, ArrowRight: 0.2 };
function move(event) {
  const range = timeline.getWindow(),
    by = (+range.end - +range.start) * (KEYS[event.key] || 0);
  if (by) timeline.setWindow(+range.start + by, +range.end + by, { animation: false });
  else if (event.key === "+") timeline.zoomIn(0.4, { animation: false });
  else if (event.key === "-") timeline.zoomOut(0.4, { animation: false });
  else return;
  kept.moved();
  event.preventDefault();
}

// Items are drawn anew when other ones are left or the lanes change, not for a selection.
let drawn = null;

export const title = "Timeline";
export const place = 2;
export { markup };
/** @type {[string, string][]} */
export const keys = [
  ["← →", "move it"],
  ["+ −", "zoom"],
];
export const fields = { lanes: { ...oneOf("actor", Object.keys(KINDS)), kept: true } };
export function begin() {
  byId("lanes-by").append(...Object.entries(KINDS).map(([value, { title: name }]) => element("option", { value }, name)));
  byId("lanes-by").addEventListener("change", () => {
    lanesShown = LANES;
    state.set({ lanes: byId("lanes-by").value });
  });
  byId("lanes-undated").addEventListener("change", () => state.set({ undated: byId("lanes-undated").checked }));
  byId("more-lanes").addEventListener("click", () => {
    lanesShown += LANES;
    render(false);
  });
  byId("fold-lanes").addEventListener("click", () => {
    const all = lanes.slice(0, lanesShown),
      on = all.some(({ id }, order) => !isFolded(id, order));
    folding = new Map(all.map(({ id }) => [id, on]));
    render(false);
  });
  for (const [id, zoom] of /** @type {[string, string][]} */ ([
    ["closer-time", "zoomIn"],
    ["further-time", "zoomOut"],
  ]))
    byId(id).addEventListener("click", () => {
      timeline[zoom](0.5);
      kept.moved();
    });
  byId("fit-time").addEventListener("click", fit);
  byId("lanes").addEventListener("keydown", move);
}
/** What was seen before it was printed, where the reader had gone elsewhere. @type {{ start: Date, end: Date } | undefined} */
let seen;
/** A sheet of paper is narrower than most windows: what is printed fits it, and then stands again as it stood. */
function turnToPaper() {
  if (!drawn || drawn.printing === look.printing) return;
  drawn.printing = look.printing;
  if (look.printing) seen = kept.isFitted() ? undefined : timeline.getWindow();
  render(true);
  if (look.printing || !seen) return;
  timeline.setWindow(seen.start, seen.end, { animation: false });
  kept.moved();
}
export function draw(now, before) {
  const left = filters.result.statements;
  turnToPaper();
  if (!drawn || drawn.left !== left || drawn.lanes !== now.lanes) {
    if (drawn && drawn.lanes !== now.lanes) folding = new Map();
    drawn = { left, lanes: now.lanes, printing: look.printing };
    render(!before || before.view !== "timeline" || before.from !== now.from || before.to !== now.to || before.lanes !== now.lanes);
  }
  mark();
}
/** What is drawn, for whoever looks into it. */
export const shown = () => ({ timeline, items });

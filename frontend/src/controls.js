// The filters: a legend that can be switched, choices by who and where, and a range of time with what it holds. Numbers say what a choice leaves.
import { button, byId, count, element, number, redraw, svg } from "./elements.js";
import { CHOICES, SWITCHES, filters } from "./filters.js";
import * as histogram from "./histogram.js";
import { lineSign, sign, typeWords } from "./look.js";
import { model } from "./model.js";
import { state } from "./state.js";
import { DAY, iso } from "./time.js";

/** What a switch shows before its name, and how it is called. @type {Record<string, { sign: (id: string) => Node | string, name: (id: string) => string }>} */
const LEGEND = {
  "no-type": { sign, name: (id) => typeWords(id) || "other" },
  "no-relation": { sign: (id) => lineSign(model.family(id)), name: model.relation },
  "no-polarity": { sign: () => "", name: (id) => (id === "negative" ? "negated" : "affirmed") },
  "no-modality": { sign: () => "", name: (id) => id },
};
function legend(switching) {
  const holder = byId(switching.name),
    all = filters.valuesOf(switching),
    { name, title } = switching;
  const without = (off) => state.set({ [name]: new Set(off) });
  const rows = all.map((id) => {
    const box = element("input", {
      type: "checkbox",
      "data-group": name,
      "data-name": id,
      onchange: () => without(box.checked ? [...state.now[name]].filter((one) => one !== id) : [...state.now[name], id]),
    });
    return element(
      "div",
      { class: "switch" },
      element(
        "label",
        {},
        box,
        LEGEND[name].sign(id),
        element("span", {}, LEGEND[name].name(id)),
        element("span", { class: "soft number", "data-count": id }),
      ),
      button("only", () => without(all.filter((one) => one !== id)), {
        class: "small only",
        "aria-label": `Only ${LEGEND[name].name(id)}`,
      }),
    );
  });
  holder.replaceChildren(
    element(
      "legend",
      {},
      title,
      element(
        "span",
        { class: "right" },
        button("all", () => without([]), { class: "small", "aria-label": `All ${title.toLowerCase()}` }),
        button("none", () => without(all), { class: "small", "aria-label": `No ${title.toLowerCase()}` }),
      ),
    ),
    ...rows,
  );
}

const TEXT = "text";
const selectOf = (name) => (name === "document" ? "in-document" : name);
// A long list is written when it is about to be opened: whoever opens the page or filters does not wait for it.
const LONG = 400;
const isLong = (choice) => filters.manyOf(choice) > LONG;
function chooser(choice) {
  const { name, title } = choice,
    read = (value) => (value === "" ? null : value === TEXT ? TEXT : Number(value));
  if (!filters.manyOf(choice)) return [];
  const id = selectOf(name),
    select = element("select", { id, onchange: () => state.set({ [name]: read(select.value) }) }, element("option", { value: "" }, "any"));
  if (isLong(choice)) for (const event of ["pointerdown", "focus", "keydown"]) select.addEventListener(event, () => writeOptions(choice));
  return [element("label", { for: id }, title), select];
}

// Bars of all that the page has, and which of them the pointer is held down on.
let bars = [],
  unit = "day",
  held = null;

function drawBars() {
  const drawing = byId("histogram"),
    { beforeTime } = filters.result;
  byId("undated-count").textContent = number(beforeTime.filter((s) => !s.date).length);
  if (!bars.length) {
    drawing.replaceChildren(element("p", { class: "soft" }, "No statement here is dated."));
    return;
  }
  histogram.fill(bars, state.now.undated ? beforeTime : beforeTime.filter((s) => s.date));
  const total = (bar) => bar.sure + bar.possible + bar.reported,
    most = Math.max(1, ...bars.map(total)),
    wide = 240 / bars.length,
    tall = (value) => (value / most) * 58;
  const from = state.now.from ? Date.parse(state.now.from) : -Infinity,
    to = state.now.to ? Date.parse(state.now.to) + DAY : Infinity;
  const ends = [iso(bars[0].start), iso(bars[bars.length - 1].end - DAY)];
  const picture = svg("svg", {
    viewBox: "0 0 240 64",
    role: "img",
    preserveAspectRatio: "none",
    "aria-label": `Statements by ${unit} from ${ends[0]} to ${ends[1]}; at most ${most} in one`,
  });
  bars.forEach((bar, n) => {
    const stack = [];
    let level = 62;
    for (const kind of ["sure", "possible", "reported"]) {
      level -= tall(bar[kind]);
      stack.push(svg("rect", { x: n * wide + wide * 0.1, y: level, width: wide * 0.8, height: tall(bar[kind]), class: kind }));
    }
    picture.append(
      svg(
        "g",
        { class: bar.end > from && bar.start < to ? "bar" : "bar out", "data-bar": n },
        svg("title", {}, histogram.inWords(bar, unit)),
        svg("rect", { x: n * wide, y: 0, width: wide, height: 64, class: "reach" }),
        ...stack,
      ),
    );
  });
  drawing.replaceChildren(
    picture,
    element("p", { class: "soft ends" }, element("span", {}, ends[0]), element("span", {}, `by ${unit}`), element("span", {}, ends[1])),
  );
}

function beginBars() {
  const drawing = byId("histogram"),
    reach = histogram.reach(model.statements);
  if (reach) {
    unit = histogram.unitOf(...reach);
    bars = histogram.empty(...reach, unit);
  }
  const barAt = (event) => {
    const box = drawing.firstElementChild.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  const stretch = (to, passing) => {
    const [first, last] = [Math.min(held, to), Math.max(held, to)];
    state.set({ from: iso(bars[first].start), to: iso(bars[last].end - DAY) }, passing);
  };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && bars.length && event.target.closest("svg")) {
      held = barAt(event);
      drawing.setPointerCapture(event.pointerId);
    }
  });
  drawing.addEventListener("pointermove", (event) => {
    if (held !== null) stretch(barAt(event), true);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    drawing.addEventListener(end, (event) => {
      if (held === null) return;
      if (end === "pointerup") stretch(barAt(event), false);
      state.settle();
      held = null;
    });
  }
}

// Playing goes from one day of the positions to the next, to all that is known.
const STEP = 1200;
/** @type {ReturnType<typeof setInterval> | undefined} */
let playing;
function stop() {
  clearInterval(playing);
  playing = undefined;
  state.settle();
  byId("play").textContent = "Play";
}
function play() {
  const next = () => {
    const day = model.days.find((one) => one > state.now.day) || "";
    state.set({ day }, true);
    if (!day) stop();
  };
  byId("play").textContent = "Stop";
  playing = setInterval(next, STEP);
  state.set({ day: model.days[0] }, true);
}

/** Put the filters on the page. */
export function begin() {
  SWITCHES.forEach(legend);
  byId("choices").append(...CHOICES.flatMap(chooser));
  beginBars();
  const confidence = byId("confidence"),
    grade = (passing) => state.set({ confidence: Number(confidence.value) / 100 }, passing);
  confidence.addEventListener("input", () => grade(true));
  confidence.addEventListener("change", () => grade(false));
  // A date that is typed passes through others.
  for (const id of ["from", "to", "day"]) {
    byId(id).addEventListener("change", () => state.set({ [id]: byId(id).value }, true));
    byId(id).addEventListener("blur", () => state.settle());
  }
  byId("undated").addEventListener("change", () => state.set({ undated: byId("undated").checked }));
  byId("reset").addEventListener("click", () => {
    state.reset();
    byId("search").value = "";
  });
  byId("play").hidden = model.days.length < 2;
  byId("play").addEventListener("click", () => (playing ? stop() : play()));
  byId("no-focus").addEventListener("click", () => state.set({ focus: null, among: new Set() }));
}

function showSwitches() {
  for (const switching of SWITCHES) {
    const holder = byId(switching.name),
      counts = filters.counts(switching);
    for (const box of holder.querySelectorAll("input")) box.checked = !state.now[switching.name].has(box.dataset.name);
    for (const place of holder.querySelectorAll("[data-count]")) place.textContent = number(counts.get(place.dataset.count) || 0);
  }
}
function showChoices() {
  for (const choice of CHOICES) {
    const select = byId(selectOf(choice.name)),
      chosen = state.now[choice.name];
    if (!select) continue;
    if (chosen !== null || !isLong(choice)) writeOptions(choice);
    select.value = chosen === null ? "" : String(chosen);
  }
}
/** What was left when the options of a choice were last written. */
const written = new Map();
function writeOptions(choice) {
  const { name, label } = choice,
    select = byId(selectOf(name));
  if (written.get(name) === filters.result) return;
  written.set(name, filters.result);
  if (select.options.length === 1) select.append(...filters.valuesOf(choice).map((value) => element("option", { value })));
  const counts = filters.counts(choice);
  for (const option of [...select.options].slice(1)) {
    const value = option.value === TEXT ? TEXT : Number(option.value);
    option.textContent = `${label(value)} (${number(counts.get(value) || 0)})`;
    option.hidden = !counts.get(value) && value !== state.now[name];
  }
}
// What keeps statements from view is said: the threshold, and the focus.
function showTotals() {
  const { statements, alone } = filters.result,
    unsure = alone.get("confidence").length;
  byId("left").textContent = `${number(statements.size)} of ${count(model.statements.length, "statement")}`;
  byId("unsure").textContent = unsure ? `${count(unsure, "less certain one is", "less certain ones are")} left out` : "";
  byId("reset").disabled = !state.isFiltered();
  const { focus, depth } = state.now;
  const { among } = state.now;
  byId("focused").hidden = focus === null && !among.size;
  if (among.size) byId("focused-name").textContent = `Only the ${count(among.size, "statement")} of an answer`;
  if (focus !== null) byId("focused-name").textContent = `Only what is within ${count(depth, "step")} of ${model.label(focus)}`;
}

/** Show what is chosen, and what each choice would leave. */
export function show() {
  const now = state.now;
  showSwitches();
  showChoices();
  byId("confidence").value = String(Math.round(now.confidence * 100));
  byId("confidence-value").textContent = now.confidence.toFixed(2);
  for (const id of ["from", "to", "day"]) byId(id).value = now[id];
  byId("undated").checked = now.undated;
  drawBars();
  showTotals();
}

/** Draw the legend in the colours of now. */
export function recolour() {
  SWITCHES.forEach((switching) => redraw(byId(switching.name), () => legend(switching)));
  if (state.now.view) show();
}

"use strict";
// The filters: a legend that can be switched, choices by who and where, and a range of time with what it holds.
(() => {
  const { model, state, filters, element, svg, byId, count } = kgraph;

  const tally = (values) => {
    const found = new Map();
    for (const v of values) found.set(v, (found.get(v) || 0) + 1);
    return found;
  };

  function switches(holder, group, counts, sign, name = (id) => id) {
    for (const [id, number] of counts) {
      const box = element("input", {
        type: "checkbox",
        "data-group": group,
        "data-name": id,
        onchange: () => state.toggle(group, id, box.checked),
      });
      byId(holder).append(
        element(
          "label",
          {},
          box,
          sign(id),
          element("span", {}, name(id)),
          element("span", { class: "soft number" }, number.toLocaleString("en")),
        ),
      );
    }
  }
  // The line of a relation with its head, as they stand in the network.
  const HEADS = {
    arrow: "M14 1l7 4-7 4z",
    bar: "M17 0h3v10h-3z",
    diamond: "M13 5l4-4 4 4-4 4z",
    circle: "M17 1a4 4 0 1 0 .01 0z",
    box: "M14 2h6v6h-6z",
    vee: "M13 1l8 4-8 4 3-4z",
  };
  const line = (relation) =>
    svg(
      "svg",
      { viewBox: "0 0 22 10", class: "sign line", "aria-hidden": "true" },
      svg("path", { d: "M0 5h16", stroke: kgraph.look.relation(relation), "stroke-width": 2.4, fill: "none" }),
      svg("path", { d: HEADS[kgraph.look.head(relation)], fill: kgraph.look.relation(relation) }),
    );
  const nothing = () => "";
  const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

  function signs() {
    ["types", "relations", "polarities", "modalities"].forEach((id) => byId(id).replaceChildren(byId(id).querySelector("legend")));
    const types = tally(model.nodes.filter((n) => n.edges.length).map((n) => n.type));
    switches(
      "types",
      "type",
      kgraph.look.types.filter((t) => types.has(t)).map((t) => [t, types.get(t)]),
      kgraph.sign,
    );
    switches("relations", "relation", byCount(tally(model.statements.map((s) => s.relation))), line, model.relation);
    switches("polarities", "polarity", byCount(tally(model.statements.map((s) => s.polarity))), nothing, (p) =>
      p === "negative" ? "negated" : "affirmed",
    );
    switches("modalities", "modality", byCount(tally(model.statements.map((s) => s.modality))), nothing);
    show();
  }

  // What can be chosen from a list: the name of the choice, where its list stands, what it holds for a statement, and what a value is called.
  const TEXT = "text";
  const CHOICES = [
    { choice: "actor", id: "actor", label: "Who moves", of: (s) => s.actors, name: model.label },
    {
      choice: "speaker",
      id: "speaker",
      label: "Who says so",
      of: (s) => (s.speakers.length ? s.speakers : [TEXT]),
      name: (n) => (n === TEXT ? "the text itself" : model.label(n)),
    },
    { choice: "document", id: "in-document", label: "Reported by", of: (s) => [s.document], name: (d) => model.documents[d].title },
    { choice: "issue", id: "issue", label: "About", of: (s) => s.issues, name: (i) => model.issues[i].label },
  ];
  for (const { choice, id, label, of, name } of CHOICES) {
    const read = (value) => (value === "" ? null : value === TEXT ? TEXT : Number(value));
    const select = element(
      "select",
      { id, onchange: () => state.set({ [choice]: read(select.value) }) },
      element("option", { value: "" }, "any"),
      ...byCount(tally(model.statements.flatMap(of))).map(([value, number]) => element("option", { value }, `${name(value)} (${number})`)),
    );
    byId("choices").append(element("label", { for: id }, label), select);
  }

  const confidence = byId("confidence");
  const grade = (passing) => state.set({ confidence: Number(confidence.value) / 100 }, passing);
  confidence.addEventListener("input", () => grade(true));
  confidence.addEventListener("change", () => grade(false));

  // A date that is typed passes through others.
  for (const id of ["from", "to"]) {
    byId(id).addEventListener("change", () => state.set({ [id]: byId(id).value }, true));
    byId(id).addEventListener("blur", () => state.settle());
  }
  byId("undated").addEventListener("change", () => state.set({ undated: byId("undated").checked }));
  byId("reset").addEventListener("click", () => {
    state.reset();
    byId("search").value = "";
  });

  // The bars: months, or what else gives a readable number of them; imprecise dates count as possible in each bar that they touch.
  const UNITS = [
    ["day", 1, 60],
    ["month", 30, 60],
    ["quarter", 91, 60],
    ["year", 365, 90],
    ["decade", 3653, 400],
  ];
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const finite = model.statements
    .filter((s) => s.date)
    .flatMap((s) => [s.first, s.last - model.DAY])
    .filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity),
    high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const unit = (UNITS.find(([, days, most]) => (high - low) / model.DAY / days <= most) || UNITS[UNITS.length - 1])[0];
  function floor(time) {
    const day = new Date(time),
      year = day.getUTCFullYear(),
      month = day.getUTCMonth();
    if (unit === "day") return Date.UTC(year, month, day.getUTCDate());
    if (unit === "month") return Date.UTC(year, month);
    if (unit === "quarter") return Date.UTC(year, month - (month % 3));
    return Date.UTC(unit === "year" ? year : year - (year % 10), 0);
  }
  function next(time) {
    const day = new Date(time),
      year = day.getUTCFullYear(),
      month = day.getUTCMonth();
    return {
      day: time + model.DAY,
      month: Date.UTC(year, month + 1),
      quarter: Date.UTC(year, month + 3),
      year: Date.UTC(year + 1, 0),
      decade: Date.UTC(year + 10, 0),
    }[unit];
  }
  const bars = [];
  for (let time = floor(low); finite.length && time <= high; time = next(time)) bars.push({ start: time, end: next(time) });

  const drawing = byId("histogram");
  let held = null;
  function histogram() {
    const undated = filters.result.beforeTime.filter((s) => !s.date).length;
    byId("undated-count").textContent = undated.toLocaleString("en");
    drawing.replaceChildren();
    if (!bars.length) {
      drawing.append(element("p", { class: "soft" }, "No statement here is dated."));
      return;
    }
    for (const bar of bars) {
      bar.sure = 0;
      bar.possible = 0;
    }
    for (const s of filters.result.beforeTime) {
      if (!s.date) continue;
      const touched = bars.filter((bar) => s.first < bar.end && s.last > bar.start);
      const sure = touched.length === 1 && s.first >= touched[0].start && s.last <= touched[0].end;
      for (const bar of touched) bar[sure ? "sure" : "possible"] += 1;
    }
    const most = Math.max(1, ...bars.map((bar) => bar.sure + bar.possible)),
      wide = 240 / bars.length;
    const from = state.now.from ? Date.parse(state.now.from) : -Infinity,
      to = state.now.to ? Date.parse(state.now.to) + model.DAY : Infinity;
    const picture = svg("svg", {
      viewBox: "0 0 240 64",
      role: "img",
      preserveAspectRatio: "none",
      "aria-label": `Statements by ${unit} from ${iso(low)} to ${iso(high)}; at most ${most} in one`,
    });
    bars.forEach((bar, n) => {
      const inside = bar.end > from && bar.start < to,
        tall = (value) => (value / most) * 58;
      const title = svg(
        "title",
        {},
        `${iso(bar.start)}${unit === "day" ? "" : " to " + iso(bar.end - model.DAY)}: ${bar.sure}` +
          (bar.possible ? `, and ${bar.possible} whose dates allow it` : ""),
      );
      picture.append(
        svg(
          "g",
          { class: inside ? "bar" : "bar out", "data-bar": n },
          title,
          svg("rect", { x: n * wide, y: 0, width: wide, height: 64, class: "reach" }),
          svg("rect", { x: n * wide + wide * 0.1, y: 62 - tall(bar.sure), width: wide * 0.8, height: tall(bar.sure), class: "sure" }),
          svg("rect", {
            x: n * wide + wide * 0.1,
            y: 62 - tall(bar.sure + bar.possible),
            width: wide * 0.8,
            height: tall(bar.possible),
            class: "possible",
          }),
        ),
      );
    });
    drawing.append(
      picture,
      element(
        "p",
        { class: "soft ends" },
        element("span", {}, iso(low)),
        element("span", {}, `by ${unit}`),
        element("span", {}, iso(high)),
      ),
    );
  }
  const barAt = (event) => {
    const box = drawing.firstChild.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  function stretch(to, passing) {
    const [first, last] = [Math.min(held, to), Math.max(held, to)];
    state.set({ from: iso(bars[first].start), to: iso(bars[last].end - model.DAY) }, passing);
  }
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

  function show() {
    const now = state.now;
    for (const box of document.querySelectorAll("input[data-group]")) box.checked = !now.off[box.dataset.group].has(box.dataset.name);
    for (const { choice, id } of CHOICES) byId(id).value = now[choice] === null ? "" : String(now[choice]);
    confidence.value = String(Math.round(now.confidence * 100));
    byId("confidence-value").textContent = now.confidence.toFixed(2);
    byId("from").value = now.from;
    byId("to").value = now.to;
    byId("undated").checked = now.undated;
    histogram();
    const found = filters.result;
    byId("left").textContent = `${found.statements.size.toLocaleString("en")} of ${count(model.statements.length, "statement")}`;
    byId("reset").disabled = !state.isFiltered();
  }
  state.onChange((now, before) => (before ? show() : signs()));
  kgraph.look.onChange(signs);
})();

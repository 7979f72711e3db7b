"use strict";
// Where each party stands on each issue, on a day that the reader moves.
(() => {
  const { model, state, filters, element, byId, count } = kgraph;
  const slider = byId("day");
  slider.max = String(model.days.length);
  slider.addEventListener("input", () => state.set({ day: model.days[Number(slider.value)] || "" }, true));
  slider.addEventListener("change", () => state.set({ day: model.days[Number(slider.value)] || "" }));

  // The stances that hold on a day: of each party and issue the last one up to it.
  function standing(day) {
    const found = new Map();
    model.stances.forEach((p, place) => {
      if (day ? !p.as_of || p.as_of > day : p.as_of) return;
      const key = `${p.actor} ${p.issue}`,
        before = found.get(key);
      if (!before || p.as_of >= before.as_of) found.set(key, { ...p, place });
    });
    return [...found.values()];
  }

  function render() {
    const now = state.now,
      found = standing(now.day).filter(
        (p) =>
          (now.actor === null || p.actor === now.actor) &&
          (now.issue === null || p.issue === now.issue) &&
          !now.off.type.has(model.nodes[p.actor].type) &&
          p.statements.some((s) => filters.result.statements.has(s)),
      );
    const issues = [...new Set(found.map((p) => p.issue))].sort((a, b) => model.issues[a].label.localeCompare(model.issues[b].label, "en"));
    const per = new Map();
    for (const p of found) per.set(p.actor, (per.get(p.actor) || 0) + 1);
    const actors = [...per.keys()].sort((a, b) => per.get(b) - per.get(a) || model.label(a).localeCompare(model.label(b), "en"));
    const at = new Map(found.map((p) => [`${p.actor} ${p.issue}`, p]));
    slider.value = String(now.day ? model.days.indexOf(now.day) : model.days.length);
    slider.setAttribute("aria-valuetext", now.day ? `as of ${now.day}` : "by all that is known");
    byId("day-value").textContent = now.day ? `as of ${now.day}` : "by all that is known";
    byId("positions-count").textContent = found.length
      ? `${count(found.length, "position")} of ${count(actors.length, "party", "parties")}. Empty cells: nothing was read.`
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
            element("th", { scope: "row", dir: "auto" }, kgraph.panel.pick(a)),
            ...issues.map((i) => {
              const p = at.get(`${a} ${i}`);
              return element(
                "td",
                {},
                p
                  ? kgraph.button(p.stance, () => state.set({ selected: { kind: "stance", place: p.place } }), {
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
  state.onChange((now) => {
    if (now.view === "positions") kgraph.redraw(byId("matrix"), render);
  });
})();

"use strict";
// The evidence beside the view: every statement behind what is selected, with its sentence, who says so, and when.
kgraph.panel = (() => {
  const { model, state, filters, element, button, words, byId, count } = kgraph;
  const PAGE = 30;

  const pick = (node) => words(model.label(node), () => state.set({ selected: { kind: "node", place: node } }));
  const joined = (nodes, between) => nodes.flatMap((n, i) => (i ? [between, pick(n)] : [pick(n)]));
  const tag = (text, firm, title) => element("span", { class: firm ? "tag" : "tag off", title }, text);

  function copier(text, label) {
    return button(
      "Copy",
      async (event) => {
        try {
          await navigator.clipboard.writeText(text);
          event.target.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(event.target.previousElementSibling);
          event.target.textContent = "Selected: copy it with Ctrl+C";
        }
        kgraph.say("copied");
      },
      { class: "small", "aria-label": label },
    );
  }

  function when(s) {
    const said = element("span", { class: s.date ? "tag" : "tag off" }, s.when);
    if (s.date) said.append(" ", element("span", { class: "edtf" }, s.date));
    return said;
  }

  function card(place) {
    const s = model.statements[place],
      said = model.sentence(s),
      source = model.documents[s.document];
    const what = s.what === model.label(s.object) ? [pick(s.object)] : [pick(s.object), ` (${s.what})`];
    const head = element(
      "h3",
      {},
      ...joined(s.actors, ", "),
      " ",
      element("span", { class: "verb " + kgraph.look.family(s.relation) }, model.verb(s)),
      " ",
      ...what,
      ...(s.condition !== null ? [" on ", pick(s.condition)] : []),
      ...(s.where ? [` in ${s.where}`] : []),
    );
    return element(
      "article",
      { class: "card", "data-statement": model.short(s.id) },
      head,
      element("blockquote", { dir: "auto" }, said.before, element("mark", {}, said.quote), said.after),
      element(
        "p",
        { class: "tags" },
        when(s),
        tag(s.polarity === "negative" ? "negated" : "affirmed", s.polarity === "positive"),
        tag(s.modality, s.modality === "actual"),
        tag(`confidence ${s.confidence.toFixed(2)}`, true, "How sure the reading is; see the README for what it is worth"),
        s.readBy.length ? tag(`read by ${s.readBy.join(", ")}`, true) : null,
      ),
      element(
        "p",
        { class: "source" },
        "Says so: ",
        ...(s.speakers.length ? joined(s.speakers, " → ") : ["the text itself"]),
        ". Reported by: ",
        words(source.title, () => kgraph.text.open(place)),
        [s.page === null ? "" : `page ${s.page}`, source.publisher, s.reportedOn || "undated"]
          .filter(Boolean)
          .map((part) => ", " + part)
          .join(""),
        ".",
      ),
      s.dateDerivation ? element("p", { class: "source" }, `Date: ${s.dateDerivation}.`) : null,
      element(
        "p",
        { class: "source iri" },
        element("code", {}, s.id),
        " ",
        copier(s.id, "Copy the IRI of this statement"),
        " ",
        button("Read it in the text", () => kgraph.text.open(place), { class: "small" }),
      ),
    );
  }

  // Cards a page at a time: a hub can have thousands.
  function cards(places, empty) {
    const list = element("div", { class: "cards" });
    let shown = 0;
    const further = button("", more, { class: "more" });
    function more() {
      list.append(...places.slice(shown, shown + PAGE).map(card));
      shown = Math.min(places.length, shown + PAGE);
      further.textContent = `Show ${Math.min(PAGE, places.length - shown)} more of ${places.length - shown}`;
      further.hidden = shown >= places.length;
    }
    more();
    return places.length ? [list, further] : [element("p", {}, empty)];
  }

  const inOrder = (places) => [...places].sort((a, b) => model.byTime(model.statements[a], model.statements[b]));
  const left = (places) => inOrder(places.filter((n) => filters.result.statements.has(n)));
  function counted(all, now) {
    return element(
      "p",
      { class: "tags" },
      count(now.length, "statement") + (now.length < all.length ? ` of ${all.length} (the others are filtered out)` : ""),
    );
  }

  // The lines that end at a thing, for whoever cannot click them: those that the network shows, the most told first.
  function lines(place) {
    const drawn = filters.result.edges.filter(({ edge }) => edge.source === place || edge.target === place);
    if (!drawn.length) return [];
    const name = ({ edge, statements }) =>
      (edge.source === place ? "" : `${model.label(edge.source)} `) +
      model.relation(edge.relation) +
      (edge.target === place ? "" : ` ${model.label(edge.target)}`) +
      (statements.length > 1 ? ` ×${statements.length}` : "");
    const items = drawn
      .sort((a, b) => b.statements.length - a.statements.length || a.edge.place - b.edge.place)
      .map((one) =>
        element(
          "li",
          {},
          words(name(one), () => state.set({ selected: { kind: "edge", place: one.edge.place } })),
        ),
      );
    return [element("details", { class: "lines" }, element("summary", {}, count(items.length, "line")), element("ul", {}, ...items))];
  }

  const SHOW = {
    node(place) {
      const n = model.nodes[place],
        now = left(n.told),
        hidden = filters.result.more.get(place) || 0;
      const life = model.lives.find((l) => l.matter === place);
      return [
        element("h2", { dir: "auto" }, kgraph.sign(n.type), " ", n.label, element("span", { class: "kind" }, ` ${n.type}`)),
        n.aliases.length ? element("p", { class: "tags", dir: "auto" }, "Also: " + n.aliases.join("; ")) : null,
        n.issues.length ? element("p", { class: "tags" }, "About: " + n.issues.map((i) => model.issues[i].label).join("; ")) : null,
        life ? element("p", {}, element("strong", {}, life.state), ": ", life.why) : null,
        element(
          "p",
          { class: "actions" },
          hidden
            ? button(`Show ${count(hidden, "more neighbour")}`, () => state.set({ opened: new Set([...state.now.opened, place]) }))
            : null,
          n.edges.length ? button("Only what is around it", () => state.set({ focus: place, depth: 1 })) : null,
          n.edges.length ? button("Two steps", () => state.set({ focus: place, depth: 2 })) : null,
          state.now.focus !== null ? button("Everything again", () => state.set({ focus: null })) : null,
          model.statements.some((s) => s.actors.includes(place)) ? button("Only its moves", () => state.set({ actor: place })) : null,
        ),
        element("p", { class: "source iri" }, element("code", {}, n.id), " ", copier(n.id, "Copy the IRI of this thing")),
        ...lines(place),
        counted(n.told, now),
        ...cards(now, "The filters leave none of its statements."),
      ];
    },
    edge(place) {
      const e = model.edges[place],
        now = left(e.statements);
      return [
        element("h2", {}, pick(e.source), ` ${model.relation(e.relation)} `, pick(e.target)),
        counted(e.statements, now),
        ...cards(now, "The filters leave none of its statements."),
      ];
    },
    statement(place) {
      return [element("h2", {}, "One statement"), ...cards([place])];
    },
    stance(place) {
      const p = model.stances[place];
      return [
        element("h2", {}, pick(p.actor), ` on ${model.issues[p.issue].label}`),
        element("p", {}, element("strong", {}, p.stance), ` (${p.certainty}) ${p.as_of ? "as of " + p.as_of : "by all that is known"}`),
        ...cards(inOrder(p.statements)),
      ];
    },
    link(place) {
      const l = model.links[place];
      return [
        element("h2", { dir: "auto" }, `“${model.boxes[l.outcome].label}” ${l.kind} “${model.boxes[l.condition].label}”`),
        element("p", { class: "tags" }, "Set by: ", ...joined(l.setters, ", "), l.circular ? ". Part of a circle of conditions." : "."),
        ...cards(left(l.statements)),
      ];
    },
    box(place) {
      const b = model.boxes[place],
        behind = model.links.filter((l) => l.condition === place || l.outcome === place).flatMap((l) => l.statements);
      return [
        element("h2", { dir: "auto" }, b.label, b.status ? element("span", { class: "kind" }, ` condition ${b.status}`) : null),
        element("p", { class: "tags" }, "In the texts: ", ...joined(b.nodes, "; ")),
        element(
          "ul",
          { class: "overview documents" },
          ...model.links.flatMap((l, n) =>
            l.condition === place || l.outcome === place
              ? [
                  element(
                    "li",
                    {},
                    words(`“${model.boxes[l.outcome].label}” ${l.kind} “${model.boxes[l.condition].label}”`, () =>
                      state.set({ selected: { kind: "link", place: n } }),
                    ),
                  ),
                ]
              : [],
          ),
        ),
        ...cards(left([...new Set(behind)])),
      ];
    },
  };

  // Before anything is selected: where one could begin, by what the filters leave.
  function overview() {
    const now = model.statements.filter((s) => filters.result.statements.has(s.place));
    const list = (title, places) => {
      const tally = new Map();
      for (const n of places) tally.set(n, (tally.get(n) || 0) + 1);
      const most = [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 6);
      return most.length
        ? [
            element("h3", {}, title),
            element(
              "ul",
              { class: "overview" },
              ...most.map(([n, number]) =>
                element("li", {}, kgraph.sign(model.nodes[n].type), " ", pick(n), element("span", { class: "soft" }, ` ${number}`)),
              ),
            ),
          ]
        : [];
    };
    const hint = !model.statements.length
      ? "No statement was read in these texts."
      : now.length
        ? "Select a thing, a line, a point or a cell to read the sentences behind it."
        : "The filters leave no statement; “Reset filters” brings them back.";
    const told = new Map();
    for (const s of now) {
      if (!told.has(s.document)) told.set(s.document, []);
      told.get(s.document).push(s.place);
    }
    return [
      element("h2", {}, "Sentences"),
      element("p", {}, hint),
      ...list(
        "Most active",
        now.flatMap((s) => s.actors),
      ),
      ...list(
        "What most is said about",
        now.map((s) => s.object),
      ),
      told.size ? element("h3", {}, "Documents") : null,
      element(
        "ul",
        { class: "overview documents" },
        ...[...told].slice(0, 12).map(([d, places]) =>
          element(
            "li",
            {},
            words(model.documents[d].title, () => kgraph.text.open(places[0])),
            element("span", { class: "soft" }, ` ${model.documents[d].published || "undated"}, ${count(places.length, "statement")}`),
          ),
        ),
        told.size > 12 ? element("li", { class: "soft" }, `and ${told.size - 12} more: choose one under “Reported by”`) : null,
      ),
    ];
  }

  function render() {
    const { selected } = state.now,
      panel = byId("evidence");
    const content = selected ? SHOW[selected.kind](selected.place) : overview();
    panel.replaceChildren(...content.filter(Boolean));
    byId("panel").classList.toggle("empty", !selected);
    byId("close-panel").hidden = !selected;
  }

  state.onChange((now, before) => {
    kgraph.redraw(byId("evidence"), render);
    if (!before || now.selected !== before.selected) byId("panel").scrollTop = 0;
  });
  byId("close-panel").addEventListener("click", () => state.set({ selected: null }));
  return { pick };
})();

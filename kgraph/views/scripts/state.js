"use strict";
// What the reader has chosen. It stands in the address behind "#", so that a view can be mailed, and back and forward work.
kgraph.state = (() => {
  const { model } = kgraph;
  const start = JSON.parse(document.getElementById("start").textContent);
  const DEPTHS = [1, 2];
  const fresh = () => ({
    view: start.view,
    off: { type: new Set(), relation: new Set(), polarity: new Set(), modality: new Set() },
    actor: null,
    speaker: null,
    document: null,
    issue: null,
    confidence: 0,
    from: "",
    to: "",
    undated: true,
    focus: null,
    depth: 1,
    opened: new Set(),
    all: false,
    selected: null,
    lanes: "actor",
    day: "",
    query: "",
  });
  const KNOWN = {
    type: new Set(model.nodes.map((n) => n.type)),
    relation: new Set(model.relations.map((r) => r.id)),
    polarity: new Set(model.statements.map((s) => s.polarity)),
    modality: new Set(model.statements.map((s) => s.modality)),
  };
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text || "") && !Number.isNaN(Date.parse(text));
  const thing = (n) => model.short(model.nodes[n].id);

  const PARTS = {
    node: { write: (s) => thing(s.place), read: (text) => place(model.nodeAt(text)) },
    statement: { write: (s) => model.short(model.statements[s.place].id), read: (text) => place(model.statementAt(text)) },
    edge: {
      write: (s) => {
        const e = model.edges[s.place];
        return [thing(e.source), e.relation, thing(e.target)].join("|");
      },
      read: (text) => {
        const [a, r, b] = text.split("|");
        return place(model.edgeAt(model.nodeAt(a), r, model.nodeAt(b)));
      },
    },
    stance: named(model.stances, (p) => [thing(p.actor), model.issues[p.issue].id, p.as_of]),
    link: named(model.links, (l) => [thing(model.boxes[l.condition].nodes[0]), l.kind, thing(model.boxes[l.outcome].nodes[0])]),
    box: named(model.boxes, (b) => [thing(b.nodes[0])]),
  };
  // What has no address of its own goes by what it is about: places in lists change from build to build.
  function named(list, parts) {
    const name = (item) => parts(item).join("|");
    return { write: (s) => name(list[s.place]), read: (text) => place(list.findIndex((item) => name(item) === text)) };
  }
  function place(found) {
    return found === undefined || found < 0 ? null : found;
  }

  function write(s) {
    const found = new URLSearchParams();
    const put = (name, value) => {
      if (value) found.set(name, value);
    };
    if (s.view !== start.view) put("view", s.view);
    for (const [name, off] of Object.entries(s.off)) put("no-" + name, [...off].sort().join(","));
    put("actor", s.actor !== null && thing(s.actor));
    put("speaker", s.speaker === "text" ? "text" : s.speaker !== null && thing(s.speaker));
    put("document", s.document !== null && model.documents[s.document].id);
    put("issue", s.issue !== null && model.issues[s.issue].id);
    put("confidence", s.confidence > 0 && String(s.confidence));
    put("from", s.from);
    put("to", s.to);
    put("undated", s.undated ? "" : "no");
    put("focus", s.focus !== null && thing(s.focus));
    put("depth", s.focus !== null && s.depth !== 1 && String(s.depth));
    put(
      "opened",
      [...s.opened]
        .sort((a, b) => a - b)
        .map(thing)
        .join("|"),
    );
    put("all", s.all ? "yes" : "");
    put("lanes", s.lanes !== "actor" && s.lanes);
    put("day", s.day);
    put("query", s.query);
    put("selected", s.selected && s.selected.kind + ":" + PARTS[s.selected.kind].write(s.selected));
    return found.toString();
  }

  // Whatever the address holds that this page does not know is left out: a mailed view still opens.
  function read(fragment) {
    const given = new URLSearchParams(fragment.replace(/^#/, "")),
      s = fresh();
    if (kgraph.views.includes(given.get("view"))) s.view = given.get("view");
    for (const name of Object.keys(s.off))
      s.off[name] = new Set((given.get("no-" + name) || "").split(",").filter((one) => KNOWN[name].has(one)));
    s.actor = place(model.nodeAt(given.get("actor")));
    s.speaker = given.get("speaker") === "text" ? "text" : place(model.nodeAt(given.get("speaker")));
    s.document = place(model.documentAt(given.get("document")));
    s.issue = place(model.issues.findIndex((i) => i.id === given.get("issue")));
    s.confidence = Math.min(1, Math.max(0, Number(given.get("confidence")) || 0));
    s.from = isDay(given.get("from")) ? given.get("from") : "";
    s.to = isDay(given.get("to")) ? given.get("to") : "";
    s.undated = given.get("undated") !== "no";
    s.focus = place(model.nodeAt(given.get("focus")));
    s.depth = DEPTHS.includes(Number(given.get("depth"))) ? Number(given.get("depth")) : 1;
    s.opened = new Set(
      (given.get("opened") || "")
        .split("|")
        .map(model.nodeAt)
        .filter((n) => n !== undefined),
    );
    s.all = given.get("all") === "yes";
    s.lanes = ["actor", "matter", "life"].includes(given.get("lanes")) ? given.get("lanes") : "actor";
    s.day = model.days.includes(given.get("day")) ? given.get("day") : "";
    s.query = given.get("query") || "";
    const [kind, ...rest] = (given.get("selected") || "").split(":");
    const found = Object.hasOwn(PARTS, kind) ? PARTS[kind].read(rest.join(":")) : null;
    s.selected = found === null ? null : { kind, place: found };
    return s;
  }

  // One movement of a slider is one step of the history: its first change adds an entry, the others replace that.
  let moving = false;
  function remember(fragment, passing) {
    const replaces = moving;
    moving = passing;
    // In a frame of a notebook there is no history to write to; the page works without.
    try {
      if (fragment !== (location.hash || "#")) history[replaces ? "replaceState" : "pushState"](null, "", fragment);
    } catch (error) {
      if (error.name !== "SecurityError") throw error;
    }
  }

  let current = null;
  const listeners = [];
  const tell = (before) => listeners.forEach((listen) => listen(current, before));
  const store = {
    get now() {
      return current;
    },
    onChange: (listen) => listeners.push(listen),
    // Change some choices; ``passing`` ones belong to a movement that goes on.
    set(changes, passing = false) {
      const before = current;
      current = { ...current, ...changes };
      remember("#" + write(current), passing);
      tell(before);
    },
    // A movement ends without a change of its own.
    settle() {
      moving = false;
    },
    toggle(group, name, on) {
      const off = new Set(current.off[group]);
      if (on) off.delete(name);
      else off.add(name);
      store.set({ off: { ...current.off, [group]: off } });
    },
    reset() {
      store.set({ ...fresh(), view: current.view, lanes: current.lanes, query: current.query });
    },
    isFiltered() {
      return write({ ...current, view: start.view, lanes: "actor", selected: null, day: "", query: "" }) !== "";
    },
    begin() {
      current = read(location.hash);
      tell(null);
    },
    address: () => location.href.split("#")[0] + "#" + write(current),
  };
  window.addEventListener("popstate", () => {
    const before = current;
    current = read(location.hash);
    tell(before);
  });
  return store;
})();

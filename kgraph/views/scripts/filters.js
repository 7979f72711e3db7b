"use strict";
// Which statements, edges and things are left by what the reader has chosen.
kgraph.filters = (() => {
  const { model } = kgraph;
  const OPENING = JSON.parse(document.getElementById("start").textContent).most;
  let key = null,
    cached = null;

  const seenType = (s, node) => !s.off.type.has(model.nodes[node].type);

  function passes(s, one) {
    if (s.off.relation.has(one.relation) || s.off.polarity.has(one.polarity) || s.off.modality.has(one.modality)) return false;
    if (one.confidence < s.confidence || (s.document !== null && one.document !== s.document)) return false;
    if (s.actor !== null && !one.actors.includes(s.actor)) return false;
    if (s.speaker === "text" ? one.speakers.length : s.speaker !== null && !one.speakers.includes(s.speaker)) return false;
    if (s.issue !== null && !one.issues.includes(s.issue)) return false;
    return seenType(s, one.object) && one.actors.some((a) => seenType(s, a));
  }

  // A dated statement is in a range when it can have taken place in it; undated ones are in or out by their own switch.
  function inTime(s, one) {
    if (!one.date) return s.undated;
    return (!s.from || one.last > Date.parse(s.from)) && (!s.to || one.first < Date.parse(s.to) + model.DAY);
  }

  function compute(s) {
    const beforeTime = model.statements.filter((one) => passes(s, one));
    const all = hangTogether(
      s,
      beforeTime.filter((one) => inTime(s, one)),
    );
    if (s.focus === null) return { ...all, beforeTime };
    // Around a focus only what holds between the things that are shown counts, in every view.
    const inside = (one) => [...one.actors, one.object, one.condition].every((n) => n === null || all.nodes.has(n));
    const near = beforeTime.filter(inside);
    const found = hangTogether(
      s,
      near.filter((one) => inTime(s, one)),
    );
    return { ...found, nodes: all.nodes, things: all.things, more: all.more, neighbours: all.neighbours, beforeTime: near };
  }

  // The edges that some statements make up, the things between them, and which of these are shown.
  function hangTogether(s, statements) {
    const passed = new Set(statements.map((one) => one.place)),
      edges = [],
      degree = new Map();
    for (const edge of model.edges) {
      const left = edge.statements.filter((n) => passed.has(n));
      if (!left.length || s.off.relation.has(edge.relation) || !seenType(s, edge.source) || !seenType(s, edge.target)) continue;
      edges.push({ edge, statements: left });
      for (const end of [edge.source, edge.target]) degree.set(end, (degree.get(end) || 0) + left.length);
    }
    const neighbours = new Map([...degree.keys()].map((n) => [n, new Set()]));
    for (const { edge } of edges) {
      neighbours.get(edge.source).add(edge.target);
      neighbours.get(edge.target).add(edge.source);
    }
    const shown = chosen(s, edges, degree, neighbours);
    const drawn = edges.filter(({ edge }) => shown.has(edge.source) && shown.has(edge.target));
    const more = new Map();
    for (const n of shown) {
      const hidden = [...(neighbours.get(n) || [])].filter((other) => !shown.has(other)).length;
      if (hidden) more.set(n, hidden);
    }
    return { statements: passed, edges: drawn, nodes: shown, things: degree.size, more, neighbours };
  }

  // The ends of the first edges (they come in the order of how much is told about them), as many as can be read at once.
  function opening(edges) {
    const found = new Set();
    for (const {
      edge: { source, target },
    } of edges) {
      const added = (found.has(source) ? 0 : 1) + (source === target || found.has(target) ? 0 : 1);
      if (found.size + added <= OPENING) found.add(source).add(target);
    }
    return found;
  }

  // The things that the network shows: those around the focus, or the opening, and what was opened up besides.
  function chosen(s, edges, degree, neighbours) {
    let found = new Set();
    if (s.focus !== null) {
      let rim = [s.focus];
      found.add(s.focus);
      for (let step = 0; step < s.depth; step++) {
        rim = rim.flatMap((n) => [...(neighbours.get(n) || [])]).filter((n) => !found.has(n) && found.add(n));
      }
    } else {
      found = s.all || degree.size <= OPENING ? new Set(degree.keys()) : opening(edges);
    }
    for (const n of s.opened) {
      if (!degree.has(n)) continue;
      found.add(n);
      neighbours.get(n).forEach((other) => found.add(other));
    }
    return found;
  }

  return {
    get result() {
      const s = kgraph.state.now;
      const now = [
        s.off,
        s.actor,
        s.speaker,
        s.document,
        s.issue,
        s.confidence,
        s.from,
        s.to,
        s.undated,
        s.focus,
        s.depth,
        s.opened,
        s.all,
      ];
      if (!key || now.some((value, n) => value !== key[n])) {
        key = now;
        cached = compute(s);
      }
      return cached;
    },
  };
})();

"use strict";
// Which view is on the page, and what holds for all of them.
(() => {
  const { state, byId, look } = kgraph;
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) || document.activeElement.isContentEditable;
    if (event.key === "/" && !typing && !document.activeElement.closest(".yasqe")) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && byId("save").open) {
      byId("save").open = false;
      byId("save").querySelector("summary").focus();
    } else if (event.key === "Escape" && !typing && !byId("document").open && state.now.selected) state.set({ selected: null });
  });
  const wide = window.matchMedia("(min-width: 60rem)"),
    fold = () => {
      byId("filters").open = wide.matches;
    };
  fold();
  wide.addEventListener("change", fold);
  document.addEventListener("click", (event) => {
    if (byId("save").open && !byId("save").contains(event.target)) byId("save").open = false;
  });
  // In a frame of a notebook there is no address to copy, and nothing may be printed.
  if (window.parent !== window) byId("link").hidden = byId("print").hidden = true;

  // Paper is light, has room for all rows, and takes drawings as pictures.
  const DRAWN = { network: () => kgraph.network.picture(), conditions: () => kgraph.conditions.picture() };
  for (const [event, printing] of [
    ["beforeprint", true],
    ["afterprint", false],
  ]) {
    window.addEventListener(event, () => {
      kgraph.printing = printing;
      document.documentElement.classList.toggle("paper", printing);
      look.refresh();
      const draw = printing ? DRAWN[state.now.view] : null;
      byId("picture").replaceChildren(
        ...(draw ? [document.importNode(new DOMParser().parseFromString(draw(), "image/svg+xml").documentElement, true)] : []),
      );
      if (state.now.view === "table") kgraph.table.render();
    });
  }
  state.begin();
  document.body.dataset.ready = "yes";
})();

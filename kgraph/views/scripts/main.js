"use strict";
// Which view is on the page, and what holds for all of them.
(() => {
  const { state, byId, look } = kgraph;
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) || document.activeElement.isContentEditable;
    if (event.key === "/" && !typing && !document.activeElement.closest(".yasqe")) {
      event.preventDefault();
      byId("search").focus();
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
  // Paper is light, and has room for all rows.
  for (const [event, printing] of [
    ["beforeprint", true],
    ["afterprint", false],
  ]) {
    window.addEventListener(event, () => {
      kgraph.printing = printing;
      look.refresh();
      if (state.now.view === "table") kgraph.table.render();
    });
  }
  state.begin();
  document.body.dataset.ready = "yes";
})();

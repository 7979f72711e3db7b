"use strict";
// The views as tabs. This listens first: a view must be on the page before anything draws into it, for what is hidden has no size.
kgraph.views = (() => {
  const { state, byId } = kgraph;
  const tabs = [...document.querySelectorAll("[role=tab]")];

  state.onChange((now) => {
    for (const tab of tabs) {
      const on = tab.dataset.view === now.view;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !on;
    }
    document.body.dataset.view = now.view;
  });
  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => state.set({ view: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(n + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
    });
  });
  return tabs.map((tab) => tab.dataset.view);
})();

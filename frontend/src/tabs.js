// The views as tabs: each view's panel is made from its own markup.
import { byId, element, leap } from "./elements.js";
import { state } from "./state.js";

/** @typedef {import("./view").View} View */

/**
 * Put the tabs and the panels of some views on the page.
 * @param {View[]} views
 */
export function begin(views) {
  byId("tabs").append(...views.map(tab));
  byId("picture").before(...views.map(panel));
  for (const view of views) view.begin();
  leap();
}

/**
 * Show the panel of the chosen view. It must be on the page before anything draws into it, for what is hidden has no size.
 * @param {string} chosen
 */
export function show(chosen) {
  for (const one of tabs()) {
    const on = one.dataset.view === chosen;
    one.setAttribute("aria-selected", String(on));
    one.tabIndex = on ? 0 : -1;
    byId(`${one.dataset.view}-view`).hidden = !on;
  }
  document.body.dataset.view = chosen;
}

/** @returns {HTMLElement[]} */
const tabs = () => [...byId("tabs").querySelectorAll("[role=tab]")];

function tab({ name, title }) {
  return element(
    "button",
    {
      type: "button",
      role: "tab",
      id: `${name}-tab`,
      "data-view": name,
      "aria-controls": `${name}-view`,
      "aria-selected": "false",
      onclick: () => state.set({ view: name }),
      onkeydown: step,
    },
    title,
  );
}

function step(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const all = tabs(),
    next = all[(all.indexOf(event.currentTarget) + by + all.length) % all.length];
  next.focus();
  next.click();
}

function panel({ name, markup }) {
  const made = element("section", { id: `${name}-view`, role: "tabpanel", "aria-labelledby": `${name}-tab`, hidden: true });
  made.innerHTML = markup;
  return made;
}

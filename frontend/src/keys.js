// What the keyboard does on every view, and the list of keys that "?" shows; a view says its own in `keys`.
import { byId, element } from "./elements.js";
import * as menus from "./menus.js";
import { state } from "./state.js";

/** @typedef {import("./view").View} View */

const dialog = byId("keys");
/** @type {[string, string][]} */
const EVERYWHERE = [
  ["/ or Ctrl+K", "goes to the search, which also finds commands: “timeline”, “reset”, “png”"],
  ["1 2 3 …", "goes to a view, in the order of the tabs"],
  ["Esc", "closes what is open, then selects nothing"],
  ["?", "shows this list"],
];

const line = ([keys, does]) => element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, keys)), element("td", {}, does));
const table = (title, rows) => element("table", {}, element("caption", {}, title), element("tbody", {}, ...rows.map(line)));

/** @param {View[]} views */
export function show(views) {
  byId("keys-list").replaceChildren(
    table("Everywhere", EVERYWHERE),
    ...views.filter((view) => view.keys).map((view) => table(view.title, view.keys)),
  );
  dialog.showModal();
}

function search() {
  byId("search").focus();
  byId("search").select();
}

function escape(typing) {
  if (!menus.close() && !typing && state.now.selected) state.set({ selected: null });
}
const isTyping = (active) =>
  /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName) || active.isContentEditable || active.closest(".yasqe") !== null;

/**
 * What a key does now; null: what it does anyway.
 * @param {KeyboardEvent} event @param {View[]} views
 */
function meant({ key, ctrlKey, metaKey, altKey }, views) {
  const typing = isTyping(document.activeElement),
    view = views[Number(key) - 1];
  if (ctrlKey || metaKey) return key === "k" ? search : null;
  if (key === "Escape") return () => escape(typing);
  if (typing || altKey) return null;
  if (view) return () => state.set({ view: view.name });
  return { "/": search, "?": () => show(views) }[key] || null;
}

/** @param {View[]} views those of the page, in the order of their tabs */
export function begin(views) {
  byId("close-keys").addEventListener("click", () => dialog.close());
  byId("show-keys").addEventListener("click", () => show(views));
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const act = meant(event, views);
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
}

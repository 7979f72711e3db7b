// What the keyboard does on every view, and the list of keys that "?" shows; a view says its own in `keys`.
import { byId } from "./elements.js";
import { isTyping, listKeys } from "./keylist.js";
import * as menus from "./menus.js";
import { state } from "./state.js";

/** @typedef {import("./view").View} View */

/** @type {[string, string][]} */
const EVERYWHERE = [
  ["/ or Ctrl+K", "goes to the search, which also finds commands: “timeline”, “reset”, “png”"],
  ["1 2 3 …", "goes to a view, in the order of the tabs"],
  ["Esc", "closes what is open, then selects nothing"],
  ["?", "shows this list"],
];

/** @param {View[]} views */
export function show(views) {
  listKeys([["Everywhere", EVERYWHERE], ...views.flatMap((view) => (view.keys ? [listed(view.title, view.keys)] : []))]);
}
/** @type {(title: string, keys: [string, string][]) => [string, [string, string][]]} */
const listed = (title, keys) => [title, keys];

function search() {
  byId("search").focus();
  byId("search").select();
}

function escape(typing) {
  if (!menus.close() && !typing && state.now.selected) state.set({ selected: null });
}

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
  byId("show-keys").addEventListener("click", () => show(views));
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const act = meant(event, views);
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
}

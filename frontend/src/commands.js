// What can be done on the page, by name, for whoever would rather type than look for the button.
import { byId, number } from "./elements.js";
import * as keeping from "./keeping.js";
import { model } from "./model.js";
import { state } from "./state.js";

/** @typedef {{ name: string, act: () => void }} Command */

const press = (control, before = "") => ({
  name: before + (control.getAttribute("aria-label") || control.textContent),
  act: () => control.click(),
});
const pressable = (holder) => [...holder.querySelectorAll("button")].filter((one) => !one.disabled && !one.hidden);

/**
 * What can be done now.
 * @param {import("./view").View[]} views
 * @returns {Command[]}
 */
export function commands(views) {
  return [
    ...views.map((view, n) => ({ name: `Go to ${view.title} (${number(n + 1)})`, act: () => state.set({ view: view.name }) })),
    ...keeping.views().map((view) => ({ name: `View: ${view.name}`, act: () => keeping.open(view) })),
    ...pressable(byId("save").querySelector(".menu")).map((one) => press(one, "Save or share: ")),
    ...[byId("reset"), byId("no-focus"), byId("show-keys")].filter((one) => !one.disabled && one.offsetParent).map((one) => press(one)),
    ...pressable(byId(`${state.now.view}-view`).querySelector(".tools") || byId("picture")).map((one) => press(one)),
    // Who types "ceasefire" may mean the issue, or a negotiation, rather than one matter of that name.
    ...model.issues.map(({ label, place }) => ({ name: `Only what is about ${label}`, act: () => state.set({ issue: place }) })),
    ...model.negotiations.map(({ label, place }) => ({
      name: `Only the negotiation ${label}`,
      act: () => state.set({ negotiation: place }),
    })),
  ];
}

/**
 * The commands in which each word that was typed begins a word.
 * @param {Command[]} all @param {string} text
 */
export function fitting(all, text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  return all.filter(({ name }) => {
    const own = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
    return wanted.every((word) => own.some((one) => one.startsWith(word)));
  });
}

// The list of keys that "?" opens, on every page.
import { byId, element } from "./elements.js";

const line = ([keys, does]) => element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, keys)), element("td", {}, does));
const table = ([title, rows]) => element("table", {}, element("caption", {}, title), element("tbody", {}, ...rows.map(line)));

/**
 * Open the list.
 * @param {[string, [string, string][]][]} tables keys with what they do, under a title each
 */
export function listKeys(tables) {
  byId("keys-list").replaceChildren(...tables.map(table));
  byId("keys").showModal();
}

/** Whether keys are what somebody writes. @param {Element} active what has the focus */
export const isTyping = (active) =>
  /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName) ||
  /** @type {HTMLElement} */ (active).isContentEditable ||
  active.closest(".yasqe") !== null;

byId("close-keys").addEventListener("click", () => byId("keys").close());

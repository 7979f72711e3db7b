// The analysis page: which findings are shown, in which order, and how the reader marked them. All of it stands in the address behind "#", so that it
// can be mailed. Without scripts the page shows everything.
import "../styles/analysis.css";

import * as beside from "./beside.js";
import { byId, count, element, leap } from "./elements.js";
import * as keeping from "./keeping.js";
import { isTyping, listKeys } from "./keylist.js";
import * as menus from "./menus.js";
import { admits, MARKS, order, read, write } from "./findings.js";

/** @typedef {import("./findings.js").Finding} Finding */
/** @typedef {import("./findings.js").Choice} Choice */

const STEP = 25;
const tools = byId("tools");

/** @type {(Finding & { card: HTMLElement })[]} */
const findings = [...document.querySelectorAll(".finding")].map((one, place) => {
  const card = /** @type {HTMLElement} */ (one),
    { kind, confidence, day, sentences, parties, negotiation } = card.dataset;
  return {
    card,
    place,
    id: card.id,
    kind,
    confidence: Number(confidence),
    day,
    sentences: Number(sentences),
    parties: JSON.parse(parties),
    negotiation,
    name: card.querySelector("h2").textContent,
    text: card.textContent.toLowerCase(),
  };
});
/** @type {Choice} */
let choice = read(location.hash),
  shown = STEP;

function draw() {
  const left = findings.filter((one) => admits(choice, one)).sort(order(choice.order)),
    visible = new Set(left.slice(0, shown));
  for (const one of findings) {
    one.card.hidden = !visible.has(one);
    for (const button of one.card.querySelectorAll("[data-mark]"))
      button.setAttribute("aria-pressed", String(choice.marks.get(one.id) === /** @type {HTMLElement} */ (button).dataset.mark));
    one.card.dataset.marked = choice.marks.get(one.id) || "";
  }
  byId("findings").append(...left.map((one) => one.card));
  const marked = MARKS.map((mark) => [mark, [...choice.marks.values()].filter((one) => one === mark).length]).filter(([, n]) => n);
  byId("count").textContent =
    (left.length === findings.length ? count(left.length, "finding") : `${left.length} of ${count(findings.length, "finding")}`) +
    (marked.length ? `; marked: ${marked.map(([mark, n]) => `${n} ${mark}`).join(", ")}` : "");
  byId("more").hidden = left.length <= shown;
  byId("more").textContent = `Show ${Math.min(STEP, left.length - shown)} more of ${left.length - shown}`;
  for (const name of ["words", "kind", "party", "negotiation", "mark", "order"]) if (byId(name)) byId(name).value = choice[name];
  byId("least").value = String(Math.round(choice.least * 100));
  byId("least-value").textContent = choice.least.toFixed(2);
}

/**
 * @param {Partial<Choice>} changes
 */
function set(changes) {
  choice = { ...choice, ...changes };
  if (!("marks" in changes)) shown = STEP;
  history.replaceState(null, "", "#" + write(choice));
  draw();
}

for (const name of ["words", "kind", "party", "negotiation", "mark", "order"])
  byId(name)?.addEventListener("input", (event) => set({ [name]: event.target.value }));
byId("least")?.addEventListener("input", (event) => set({ least: Number(event.target.value) / 100 }));
tools?.addEventListener("submit", (event) => event.preventDefault());
byId("clear")?.addEventListener("click", () => set({ ...read(""), marks: choice.marks }));
byId("more")?.addEventListener("click", () => {
  const next = [...document.querySelectorAll(".finding:not([hidden])")].length;
  shown += STEP;
  draw();
  /** @type {HTMLElement} */ (document.querySelectorAll(".finding:not([hidden]) summary")[next])?.focus();
});
byId("unfold")?.addEventListener("click", (event) => {
  const open = event.currentTarget.getAttribute("aria-pressed") !== "true";
  event.currentTarget.setAttribute("aria-pressed", String(open));
  event.currentTarget.textContent = open ? "Hide all sentences" : "Show all sentences";
  for (const { card } of findings) for (const one of card.querySelectorAll("details")) one.open = open;
});
byId("link")?.addEventListener("click", async () => {
  await navigator.clipboard?.writeText(location.href);
  byId("count").textContent = "The address of this page, with your choice and your marks, is copied.";
});
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (button?.dataset.only) {
    set({ ...read(""), marks: choice.marks, kind: button.dataset.only });
    tools.scrollIntoView({ block: "start" });
  } else if (button?.dataset.mark) {
    const marks = new Map(choice.marks),
      id = button.closest(".finding").id;
    if (marks.get(id) === button.dataset.mark) marks.delete(id);
    else marks.set(id, button.dataset.mark);
    set({ marks });
  }
});
/** @type {[string, string][]} */
const KEYS = [
  ["/ or Ctrl+K", "goes to the words that a finding must have"],
  ["Esc", "closes what is open"],
  ["?", "shows this list"],
];
const showKeys = () => listKeys([["On this page", KEYS]]);
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const held = event.ctrlKey || event.metaKey,
    typing = isTyping(document.activeElement);
  if (event.key === "Escape") return menus.close();
  if (held ? event.key !== "k" : typing || !["/", "?"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "?") showKeys();
  else byId("words").focus();
});
// A finding that is linked to is shown, whatever else is.
function follow() {
  const target = findings.find((one) => one.id === location.hash.slice(1));
  if (!target) {
    choice = read(location.hash);
    return draw();
  }
  choice = { ...read(""), marks: choice.marks };
  shown = Math.max(shown, target.place + 1);
  draw();
  target.card.scrollIntoView({ block: "start" });
  for (const one of target.card.querySelectorAll("details")) one.open = true;
}
window.addEventListener("hashchange", follow);
// Paper has room for all of them.
let before = STEP;
window.addEventListener("beforeprint", () => {
  before = shown;
  shown = findings.length;
  draw();
});
window.addEventListener("afterprint", () => {
  shown = before;
  draw();
});

/** Shows a finding; whether it is on this page. @param {string} id */
function choose(id) {
  const known = findings.some((one) => one.id === id);
  if (known && location.hash === `#${id}`) follow();
  else if (known) location.hash = id;
  return known;
}
function showNotes() {
  for (const { card, id, name } of findings) {
    const own = /** @type {HTMLElement} */ (card.querySelector(".own"));
    own.querySelector(".note")?.remove();
    own.append(keeping.noteAbout(beside.FINDING + id, name));
    own.hidden = false;
  }
}

menus.begin();
leap();
byId("show-keys").hidden = false;
byId("show-keys").addEventListener("click", showKeys);
keeping.begin({
  title: document.querySelector("h1").textContent,
  address: () => `${beside.ANALYSIS}#${write(choice)}`,
  open(address) {
    const own = address.startsWith(`${beside.ANALYSIS}#`) ? address.slice(beside.ANALYSIS.length + 1) : null;
    if (own === null) beside.openNetwork(address);
    else set({ ...read(own) });
  },
  choose: (about) => (about.startsWith(beside.FINDING) ? choose(about.slice(beside.FINDING.length)) : beside.choose(about)),
  anew: showNotes,
});
if (tools) {
  tools.hidden = false;
  showNotes();
  follow();
} else document.querySelector("main").append(element("p", {}, "Nothing was found."));
document.body.dataset.ready = "yes";

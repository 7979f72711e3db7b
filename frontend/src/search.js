// Search with suggestions over names and wordings, and over commands: a combobox as the ARIA practices describe it.
import { fitting } from "./commands.js";
import { byId, element } from "./elements.js";
import { filters } from "./filters.js";
import { sign, typeWords } from "./look.js";
import { model } from "./model.js";
import { state } from "./state.js";

// Names are fewer where there are also commands, so that these are seen.
const MOST = 12,
  MOST_BESIDE = 5,
  MOST_COMMANDS = 6;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const everything = () =>
  model.nodes.flatMap((n, place) =>
    model.toldOf(place).length
      ? [
          { place, name: n.label, key: plain(n.label), preferred: true },
          ...n.aliases.map((name) => ({ place, name, key: plain(name), preferred: false })),
        ]
      : [],
  );
/** Every name, once something is searched. @type {ReturnType<typeof everything>} */
let entries;
const input = byId("search"),
  list = byId("suggestions");
/** @type {{ line: HTMLElement, act: () => void }[]} What is offered. */
let shown = [],
  active = -1;
/** @type {() => import("./commands.js").Command[]} */
let commands = () => [];

function rank(entry, wanted) {
  if (entry.key === wanted) return 0;
  if (entry.key.startsWith(wanted)) return 1;
  const at = entry.key.indexOf(wanted);
  return at < 0 ? null : /[\p{L}\p{N}]/u.test(entry.key[at - 1]) ? 3 : 2;
}

export function find(text) {
  const wanted = plain(text.trim()),
    best = new Map();
  if (!wanted) return [];
  entries ??= everything();
  for (const entry of entries) {
    const found = rank(entry, wanted);
    if (found === null) continue;
    const value = found * 2 + (entry.preferred ? 0 : 1);
    if (!best.has(entry.place) || value < best.get(entry.place).value) best.set(entry.place, { ...entry, value });
  }
  const left = new Map([...best.keys()].map((place) => [place, leftOf(place)])),
    shows = ({ place }) => (left.get(place) ? 0 : 1);
  return [...best.values()].sort(
    (a, b) => shows(a) - shows(b) || a.value - b.value || left.get(b.place) - left.get(a.place) || a.place - b.place,
  );
}
/** How many statements about a thing the filters leave: what shows none is found after what does. */
const leftOf = (place) => model.toldOf(place).filter((s) => filters.result.statements.has(s)).length;

function thingLine(entry) {
  const { type } = model.nodes[entry.place];
  return [
    sign(type),
    " ",
    element("span", { dir: "auto" }, model.named(entry.place)),
    entry.preferred ? null : element("span", { class: "soft", dir: "auto" }, ` “${entry.name}”`),
    element("span", { class: "soft" }, ` ${typeWords(type)}, ${leftOf(entry.place) || "filtered out"}`),
  ];
}
function select(place) {
  input.value = model.label(place);
  state.set({ selected: { kind: "node", place } });
}
function offer(content, act) {
  const line = element(
    "li",
    {
      role: "option",
      id: "suggestion-" + shown.length,
      "aria-selected": "false",
      onmousedown: (event) => {
        event.preventDefault();
        choose(line);
      },
    },
    ...content,
  );
  shown.push({ line, act });
  return line;
}
const remark = (text) => element("li", { class: "soft", role: "presentation" }, text);

function suggest() {
  const found = find(input.value),
    fit = fitting(commands(), input.value).slice(0, MOST_COMMANDS),
    most = fit.length ? MOST_BESIDE : MOST;
  shown = [];
  active = -1;
  list.replaceChildren(
    ...found.slice(0, most).map((entry) => offer(thingLine(entry), () => select(entry.place))),
    ...(found.length > most ? [remark(`and ${found.length - most} more: type more of the name`)] : []),
    ...fit.map(({ name, act }) =>
      offer(["› ", name], () => {
        input.value = "";
        act();
      }),
    ),
    ...(found.length + fit.length ? [] : [remark("Nothing here has that name.")]),
  );
  list.hidden = !input.value.trim();
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
}
function move(step) {
  if (!shown.length) return;
  active = (active + step + shown.length) % shown.length;
  shown.forEach(({ line }, n) => line.setAttribute("aria-selected", String(n === active)));
  input.setAttribute("aria-activedescendant", "suggestion-" + active);
}
function choose(line) {
  const chosen = shown.find((one) => one.line === line);
  if (!chosen) return;
  close();
  chosen.act();
}

input.addEventListener("input", suggest);
input.addEventListener("focus", () => {
  if (input.value.trim() && input.value !== "") suggest();
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") {
    event.preventDefault();
    move(1);
  } else if (event.key === "ArrowUp") {
    event.preventDefault();
    move(-1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(shown[Math.max(active, 0)]?.line);
  } else if (event.key === "Escape") close();
});
/** @param {() => import("./commands.js").Command[]} all gives what can be done */
export function begin(all) {
  commands = all;
}
/** What was typed goes with what it found. */
export function show(now, before) {
  if (before && now.selected !== before.selected && document.activeElement !== input) input.value = "";
}

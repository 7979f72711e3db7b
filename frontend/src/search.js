// Search with suggestions over names and wordings: a combobox as the ARIA practices describe it.
import { byId, element } from "./elements.js";
import { sign } from "./look.js";
import { model } from "./model.js";
import { state } from "./state.js";

const MOST = 12;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const entries = model.nodes.flatMap((n, place) =>
  n.told.length
    ? [
        { place, name: n.label, key: plain(n.label), preferred: true },
        ...n.aliases.map((name) => ({ place, name, key: plain(name), preferred: false })),
      ]
    : [],
);
const input = byId("search"),
  list = byId("suggestions");
let shown = [],
  active = -1;

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
  for (const entry of entries) {
    const found = rank(entry, wanted);
    if (found === null) continue;
    const value = found * 2 + (entry.preferred ? 0 : 1);
    if (!best.has(entry.place) || value < best.get(entry.place).value) best.set(entry.place, { ...entry, value });
  }
  return [...best.values()].sort(
    (a, b) => a.value - b.value || model.nodes[b.place].statements - model.nodes[a.place].statements || a.place - b.place,
  );
}

function suggest() {
  const found = find(input.value);
  shown = found.slice(0, MOST);
  active = -1;
  list.replaceChildren(
    ...shown.map((entry, n) =>
      element(
        "li",
        {
          role: "option",
          id: "suggestion-" + n,
          "aria-selected": "false",
          onmousedown: (event) => {
            event.preventDefault();
            choose(n);
          },
        },
        sign(model.nodes[entry.place].type),
        " ",
        element("span", { dir: "auto" }, model.label(entry.place)),
        entry.preferred ? null : element("span", { class: "soft", dir: "auto" }, ` “${entry.name}”`),
        element("span", { class: "soft" }, ` ${model.nodes[entry.place].type}, ${model.nodes[entry.place].statements}`),
      ),
    ),
  );
  if (found.length > MOST)
    list.append(element("li", { class: "soft", role: "presentation" }, `and ${found.length - MOST} more: write more of the name`));
  if (input.value.trim() && !found.length)
    list.append(element("li", { class: "soft", role: "presentation" }, "Nothing here is called so."));
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
  [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
  input.setAttribute("aria-activedescendant", "suggestion-" + active);
}
function choose(n) {
  if (!shown[n]) return;
  close();
  input.value = model.label(shown[n].place);
  state.set({ selected: { kind: "node", place: shown[n].place } });
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
    choose(Math.max(active, 0));
  } else if (event.key === "Escape") close();
});
/** What was typed goes with what it found. */
export function show(now, before) {
  if (before && now.selected !== before.selected && document.activeElement !== input) input.value = "";
}

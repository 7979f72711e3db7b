// What the reader has chosen. It stands in the address behind "#", so that a view can be mailed, and back and forward work.

/** @typedef {import("./types").State} State */
/** @typedef {import("./types").Field<any>} Field */
/** @typedef {import("./types").Selection} Selection */

/** @type {Record<string, Field>} */
let fields = {};
/** @type {Record<string, Selection>} */
let selections = {};
/** @type {State} */
let current = { view: "", selected: null };
/** @type {((now: State, before: State | null) => void)[]} */
const listeners = [];
const tell = (before) => listeners.forEach((listen) => listen(current, before));

/** @returns {State} */
function fresh() {
  return { view: "", selected: null, ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.fresh()])) };
}
function write(s) {
  const found = new URLSearchParams();
  for (const [name, field] of Object.entries(fields)) {
    const text = field.write(s[name], s);
    if (text) found.set(name, text);
  }
  if (s.selected) found.set("selected", `${s.selected.kind}:${selections[s.selected.kind].write(s.selected.place)}`);
  return found.toString();
}
function read(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const s = fresh();
  for (const [name, field] of Object.entries(fields)) s[name] = field.read(given.get(name));
  const [kind, ...rest] = (given.get("selected") || "").split(":");
  const place = Object.hasOwn(selections, kind) ? selections[kind].read(rest.join(":"), s) : null;
  s.selected = place === null ? null : { kind, place };
  return s;
}

// One movement of a slider is one step of the history: its first change adds an entry, the others replace that.
let moving = false;
function remember(fragment, passing) {
  const replaces = moving;
  moving = passing;
  // In a frame of a notebook there is no history to write to; the page works without.
  try {
    if (fragment !== (location.hash || "#")) history[replaces ? "replaceState" : "pushState"](null, "", fragment);
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
}

export const state = {
  get now() {
    return current;
  },
  /** @param {(now: State, before: State | null) => void} listen */
  onChange: (listen) => listeners.push(listen),
  /**
   * Change some choices; ``passing`` ones belong to a movement that goes on.
   * @param {Record<string, any>} changes
   */
  set(changes, passing = false) {
    const before = current;
    current = { ...current, ...changes };
    remember("#" + write(current), passing);
    tell(before);
  },
  /** A movement ends without a change of its own. */
  settle() {
    moving = false;
  },
  /** Every filter as it was at first; how a view is arranged stays. */
  reset() {
    const kept = Object.entries(fields).filter(([, field]) => field.kept);
    state.set({ ...fresh(), ...Object.fromEntries(kept.map(([name]) => [name, current[name]])) });
  },
  isFiltered() {
    return Object.entries(fields).some(([name, field]) => !field.kept && field.write(current[name], current) !== "");
  },
  /**
   * Take up what the address says.
   * @param {Record<string, Field>} someFields @param {Record<string, Selection>} someSelections
   */
  begin(someFields, someSelections) {
    fields = someFields;
    selections = someSelections;
    current = read(location.hash);
    tell(null);
  },
  address: () => location.href.split("#")[0] + "#" + write(current),
  /** What stands behind "#", also where the file would open on this view by itself: another file of the build opens on another. */
  fragment() {
    const found = new URLSearchParams(write(current));
    found.set("view", current.view);
    return found.toString();
  },
  /** Take up a fragment as if it had been in the address. @param {string} fragment */
  open(fragment) {
    state.set(read(fragment));
  },
};
window.addEventListener("popstate", () => {
  const before = current;
  current = read(location.hash);
  tell(before);
});

// Saved views and notes on a page: the menu that holds them, and the note beside a statement, a thing or a finding.
import { button, byId, count, download, element, say } from "./elements.js";
import { readKept, shelf, together, withNote, withView, withoutView, written } from "./kept.js";

/** @typedef {import("./kept.js").Kept} Kept */
/**
 * The page on which views and notes are kept.
 * @typedef {object} Page
 * @property {string} title network, timeline and analysis of a build are files of one title, and so is the build after it
 * @property {() => string} address what brings the present view back
 * @property {(address: string) => void} open brings such a view back
 * @property {(about: string) => boolean} choose shows what a note is about; whether this page could
 * @property {() => void} anew shows what was taken in
 */

/** @type {Page} */
let page;
/** @type {ReturnType<typeof shelf>} */
let place;

/** Another page of the same build may have kept something since: what is there now is what changes. @param {(kept: Kept) => Kept} make */
function change(make) {
  const lasting = place.put(written(make(place.get()), page.title));
  byId("kept-where").textContent = lasting
    ? "Kept in this browser, for pages of this title; save them as a file to hand them on."
    : "This browser keeps nothing for this page: save them as a file before you close it.";
  list();
}

/** @param {{ about: string, words: string }} note */
function choose({ about, words }) {
  byId("kept").open = false;
  if (!page.choose(about)) say(`${words} is not on this page`);
}

/** A view as the list of commands and the menu open it. @param {{ address: string }} view */
export function open({ address }) {
  byId("kept").open = false;
  page.open(address);
}
export const views = () => place.get().views;

function list() {
  const { views: all, notes } = place.get();
  byId("kept").querySelector("summary").textContent =
    all.length + notes.length ? `Views and notes (${all.length + notes.length})` : "Views and notes";
  byId("kept-views").replaceChildren(
    ...all.map((view) =>
      element(
        "li",
        {},
        button(view.name, () => open(view), { dir: "auto" }),
        button("×", () => change((kept) => withoutView(kept, view.name)), { class: "small", "aria-label": `Forget the view ${view.name}` }),
      ),
    ),
  );
  byId("kept-notes").replaceChildren(
    ...notes.map((note) =>
      element(
        "li",
        {},
        button(note.words, () => choose(note), { dir: "auto", title: note.text }),
        element("p", { class: "soft", dir: "auto" }, note.text),
      ),
    ),
  );
  byId("kept-out").disabled = !all.length && !notes.length;
}

/**
 * The note about a statement or a thing, to be read and written.
 * @param {string} about as the address names it @param {string} words
 */
export function noteAbout(about, words) {
  const holder = element("div", { class: "note" });
  const text = () => place.get().notes.find((one) => one.about === about)?.text || "";
  const keep = (given) => {
    change((kept) => withNote(kept, { about, words, text: given }));
    show();
    holder.querySelector("button").focus();
  };
  function write() {
    const field = element("textarea", { rows: 3, dir: "auto", "aria-label": `Note about ${words}` });
    field.value = text();
    holder.replaceChildren(
      field,
      button("Keep", () => keep(field.value), { class: "small" }),
      button("Cancel", show, { class: "small" }),
    );
    field.focus();
  }
  function show() {
    const now = text();
    holder.replaceChildren(
      ...(now ? [element("p", { dir: "auto" }, now)] : []),
      button(now ? "Change the note" : "Add a note", write, {
        class: "small",
        "aria-label": `${now ? "Change the note" : "Add a note"} about ${words}`,
      }),
    );
  }
  show();
  return holder;
}

/**
 * Wire the menu.
 * @param {Page} given
 */
export function begin(given) {
  page = given;
  byId("kept").hidden = false;
  place = shelf(`kgraph: ${page.title}`, () => window.localStorage);
  const name = byId("view-name"),
    file = byId("kept-in");
  // No form: a notebook's frame submits none.
  const keep = () => {
    if (!name.value.trim()) return;
    change((kept) => withView(kept, name.value.trim(), page.address()));
    say(`the view is kept as ${name.value.trim()}`);
    name.value = "";
  };
  name.addEventListener("keydown", (event) => event.key === "Enter" && keep());
  byId("keep-view").querySelector("button").addEventListener("click", keep);
  byId("kept-out").addEventListener("click", () =>
    download("kgraph-views-and-notes.json", written(place.get(), page.title), "application/json"),
  );
  file.addEventListener("change", async () => {
    try {
      const taken = readKept(await file.files[0].text());
      change((kept) => together(kept, taken));
      byId("kept-where").textContent = `Loaded: ${count(taken.views.length, "view")} and ${count(taken.notes.length, "note")}.`;
      page.anew();
    } catch (error) {
      byId("kept-where").textContent = `Nothing was loaded: ${error.message}.`;
    }
    file.value = "";
  });
  list();
  window.addEventListener("storage", list);
}

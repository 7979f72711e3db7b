// A document's text with all that was read in it; the statement that was asked for stands out.
import { byId, element } from "./elements.js";
import { model } from "./model.js";
import { state } from "./state.js";

const dialog = byId("document");

// Clauses can lie within each other: the text is cut at every border, and each piece knows what covers it.
function pieces(text, statements) {
  const cuts = [...new Set([0, text.length, ...statements.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, n) => ({ start: cuts[n], end, behind: statements.filter((s) => s.start <= cuts[n] && s.end >= end) }));
}

// Where a printed page ends, as the text has it; a reader is told which page begins there.
const PAGE_END = "\u2029";

// Gives the words of a text, piece after piece, with the number of each page that begins in them.
function pager() {
  let page = 1;
  return (words) =>
    words.split(PAGE_END).flatMap((part, n) => (n ? [element("span", { class: "page-end" }, `page ${++page}`), part] : [part]));
}

/**
 * Open the document of a statement.
 * @param {number} place
 */
export function open(place) {
  const chosen = model.statements[place],
    source = model.documents[chosen.document];
  const behind = model.statements.filter((s) => s.document === chosen.document);
  const about = [source.publisher, source.published || "undated", source.id].filter(Boolean).join(", ");
  const body = element("div", { class: "text", dir: "auto", tabIndex: 0, role: "region", "aria-label": "Text" });
  const paged = pager();
  for (const piece of pieces(source.text, behind)) {
    const words = paged(source.text.slice(piece.start, piece.end));
    if (!piece.behind.length) {
      body.append(...words);
      continue;
    }
    const inner = piece.behind.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const show = () => {
      dialog.close();
      state.set({ selected: { kind: "statement", place: inner.place } });
    };
    const chosenOne = piece.behind.includes(chosen);
    body.append(
      element(
        "mark",
        {
          class: chosenOne ? "chosen" : "",
          title: model.words(inner),
          role: "button",
          tabIndex: 0,
          onclick: show,
          onkeydown: (event) => event.key === "Enter" && show(),
        },
        ...words,
      ),
    );
  }
  const safe = /^https?:\/\//i.test(source.url);
  byId("document-title").textContent = source.title;
  byId("document-about").replaceChildren(
    about,
    safe ? " " : "",
    safe ? element("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, "where it was published") : "",
  );
  byId("document-text").replaceChildren(body);
  dialog.showModal();
  const mark = body.querySelector("mark.chosen");
  if (mark) mark.scrollIntoView({ block: "center" });
}

byId("close-document").addEventListener("click", () => dialog.close());

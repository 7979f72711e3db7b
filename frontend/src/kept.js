// What a reader keeps: views by their names, and notes about statements and things. These functions give values; nothing here touches the page.

/** A note says what it is about as the address does ("node:state/chad"), and in words for whoever reads the file. */
/** @typedef {{ about: string, words: string, text: string }} Note */
/** @typedef {{ views: { name: string, address: string }[], notes: Note[] }} Kept */

const KIND = "kgraph views and notes";
/** @type {Kept} */
export const NOTHING = { views: [], notes: [] };

/** @param {Kept} kept @param {string} name @param {string} address @returns {Kept} */
export const withView = (kept, name, address) => ({ ...kept, views: [...withoutView(kept, name).views, { name, address }] });
/** @param {Kept} kept @param {string} name @returns {Kept} */
export const withoutView = (kept, name) => ({ ...kept, views: kept.views.filter((one) => one.name !== name) });
/** An empty note is none. @param {Kept} kept @param {Note} note @returns {Kept} */
export const withNote = (kept, note) => {
  const others = kept.notes.filter(({ about }) => about !== note.about);
  return { ...kept, notes: note.text.trim() ? [...others, { ...note, text: note.text.trim() }] : others };
};

/**
 * What two readers keep, together: a view of the same name is taken from the other, notes about the same stand one below the other.
 * @param {Kept} own @param {Kept} other
 * @returns {Kept}
 */
export function together(own, other) {
  const views = other.views.reduce((kept, { name, address }) => withView(kept, name, address), own);
  return other.notes.reduce((kept, note) => {
    const mine = kept.notes.find(({ about }) => about === note.about);
    if (mine && mine.text.includes(note.text)) return kept;
    return withNote(kept, mine && !note.text.includes(mine.text) ? { ...note, text: `${mine.text}\n\n${note.text}` } : note);
  }, views);
}

/**
 * @param {Kept} kept @param {string} title what the page is called on which they were made
 */
export const written = ({ views, notes }, title) => JSON.stringify({ kind: KIND, title, views, notes }, null, 2) + "\n";

const isText = (value) => typeof value === "string";
/**
 * What a file or the browser's storage has kept; throws where it is of another kind.
 * @param {string} text
 * @returns {Kept}
 */
export function readKept(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    given = null;
  }
  if (given?.kind !== KIND || !Array.isArray(given.views) || !Array.isArray(given.notes))
    throw new Error("this is not a file of views and notes saved by a page of kgraph");
  return {
    views: given.views.flatMap(({ name, address }) => (isText(name) && isText(address) ? [{ name, address }] : [])),
    notes: given.notes.flatMap(({ about, words, text: note }) =>
      isText(about) && isText(note) ? [{ about, words: isText(words) ? words : "", text: note }] : [],
    ),
  };
}

/**
 * A place of the browser's storage. Where that is closed to a page (in some browsers to files, in frames), what is kept lasts as long as the page.
 * @param {string} key @param {() => Pick<Storage, "getItem" | "setItem">} storage
 */
export function shelf(key, storage) {
  /** @type {string | null} */
  let memory = null;
  return {
    /** @returns {Kept} */
    get() {
      try {
        const found = memory ?? storage().getItem(key);
        return found === null ? NOTHING : readKept(found);
      } catch {
        return NOTHING;
      }
    },
    /** Whether it will last. @param {string} text */
    put(text) {
      try {
        storage().setItem(key, text);
        memory = null;
        return true;
      } catch {
        memory = text;
        return false;
      }
    },
  };
}

// Small helpers that all parts of the page share. Texts are set as text, never as markup.

/**
 * The element of this id; the page's own markup has it.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * An element with properties (data-… and aria-… become attributes) and children: elements or texts.
 * @param {string} tag @param {Record<string, any>} properties @param {(Node | string | null | undefined | false)[]} children
 * @returns {any}
 */
export const element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value === true ? "" : value);
    else if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made[name] = value;
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return made;
};

/** What stands behind "#" is what the reader has chosen: the links that leap within the page must not take its place. */
export function leap() {
  for (const link of document.querySelectorAll("a.skip"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      byId(/** @type {HTMLAnchorElement} */ (link).hash.slice(1)).focus();
    });
}

export const button = (label, act, properties = {}) => element("button", { type: "button", onclick: act, ...properties }, label);

// A button within a sentence: it breaks over lines as words do, which a button element does not.
export const words = (label, act, properties = {}) =>
  element(
    "a",
    {
      role: "button",
      tabIndex: 0,
      class: "name",
      dir: "auto",
      onclick: act,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          act(event);
        }
      },
      ...properties,
    },
    label,
  );

const SVG = "http://www.w3.org/2000/svg";
export const svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/* eslint-disable no-control-regex */
// XML without the characters that it cannot hold; texts from PDFs have form feeds.
export const wellFormed = (xml) => xml.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").toWellFormed();
/* eslint-enable no-control-regex */

/** A whole number as people read it; the browser's own formats take 20 ms to load. @param {number} value */
export const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

export const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || one + "s"}`;

export const download = (name, content, type) => {
  const address = typeof content === "string" && content.startsWith("data:") ? content : URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), 1000);
};

// Draw a part anew and leave the keyboard's focus where it was: on what says the same, else on the part itself.
export const redraw = (holder, draw) => {
  const active = holder.contains(document.activeElement) ? document.activeElement : null;
  const alike = () => [...holder.querySelectorAll("button, [tabindex]")].filter((one) => one.textContent === active.textContent);
  const place = active ? alike().indexOf(active) : -1;
  draw();
  if (!active) return;
  (alike()[place] || holder.closest("[tabindex]") || holder).focus({ preventScroll: true });
};

export const say = (text) => {
  byId("announcement").textContent = text;
};

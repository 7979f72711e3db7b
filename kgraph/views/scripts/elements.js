"use strict";
// Small helpers that all parts of the page share. Texts are set as text, never as markup.
const kgraph = {};

kgraph.byId = (id) => document.getElementById(id);

// An element with properties (data-… and aria-… become attributes) and children: elements or texts.
kgraph.element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value === true ? "" : value);
    else if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

kgraph.button = (label, act, properties = {}) => kgraph.element("button", { type: "button", onclick: act, ...properties }, label);

// A button within a sentence: it breaks over lines as words do, which a button element does not.
kgraph.words = (label, act, properties = {}) =>
  kgraph.element(
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
kgraph.svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const OUTLINES = {
  dot: "M7 1a6 6 0 1 0 .01 0z",
  square: "M2 2h10v10H2z",
  diamond: "M7 0l7 7-7 7-7-7z",
  triangle: "M7 1l6 12H1z",
  triangleDown: "M7 13L1 1h12z",
  star: "M7 0l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z",
  hexagon: "M3.5 1h7L14 7l-3.5 6h-7L0 7z",
};
// The sign of a type, as it stands in the network.
kgraph.sign = (type) =>
  kgraph.svg(
    "svg",
    { viewBox: "0 0 14 14", "aria-hidden": "true", class: "sign" },
    kgraph.svg("path", { d: OUTLINES[kgraph.look.type(type).shape], fill: kgraph.look.type(type).colour }),
  );

// XML without the characters that it cannot hold; texts from PDFs have form feeds.
kgraph.wellFormed = (xml) => xml.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").toWellFormed();

kgraph.count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many || one + "s"}`;

kgraph.download = (name, content, type) => {
  const address = typeof content === "string" && content.startsWith("data:") ? content : URL.createObjectURL(new Blob([content], { type }));
  kgraph.element("a", { href: address, download: name }).click();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), 1000);
};

// Draw a part anew and leave the keyboard's focus where it was: on what says the same, else on the part itself.
kgraph.redraw = (holder, draw) => {
  const active = holder.contains(document.activeElement) ? document.activeElement : null;
  const alike = () => [...holder.querySelectorAll("button, [tabindex]")].filter((one) => one.textContent === active.textContent);
  const place = active ? alike().indexOf(active) : -1;
  draw();
  if (!active) return;
  (alike()[place] || holder.closest("[tabindex]") || holder).focus({ preventScroll: true });
};

kgraph.say = (text) => {
  kgraph.byId("announcement").textContent = text;
};

// The page: its views, what stands around them, and in which order they hear of a change.
import "../styles/page.css";

import views from "views";

import * as beside from "./beside.js";
import { commands } from "./commands.js";
import * as controls from "./controls.js";
import { byId } from "./elements.js";
import * as fields from "./fields.js";
import { filters } from "./filters.js";
import * as keeping from "./keeping.js";
import * as keys from "./keys.js";
import { look } from "./look.js";
import * as menus from "./menus.js";
import { model } from "./model.js";
import * as outside from "./outside.js";
import * as panel from "./panel.js";
import * as save from "./save.js";
import * as search from "./search.js";
import { state } from "./state.js";
import * as tabs from "./tabs.js";
import * as text from "./text.js";

const offered = views.filter((view) => !view.offered || view.offered()).sort((a, b) => a.place - b.place);
const view = () => /** @type {import("./view").View} */ (offered.find((one) => one.name === state.now.view));

// A view is on the page before it draws; filters are counted before that, and the panel shows what is selected in it.
state.onChange((now, before) => {
  tabs.show(now.view);
  controls.show();
  panel.show(now, before);
  search.show(now, before);
  view().draw(now, before);
});
look.onChange(() => {
  controls.recolour();
  for (const one of offered) if (one.recolour) one.recolour();
});

const wide = window.matchMedia("(min-width: 60rem)"),
  fold = () => {
    byId("filters").open = wide.matches;
  };
fold();
wide.addEventListener("change", fold);

// Paper is light, has room for all rows, and takes drawings as pictures.
for (const [event, printing] of /** @type {[string, boolean][]} */ ([
  ["beforeprint", true],
  ["afterprint", false],
])) {
  window.addEventListener(event, () => {
    look.print(printing);
    const sheets = printing && view().pictured ? (view().sheets?.() ?? [/** @type {string} */ (view().picture?.())]) : [];
    byId("picture").replaceChildren(
      ...sheets.map((svg) => document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true)),
    );
    view().draw(state.now, state.now);
  });
}

const selections = { ...panel.selections, ...Object.assign({}, ...offered.map((one) => one.selections || {})) };
save.begin(view);
menus.begin();
keys.begin(offered);
search.begin(() => commands(offered));
controls.begin();
panel.begin(selections);
keeping.begin({
  title: model.title,
  address: state.fragment,
  open: (address) => (beside.open(address) ? undefined : state.open(address)),
  choose(about) {
    const [kind, ...rest] = about.split(":"),
      found = Object.hasOwn(selections, kind) ? selections[kind].read(rest.join(":"), state.now) : null;
    if (found !== null) state.set({ selected: { kind, place: found } });
    return found !== null || beside.choose(about);
  },
  anew: () => state.set({}),
});
tabs.begin(offered);
state.begin(
  {
    view: {
      kept: true,
      ...fields.oneOf(
        outside.start.view,
        offered.map((one) => one.name),
      ),
    },
    ...filters.fields,
    ...Object.assign({}, ...offered.map((one) => one.fields || {})),
  },
  selections,
);
document.body.dataset.ready = "yes";
// For whoever looks at a page from its console, or tests it; no script of the page reads this.
Object.assign(window, {
  kgraph: { model, state, filters, text, save, search, views: Object.fromEntries(offered.map((one) => [one.name, one])) },
});

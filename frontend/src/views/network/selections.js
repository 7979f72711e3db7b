// What can be selected in the network beside things, and what the panel shows of it.
import { button, count, element } from "../../elements.js";
import { model } from "../../model.js";
import { cards, counted, left, pick } from "../../panel.js";
import { state } from "../../state.js";
import { NONE, grouping, groupsNow, keyOf, nameOf } from "./groups.js";

/** The side of an edge, as its line is drawn. */
export const sideOf = (edge) => (edge.relation === "dependsOn" ? "conditional" : model.side(edge.relation));
/** The two things at the ends of a line, by its id. */
export const endsOf = (id) =>
  id
    .split(" ")
    .filter((_, n) => n !== 1)
    .map(Number);
const thingKey = (n) => model.short(model.nodes[n].id);

/** The edges of one side between two things. */
function edgesOf(id) {
  const [from, side, to] = id.split(" ");
  return model.edges.filter((e) => e.source === Number(from) && e.target === Number(to) && sideOf(e) === side);
}
/**
 * What can be selected in the network beside things: a line as a whole, and a group.
 * @param {(group: number) => import("./picture.js").Region | undefined} regionOf
 * @param {(group: number) => void} open opens a group @param {(group: number) => void} close closes it
 * @returns {Record<string, import("../../types").Selection>}
 */
export const selectionsOf = (regionOf, open, close) => ({
  line: {
    write: (id) => {
      const [from, side, to] = id.split(" ");
      return [thingKey(from), side, thingKey(to)].join("|");
    },
    read(name) {
      const [from, side, to] = name.split("|"),
        id = `${model.nodeAt(from)} ${side} ${model.nodeAt(to)}`;
      return edgesOf(id).length ? id : null;
    },
    show(id) {
      const all = [...new Set(edgesOf(id).flatMap((e) => e.statements))],
        own = left(all),
        [from, to] = endsOf(id),
        relations = [...new Set(edgesOf(id).map((e) => model.relation(e.relation)))];
      return [
        element("h2", {}, pick(from), ` ${relations.join(", ")} `, pick(to)),
        counted(all, own),
        ...cards(own, "The filters leave none of its statements."),
      ];
    },
  },
  group: {
    write: (group) => keyOf(grouping(), group),
    read(name, now) {
      const by = grouping(now);
      return [...new Set(groupsNow(now))].find((group) => keyOf(by, group) === name) ?? null;
    },
    show(group) {
      const own = left([...groupsNow().entries()].flatMap(([place, own]) => (own === group ? [place] : []))),
        region = regionOf(group);
      return [
        element("h2", { dir: "auto" }, nameOf(grouping(), group), element("span", { class: "kind" }, ` ${grouping().one}`)),
        element(
          "p",
          { class: "tags" },
          `${count(own.length, "statement")} from ${count(new Set(own.map((n) => model.statements[n].document)).size, "document")}`,
        ),
        element(
          "p",
          { class: "actions" },
          state.now.open.includes(keyOf(grouping(), group))
            ? button(`Close this ${grouping().one}`, () => close(group))
            : region && region.things > region.shown.length
              ? button(`Open: ${count(region.things, "thing")}`, () => open(group))
              : null,
          state.now.group === "negotiation" && group !== NONE
            ? button("Only this negotiation", () => state.set({ negotiation: group }))
            : null,
          state.now.group === "issue" && group !== NONE ? button("Only this issue", () => state.set({ issue: group })) : null,
        ),
        ...cards(own, "The filters leave none of its statements."),
      ];
    },
  },
});

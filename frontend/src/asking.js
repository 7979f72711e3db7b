// Asking without SPARQL: a named query as a form, or a question put together from who, does, what and when. Either writes the SPARQL that it runs.
import { element } from "./elements.js";
import { address, between, compose, fill, literal, moment } from "./question.js";

const PATIENCE = 150;
let number = 0;

/**
 * A field for things by any of their names, with completion.
 * @param {string} label @param {string} type @param {string} meaning
 * @param {{ find: (text: string, type: string) => Promise<{ iri: string, label: string }[]> }} engine
 */
function thingField(label, type, meaning, engine) {
  const id = `suggested-${++number}`,
    list = element("datalist", { id }),
    input = element("input", { type: "text", autocomplete: "off", dir: "auto", placeholder: "anything", title: meaning });
  input.setAttribute("list", id);
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      const found = await engine.find(input.value, type);
      list.replaceChildren(...[...new Set(found.map((one) => one.label))].slice(0, 20).map((value) => element("option", { value })));
    }, PATIENCE);
  });
  return {
    node: element("label", {}, label, input, list),
    /** The addresses of what was named: all that are called exactly so, else all that were found; throws where nothing is. */
    async iris() {
      const wanted = input.value.trim();
      if (!wanted) return [];
      const found = await engine.find(wanted, type),
        exact = found.filter((one) => one.label.toLowerCase() === wanted.toLowerCase());
      if (!found.length) throw new Error(`Nothing is called “${wanted}” here; choose one of the names offered as you type.`);
      return (exact.length ? exact : found).map((one) => one.iri);
    },
  };
}

function dayField(label) {
  const input = element("input", { type: "text", inputmode: "numeric", placeholder: "2025-12-31, 2025-12 or 2025", size: 28 });
  return {
    node: element("label", {}, label, input),
    value() {
      const given = moment(input.value);
      if (given === null) throw new Error(`“${input.value}” is not a day, month or year; write 2025-12-31, 2025-12 or 2025.`);
      return given;
    },
  };
}

/**
 * The forms above the editor. ``ask`` is given the SPARQL; ``complain`` says what is wrong with what was filled in.
 * @param {{ holder: HTMLElement, questions: import("./question.js").Question[], relations: { id: string, label: string }[], engine: any, ask: (text: string) => void, complain: (message: string) => void }} parts
 */
export function askingForms({ holder, questions, relations, engine, ask, complain }) {
  const select = element("select", { id: "examples" }, element("option", { value: "" }, "choose a question …"));
  select.append(...questions.map(({ name, question }) => element("option", { value: name }, question)));
  const fields = element("div", { class: "fields" });
  let write = async () => "";

  function choose() {
    const question = questions.find(({ name }) => name === select.value);
    fields.replaceChildren();
    if (!question) return;
    const dated = /\?date\b/.test(question.text.split("WHERE")[0]),
      from = dayField("from"),
      to = dayField("to");
    const named = question.parameters.map((parameter) => {
      const { name, type, meaning } = parameter;
      if (type !== "text") return { name, ...thingField(name, type, meaning, engine), text: null };
      const text = element("input", { type: "text", dir: "auto", title: meaning });
      return { name, node: element("label", {}, name, text), iris: async () => [], text };
    });
    fields.append(...named.map(({ node }) => node), ...(dated ? [from.node, to.node] : []), element("button", {}, "Ask"));
    write = async () => {
      /** @type {Record<string, string[]>} */
      const terms = {};
      for (const { name, iris, text } of named)
        terms[name] = text ? (text.value.trim() ? [literal(text.value.trim())] : []) : (await iris()).map(address);
      return between(fill(question, terms), from.value(), to.value());
    };
    if (!named.length) submit();
  }
  async function submit(event) {
    event?.preventDefault();
    complain("");
    try {
      const text = await write();
      if (text) ask(text);
    } catch (error) {
      complain(error.message);
    }
  }
  select.addEventListener("change", choose);

  const who = thingField("who", "actor", "a party, by any of its names", engine),
    what = thingField("what", "matter", "a plan, an agreement, a demand, by any of its names", engine),
    does = element(
      "select",
      {},
      element("option", { value: "" }, "does anything"),
      ...relations.map(({ id, label }) => element("option", { value: id }, label)),
    ),
    from = dayField("from"),
    to = dayField("to"),
    least = element("input", { type: "number", min: "0", max: "1", step: "0.05", placeholder: "0", size: 4 });
  async function together(event) {
    event.preventDefault();
    complain("");
    try {
      ask(
        compose({
          who: await who.iris(),
          does: does.value,
          what: await what.iris(),
          from: from.value(),
          to: to.value(),
          least: Number(least.value) || 0,
        }),
      );
    } catch (error) {
      complain(error.message);
    }
  }
  holder.append(
    element(
      "form",
      { "aria-label": "A question", autocomplete: "off", onsubmit: submit },
      element("label", { class: "wide" }, "A question", select),
      fields,
    ),
    element(
      "details",
      { id: "together" },
      element("summary", {}, "Compose a question"),
      element(
        "form",
        { "aria-label": "Who does what, and when", autocomplete: "off", onsubmit: together },
        element(
          "div",
          { class: "fields" },
          who.node,
          element("label", {}, "does", does),
          what.node,
          from.node,
          to.node,
          element("label", {}, "confidence at least", least),
          element("button", {}, "Ask"),
        ),
      ),
    ),
  );
}

// Questions become SPARQL: the named queries with their parameters filled in, and questions put together from who, does, what and when.

/** @typedef {{ name: string, type: string, meaning: string }} Parameter */
/** @typedef {{ name: string, question: string, text: string, parameters: Parameter[] }} Question */

/** A text as SPARQL writes it. @param {string} text */
export const literal = (text) =>
  `"${text.replace(/[\\"\n\r\t]/g, (letter) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[letter] || "\\" + letter)}"`;

/** An address as SPARQL writes it; what cannot stand in one is left out. @param {string} iri */
export const address = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|\\^`]/g, "")}>`; // eslint-disable-line no-control-regex

/**
 * The SPARQL of a named query with the terms that its parameters may be; a parameter without one is left out.
 * @param {Question} question @param {Record<string, string[]>} terms
 */
export function fill(question, terms) {
  let text = question.text;
  for (const { name, type } of question.parameters) {
    const given = (terms[name] || []).join(" ");
    if (type === "text") text = text.replace(`VALUES ?${name} { "" }`, () => `VALUES ?${name} { ${given || '""'} }`);
    else text = text.replace(`  VALUES ?${name} { UNDEF }\n`, () => (given ? `  VALUES ?${name} { ${given} }\n` : ""));
  }
  return text;
}

/** The last day of a date, an imprecise one or an interval, so that it can be compared as text. @param {string} date */
const last = (date) => `SUBSTR(CONCAT(IF(CONTAINS(${date}, "/"), STRAFTER(${date}, "/"), ${date}), "-99-99"), 1, 10)`;

/**
 * A named query between two days: what has a date in its column "date" that lies, as far as it is known, between them.
 * @param {string} text @param {string} from @param {string} to
 */
export function between(text, from, to) {
  if (!from && !to) return text;
  const conditions = [
    from && `${last("STR(?date)")} >= ${literal(from)}`,
    to && `SUBSTR(STR(?date), 1, ${to.length}) <= ${literal(to)}`,
  ].filter(Boolean);
  const body = text.replace(/^(#[^\n]*\n)*/, "");
  return `SELECT * WHERE { {\n${body}\n} FILTER(BOUND(?date)) ${conditions.map((one) => `FILTER(${one})`).join(" ")} }`;
}

/**
 * The SPARQL of a question put together: each part may be left open. A move without a date stands at its report.
 * @param {{ who: string[], does: string, what: string[], from: string, to: string, least: number }} parts
 */
export function compose({ who, does, what, from, to, least }) {
  const lines = [
    who.length && `  VALUES ?actor { ${who.map(address).join(" ")} }`,
    does && `  VALUES ?relation { neg:${does} }`,
    what.length && `  VALUES ?matter { ${what.map(address).join(" ")} }`,
    "  ?statement a neg:Statement ; rdf:predicate ?relation ; rdf:subject|neg:participant ?actor ; rdf:object ?matter ;",
    "    neg:polarity ?p ; neg:modality ?m ; neg:confidence ?confidence ; prov:wasAttributedTo ?speaker ; prov:hadPrimarySource ?d .",
    "  ?actor skos:prefLabel ?who . ?matter skos:prefLabel ?what . ?d dcterms:identifier ?document .",
    "  ?statement neg:evidence ?e . ?e neg:role neg:clauseRole ; oa:hasSelector/oa:exact ?words .",
    "  OPTIONAL { ?speaker skos:prefLabel ?says }",
    "  OPTIONAL { ?statement neg:date ?date } OPTIONAL { ?statement neg:reportedOn ?reported }",
    '  BIND(STRAFTER(STR(?relation), "#") AS ?does) BIND(STRAFTER(STR(?p), "#") AS ?polarity) BIND(STRAFTER(STR(?m), "#") AS ?modality)',
    (from || to) && "  BIND(COALESCE(STR(?date), STR(?reported)) AS ?day)",
    from && `  FILTER(${last("?day")} >= ${literal(from)})`,
    to && `  FILTER(SUBSTR(?day, 1, ${to.length}) <= ${literal(to)})`,
    least && `  FILTER(?confidence >= ${least})`,
  ].filter(Boolean);
  return `SELECT DISTINCT ?who ?does ?what ?date ?reported ?says ?polarity ?modality ?confidence ?document ?words ?statement WHERE {
${lines.join("\n")}
} ORDER BY ?date ?reported ?who ?what`;
}

/**
 * A day, month or year as people write it in ISO form; "" for nothing, null for anything else.
 * @param {string} text
 */
export function moment(text) {
  const given = text.trim();
  return given === "" || /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(given) ? given : null;
}

/**
 * The fragment with which a view shows some statements alone, however sure they are.
 * @param {string} view @param {string[]} iris
 */
export const among = (view, iris) => `#view=${view}&confidence=0&among=${iris.map((iri) => iri.split("/").pop()).join("|")}`;

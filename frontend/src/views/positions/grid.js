// Who stands where on what, as rows and columns: what holds on a day, rolled up, sorted, and turned.

/** @typedef {{ actor: number, issue: number, as_of: string, stance: string, certainty: string, tone: string, statements: number[], place: number }} Stance */
/** @typedef {{ stances: Stance[], tone: string, certainty: string }} Cell */
/** @typedef {{ rows: number[], columns: number[], at: (row: number, column: number) => Cell | undefined }} Grid */

/**
 * The stances that hold on a day, of each party and issue the last one up to it; without a day, by all that is known.
 * @param {Stance[]} stances in the order of their days @param {string} day
 */
export function standing(stances, day) {
  const last = new Map();
  for (const stance of stances) {
    if (day ? !stance.as_of || stance.as_of > day : stance.as_of) continue;
    const key = `${stance.actor} ${stance.issue}`,
      before = last.get(key);
    if (!before || stance.as_of >= before.as_of) last.set(key, stance);
  }
  return [...last.values()];
}

/**
 * What a party has held on an issue, from its first stance to the last.
 * @param {Stance[]} stances @param {number} actor @param {number} issue
 */
export const history = (stances, actor, issue) =>
  stances.filter((one) => one.actor === actor && one.issue === issue && one.as_of).sort((a, b) => (a.as_of < b.as_of ? -1 : 1));

const joined = (values, several) => (new Set(values).size === 1 ? values[0] : several);

/**
 * @param {Stance[]} stances those that hold
 * @param {(actor: number) => number} partyOf for whom an actor counts
 * @param {{ byName: boolean, turned: boolean }} wish
 * @param {{ party: (n: number) => string, issue: (n: number) => string }} names
 * @returns {Grid}
 */
export function grid(stances, partyOf, { byName, turned }, names) {
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  const parties = new Map(),
    issues = new Map();
  for (const stance of stances) {
    const party = partyOf(stance.actor),
      key = `${party} ${stance.issue}`,
      held = [...(cells.get(key)?.stances || []), stance];
    cells.set(key, {
      stances: held,
      tone: joined(
        held.map(({ tone }) => tone),
        "mixed",
      ),
      certainty: joined(
        held.map(({ certainty }) => certainty),
        "open",
      ),
    });
    parties.set(party, (parties.get(party) || 0) + stance.statements.length);
    issues.set(stance.issue, (issues.get(stance.issue) || 0) + stance.statements.length);
  }
  const sorted = (counts, name) => {
    const alphabet = (a, b) => name(a).localeCompare(name(b), "en");
    return [...counts.keys()].sort((a, b) => (byName ? alphabet(a, b) : counts.get(b) - counts.get(a) || alphabet(a, b)));
  };
  const rows = sorted(parties, names.party),
    columns = sorted(issues, names.issue);
  return turned
    ? { rows: columns, columns: rows, at: (row, column) => cells.get(`${column} ${row}`) }
    : { rows, columns, at: (row, column) => cells.get(`${row} ${column}`) };
}

// What the network shows of all that the filters leave: the things that most is told about, group by group, so many as can be read at once. What is
// left out is counted: beside what it hangs on, in its group, and in all.

/** @typedef {{ source: number, target: number, relation: string, place: number }} Edge */
/** @typedef {{ edge: Edge, statements: number[] }} Left */
/** @typedef {{ id: string, from: number, to: number, side: string, edges: number[], statements: number[] }} Line */
/** @typedef {{ key: number, things: number[], statements: number, shown: number[], open: boolean }} Region */
/** @typedef {{ id: string, anchor: number, region: number, things: number[] }} Bundle */
/**
 * @typedef {object} Picture
 * @property {Region[]} regions the groups that are shown, those of most statements first
 * @property {Map<number, number>} things in which region each thing stands that is shown
 * @property {Bundle[]} bundles what hangs on one thing alone, gathered
 * @property {Map<number, number>} more how many of its neighbours are not shown, by the thing
 * @property {Line[]} lines
 * @property {{ groups: number, things: number, statements: number }} out what is in groups that are not shown
 */
/**
 * @typedef {object} Wishes
 * @property {number} room how many things can be read at once
 * @property {number} openRoom how many more an opened group shows
 * @property {Set<number>} open groups that are opened
 * @property {Set<number>} opened things whose neighbours are all shown
 * @property {number[]} needed things that must be shown
 * @property {boolean} all whether everything is shown
 */

const MOST_REGIONS = 12,
  LEAST_IN_REGION = 3,
  GATHERED_FROM = 2,
  MOST_NEIGHBOURS = 80,
  // What a thing comes with that is brought into the picture.
  SOME_NEIGHBOURS = 5;

const add = (map, key, value) => map.set(key, (map.get(key) || 0) + value);

/**
 * The group of each edge, and the home of each thing: the group in which most is told about it.
 * @param {Left[]} edges @param {(statement: number) => number} groupOf
 */
function homes(edges, groupOf) {
  const votes = new Map(),
    ofEdge = new Map(),
    statements = new Map();
  const vote = (end, group) => {
    const own = votes.get(end);
    if (own) own.push(group);
    else votes.set(end, [group]);
  };
  for (const { edge, statements: told } of edges) {
    const groups = told.map(groupOf);
    for (const [n, group] of groups.entries()) {
      const own = statements.get(group);
      if (own) own.add(told[n]);
      else statements.set(group, new Set([told[n]]));
      vote(edge.source, group);
      vote(edge.target, group);
    }
    ofEdge.set(edge.place, most(groups));
  }
  return { home: new Map([...votes].map(([thing, own]) => [thing, most(own)])), ofEdge, statements };
}
/** The group with the most votes, the first of several. @param {number[]} votes */
function most(votes) {
  if (votes.every((one) => one === votes[0])) return votes[0];
  const counts = new Map();
  for (const group of votes) add(counts, group, 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best))[0];
}

/**
 * How many things each group may show: in all as many as can be read, more for groups of which more is told.
 * @param {{ key: number, statements: number }[]} groups @param {Wishes} wishes
 */
function quotas(groups, { room, all }) {
  const weight = (group) => Math.sqrt(group.statements),
    total = groups.reduce((sum, group) => sum + weight(group), 0);
  return new Map(
    groups.map((group) => [group.key, all ? Infinity : Math.max(LEAST_IN_REGION, Math.floor((room * weight(group)) / total))]),
  );
}

/**
 * @param {Left[]} edges what the filters leave, and by which statements
 * @param {Map<number, number>} degree how many statements each thing has
 * @param {(statement: number) => number} groupOf the group of a statement
 * @param {(edge: Edge) => string} sideOf
 * @param {Wishes} wishes
 * @returns {Picture}
 */
export function arrange(edges, degree, groupOf, sideOf, wishes) {
  const { home, ofEdge, statements } = homes(edges, groupOf);
  const told = (thing) => degree.get(thing) || 0;
  const members = new Map();
  for (const [thing, group] of home) {
    if (!members.has(group)) members.set(group, []);
    members.get(group).push(thing);
  }
  const groups = [...statements]
    .map(([key, own]) => ({ key, statements: own.size, things: (members.get(key) || []).sort((a, b) => told(b) - told(a) || a - b) }))
    .sort((a, b) => b.statements - a.statements || a.key - b.key);
  const everything = wishes.all || home.size <= wishes.room;
  const most = Math.max(1, Math.min(MOST_REGIONS, Math.floor(wishes.room / 5)));
  const regions = groups.filter((group, n) => everything || n < most || wishes.open.has(group.key));
  const shown = choose(edges, ofEdge, told, regions, { ...wishes, all: everything });
  const neighbours = neighbourhood(edges);
  bring(shown, wishes, neighbours, told);
  const standing = new Set(regions.map(({ key }) => key));
  const things = new Map();
  for (const [thing, group] of shown)
    things.set(thing, standing.has(/** @type {number} */ (home.get(thing))) ? /** @type {number} */ (home.get(thing)) : group);
  const out = groups.filter((group) => !standing.has(group.key));
  return {
    regions: regions
      .map((group) => ({
        ...group,
        shown: [...things].filter(([, region]) => region === group.key).map(([thing]) => thing),
        open: wishes.open.has(group.key),
      }))
      .filter((region) => region.shown.length),
    things,
    ...gather(things, neighbours),
    lines: join(edges, things, sideOf),
    out: {
      groups: out.length,
      things: home.size - things.size,
      statements: out.reduce((sum, group) => sum + group.statements, 0),
    },
  };
}

/**
 * The ends of the lines between what most is told about, group by group: so each thing has something to hang on. What is opened comes on top, so that
 * nothing goes away for it.
 */
function choose(edges, ofEdge, told, regions, wishes) {
  const quota = quotas(regions, wishes),
    /** @type {Map<number, number>} */ found = new Map(),
    /** @type {Map<number, Left[]>} */ inGroup = new Map(regions.map(({ key }) => [key, []]));
  for (const one of edges) inGroup.get(ofEdge.get(one.edge.place))?.push(one);
  const rank = ({ edge }) => [Math.min(told(edge.source), told(edge.target)), Math.max(told(edge.source), told(edge.target))];
  for (const [key, own] of inGroup) {
    const ranked = own.map((one) => ({ one, rank: rank(one) }));
    ranked.sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1] || a.one.edge.place - b.one.edge.place);
    inGroup.set(
      key,
      ranked.map(({ one }) => one),
    );
  }
  for (const [key, own] of inGroup) fill(found, own, key, quota.get(key));
  for (const [key, own] of inGroup) if (wishes.open.has(key)) fill(found, own, key, wishes.openRoom);
  return found;
}
function fill(found, edges, group, room) {
  for (const { edge } of edges) {
    const added = [...new Set([edge.source, edge.target])].filter((end) => !found.has(end));
    if (added.length > room) continue;
    room -= added.length;
    for (const end of added) found.set(end, group);
  }
}

function neighbourhood(edges) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  for (const { edge } of edges) {
    for (const [one, other] of [
      [edge.source, edge.target],
      [edge.target, edge.source],
    ]) {
      if (!found.has(one)) found.set(one, new Set());
      found.get(one).add(other);
    }
  }
  return found;
}

/** What was opened comes with its neighbours, what is needed with those that are told about most. */
function bring(shown, { opened, needed }, neighbours, told) {
  const near = (thing) => [...(neighbours.get(thing) || [])].sort((a, b) => told(b) - told(a) || a - b);
  const put = (thing, beside) => {
    if (!shown.has(thing)) shown.set(thing, shown.get(beside) ?? [...shown.values()][0] ?? 0);
  };
  for (const thing of needed) {
    const others = near(thing);
    if (!others.length || shown.has(thing)) continue;
    const beside = others.find((one) => shown.has(one)) ?? others[0];
    put(beside, thing);
    put(thing, beside);
    for (const other of others.slice(0, SOME_NEIGHBOURS)) put(other, thing);
  }
  for (const thing of opened) {
    if (!neighbours.has(thing)) continue;
    put(thing, near(thing)[0]);
    for (const other of near(thing).slice(0, MOST_NEIGHBOURS)) put(other, thing);
    for (const other of near(thing).slice(0, 1)) put(other, thing);
  }
}

/** What is not shown: gathered where it hangs on one thing alone, else counted. */
function gather(things, neighbours) {
  /** @type {Bundle[]} */
  const bundles = [];
  /** @type {Map<number, number>} */
  const more = new Map();
  for (const [thing, region] of things) {
    const hidden = [...(neighbours.get(thing) || [])].filter((other) => !things.has(other));
    const leaves = hidden.filter((other) => neighbours.get(other).size === 1);
    const gathered = leaves.length >= GATHERED_FROM;
    if (gathered) bundles.push({ id: `more:${thing}`, anchor: thing, region, things: leaves.sort((a, b) => a - b) });
    const rest = hidden.length - (gathered ? leaves.length : 0);
    if (rest) more.set(thing, rest);
  }
  return { bundles, more };
}

/** One line for all statements of one side between two things. */
function join(edges, things, sideOf) {
  /** @type {Map<string, Line>} */
  const found = new Map();
  for (const { edge, statements } of edges) {
    if (!things.has(edge.source) || !things.has(edge.target)) continue;
    const side = sideOf(edge),
      id = `${edge.source} ${side} ${edge.target}`;
    const line = found.get(id) || { id, from: edge.source, to: edge.target, side, edges: [], statements: [] };
    line.edges.push(edge.place);
    line.statements.push(...statements);
    found.set(id, line);
  }
  return [...found.values()].map((line) => ({ ...line, statements: [...new Set(line.statements)] }));
}

/**
 * A label of at most so many words.
 * @param {string} text
 */
export function brief(text, most = 8) {
  const words = text.trim().split(/\s+/);
  return words.length > most
    ? `${words
        .slice(0, most)
        .join(" ")
        .replace(/[\p{P}]+$/u, "")}…`
    : words.join(" ");
}

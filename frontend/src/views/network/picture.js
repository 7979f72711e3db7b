// What the network shows of all that the filters leave: the things that most is told about, group by group, so many as can be read at once. What is
// left out is counted: beside what it hangs on, in its group, and in all.

/** @typedef {{ source: number, target: number, relation: string, place: number }} Edge */
/** @typedef {{ edge: Edge, statements: number[] }} Left */
/** @typedef {{ id: string, from: number, to: number, side: string, edges: number[], statements: number[] }} Line */
/** A group: how many things are at home in it, how many statements it has, and which things are shown. @typedef {{ key: number, things: number, statements: number, shown: number[], open: boolean }} Region */
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

/**
 * The group of each edge in its order, the home of each thing, which is the group in which most is told about it, and how many statements each group has.
 * @param {Left[]} edges @param {(statement: number) => number} groupOf
 */
function homes(edges, groupOf) {
  /** @type {Map<number, number>} */
  const home = new Map(),
    /** @type {Map<number, number[]>} What is told about in several groups, with a vote for each time. */
    votes = new Map(),
    /** @type {Map<number, number>} The group of each statement. */
    of = new Map();
  const stand = (end, group) => {
    const first = home.get(end);
    if (first === undefined) home.set(end, group);
    else if (first !== group && !votes.has(end)) votes.set(end, []);
  };
  for (const { edge, statements } of edges) {
    for (const n of statements) {
      const group = groupOf(n);
      of.set(n, group);
      stand(edge.source, group);
      stand(edge.target, group);
    }
  }
  for (const { edge, statements } of votes.size ? edges : []) {
    const own = [votes.get(edge.source), votes.get(edge.target)];
    for (const n of statements) for (const one of own) one?.push(groupOf(n));
  }
  for (const [thing, own] of votes) home.set(thing, most(own));
  return { home, ofEdge: edges.map(({ statements }) => most(statements.map(groupOf))), statements: tallied(of.values()) };
}
/** How often each group is there. @param {Iterable<number>} groups @returns {Map<number, number>} */
function tallied(groups) {
  const found = new Map();
  for (const group of groups) found.set(group, (found.get(group) || 0) + 1);
  return found;
}
/** The group with the most votes, the first of several. @param {number[]} votes */
function most(votes) {
  if (votes.length === 1) return votes[0];
  if (votes.every((one) => one === votes[0])) return votes[0];
  return [...tallied(votes)].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best))[0];
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
  const members = tallied(home.values());
  const groups = [...statements]
    .map(([key, own]) => ({ key, statements: own, things: members.get(key) || 0 }))
    .sort((a, b) => b.statements - a.statements || a.key - b.key);
  const everything = wishes.all || home.size <= wishes.room;
  const most = Math.max(1, Math.min(MOST_REGIONS, Math.floor(wishes.room / 5)));
  const regions = groups.filter((group, n) => everything || n < most || wishes.open.has(group.key));
  const shown = choose(edges, ofEdge, told, regions, { ...wishes, all: everything });
  bring(shown, wishes, edges, told);
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
    ...gather(things, edges),
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
  for (const [n, one] of edges.entries()) inGroup.get(ofEdge[n])?.push(one);
  for (const [key, own] of inGroup) inGroup.set(key, ranked(own, told));
  for (const [key, own] of inGroup) fill(found, own, key, quota.get(key));
  for (const [key, own] of inGroup) if (wishes.open.has(key)) fill(found, own, key, wishes.openRoom);
  return found;
}
/**
 * Edges by how much is told about their ends: by the end of which less is told, then by the other; what is alike stays in its order.
 * @param {Left[]} edges @param {(thing: number) => number} told
 */
function ranked(edges, told) {
  const ends = edges.map(({ edge }) => [told(edge.source), told(edge.target)]),
    base = 1 + ends.reduce((most, [one, other]) => Math.max(most, one, other), 0),
    // One number for each: numbers are sorted many times as fast as pairs.
    ranks = Float64Array.from(ends, ([one, other], n) => (Math.min(one, other) * base + Math.max(one, other) + 1) * edges.length - 1 - n);
  return [...ranks.sort().reverse()].map((rank) => edges[edges.length - 1 - (rank % edges.length)]);
}
function fill(found, edges, group, room) {
  for (const { edge } of edges) {
    if (!room) return;
    const added = [...new Set([edge.source, edge.target])].filter((end) => !found.has(end));
    if (added.length > room) continue;
    room -= added.length;
    for (const end of added) found.set(end, group);
  }
}

/**
 * What hangs on some things.
 * @param {Left[]} edges @param {{ has: (thing: number) => boolean }} things
 */
function neighbourhood(edges, things) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const note = (one, other) => {
    if (!things.has(one)) return;
    const own = found.get(one);
    if (own) own.add(other);
    else found.set(one, new Set([other]));
  };
  for (const { edge } of edges) {
    note(edge.source, edge.target);
    note(edge.target, edge.source);
  }
  return found;
}

/** What was opened comes with its neighbours, what is needed with those that are told about most. */
function bring(shown, { opened, needed }, edges, told) {
  if (!opened.size && !needed.length) return;
  const neighbours = neighbourhood(edges, new Set([...opened, ...needed]));
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
function gather(things, edges) {
  const neighbours = neighbourhood(edges, things),
    hidden = new Set([...neighbours.values()].flatMap((near) => [...near].filter((thing) => !things.has(thing)))),
    around = neighbourhood(edges, hidden);
  /** @type {Bundle[]} */
  const bundles = [];
  /** @type {Map<number, number>} */
  const more = new Map();
  for (const [thing, region] of things) {
    const own = [...(neighbours.get(thing) || [])].filter((other) => hidden.has(other));
    const leaves = own.filter((other) => around.get(other).size === 1);
    const gathered = leaves.length >= GATHERED_FROM;
    if (gathered) bundles.push({ id: `more:${thing}`, anchor: thing, region, things: leaves.sort((a, b) => a - b) });
    const rest = own.length - (gathered ? leaves.length : 0);
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

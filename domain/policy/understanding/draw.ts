/** Drawing situations by chance, so that anybody with the seed draws the same. */
import type { CheckSituation } from "./check-situation.ts";

/** Two situations, by a key that does not depend on their order. */
export type PairKey = string;

/**
 * All situations in the order of a seed. No two that follow one another have the same deciding rule while others are left, and
 * rules take their turns: a rule of many situations is asked no more often than one of few.
 * @param seed any text; hexadecimal where it is recorded
 */
export function situationOrder(situations: readonly CheckSituation[], seed: string): CheckSituation[] {
  const shuffled = shuffle(situations, seed, ({ id }) => id);
  const turns = new Map<string, number>();
  const placed = shuffled.map((situation) => {
    const turn = turns.get(situation.rule.id) ?? 0;
    turns.set(situation.rule.id, turn + 1);
    return { situation, turn };
  });
  return placed.sort((a, b) => a.turn - b.turn).map(({ situation }) => situation); // sort keeps the order of equal turns
}

/** What makes a pair the same for two people. */
export const pairKeyOf = (first: CheckSituation, second: CheckSituation | undefined): PairKey =>
  [first.id, ...(second ? [second.id] : [])].sort().join(" ");

/** The pair that somebody is given, and how often others were given it before: 0 while there are enough. */
export interface DrawnPair {
  pair: PairKey;
  round: number;
}

/**
 * The first pair in the order of a seed that nobody of the team has yet; once all are taken, one of those that fewest have.
 * @param taken pairs that others of the team have, each as often as it was given
 * @returns null where there is nothing to ask
 */
export function drawPair(situations: readonly CheckSituation[], seed: string, taken: readonly PairKey[]) {
  const order = situationOrder(situations, seed);
  const [only] = order;
  if (!only) return null;
  const times = new Map<PairKey, number>();
  for (const pair of taken) times.set(pair, (times.get(pair) ?? 0) + 1);
  let best: DrawnPair | null = null;
  for (const pair of pairsOf(order)) {
    const round = times.get(pair) ?? 0;
    if (best === null || round < best.round) best = { pair, round };
    if (round === 0) break;
  }
  const alone = pairKeyOf(only, undefined);
  return best ?? { pair: alone, round: times.get(alone) ?? 0 };
}

/** The order of a seed with a pair at its beginning. */
export function askingOrder(situations: readonly CheckSituation[], seed: string, pair: PairKey): CheckSituation[] {
  const ids = pair.split(" ");
  const order = situationOrder(situations, seed);
  return [...order.filter(({ id }) => ids.includes(id)), ...order.filter(({ id }) => !ids.includes(id))];
}

/** Each pair once; those of situations early in the order come first. */
function* pairsOf(order: readonly CheckSituation[]): Generator<PairKey> {
  for (const [at, second] of order.entries()) for (const first of order.slice(0, at)) yield pairKeyOf(first, second);
}

/** The items by a number made of the seed and of each. */
export const shuffle = <Item>(items: readonly Item[], seed: string, keyOf: (item: Item) => string): Item[] =>
  items
    .map((item) => ({ item, key: keyOf(item) }))
    .map((one) => ({ ...one, rank: hashOf(`${seed} ${one.key}`) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);

/** 32 bits of a text, spread evenly: FNV-1a with the last steps of MurmurHash3. It keeps no secret. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

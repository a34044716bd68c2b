import { createHash } from "node:crypto";

/** SHA-256 of a text, hexadecimal. */
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The sample that a seed draws: those with the smallest SHA-256 of the seed followed by their id, hexadecimal. Whoever has
 * the seed and the list of ids draws the same, in any order of the list.
 */
export const drawSample = (ids: readonly string[], seed: string, size: number): string[] =>
  [...new Set(ids)]
    .map((id) => ({ id, rank: sha256(seed + id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);

/** By which a list of ids can be told to be the one that was drawn from: SHA-256 of the ids, sorted, a line each. */
export const populationHash = (ids: readonly string[]): string => sha256([...new Set(ids)].sort().join("\n"));

import { randomBytes } from "node:crypto";
import { getConnections } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import {
  type BegunRecord,
  deleteBegunBefore,
  findBegun,
  insertBegun,
  listBegun,
  listUnendedBefore,
  lockBegunOf,
  writeBegunEnd,
} from "./begun-repository.ts";

/** Nobody is given more to finish than this by programs. Our own figure. */
export const MOST_BEGUN = 20;

/** Whether somebody has as much to finish as programs may begin; until this transaction ends no other begins more. */
export async function hasEnoughBegun(tx: Tx, personId: string): Promise<boolean> {
  await lockBegunOf(tx, personId);
  return (await listBegun(tx, [personId])).length >= MOST_BEGUN;
}

/** An id for something to begin: also the `startKey` of what comes of it, and the `kept` of its form's address. */
export const makeBegunId = (): string => randomBytes(16).toString("hex");

/**
 * Writes what a program began for somebody, for them to finish or discard.
 * @param begun its `path` is the address of its form, or of the draft that it is
 */
export async function begin(
  tx: Tx,
  begun: { id: string; personId: string; tokenId: string; path: string; values: Record<string, string[]>; at: Date },
): Promise<void> {
  const { at, ...row } = begun;
  await insertBegun(tx, { ...row, begunAt: at });
}

/**
 * To be called where somebody sends or discards something that a program may have begun.
 * @param at its `startKey`, or the address of the draft that it is
 * @returns for the evidence: which program began it; nothing if none did
 */
export async function endBegun(tx: Tx, personId: string, at: string, now: Date): Promise<{ begunBy?: string }> {
  const begun = await findBegun(tx, personId, at);
  if (!begun) return {};
  await writeBegunEnd(tx, begun.id, now);
  return { begunBy: begun.token.reference };
}

/** Ends what a program began for somebody in a form, without anything coming of it; a hold forbids that. */
export async function endUnused(
  tx: Tx,
  person: { body: string; personId: string },
  id: string,
  at: Date,
): Promise<"done" | "held"> {
  const begun = await findBegun(tx, person.personId, id);
  if (begun && (await isHeld(tx, person, begun))) return "held";
  if (begun) await writeBegunEnd(tx, begun.id, at);
  return "done";
}

async function isHeld(tx: Tx, { body, personId }: { body: string; personId: string }, { values }: BegunRecord) {
  const texts = Object.values(values).flat();
  return getConnections().isDeletionHeld(tx, { body, personId }, { groupId: null, texts });
}

/**
 * Deletes what was begun before a moment, finished or not, unless a hold forbids it. A draft of an exception stays.
 * @returns how many
 */
export async function forgetBegun(tx: Tx, before: Date): Promise<number> {
  const held: string[] = [];
  for (const { body, ...begun } of await listUnendedBefore(tx, before))
    if (await isHeld(tx, { body, personId: begun.personId }, begun)) held.push(begun.id);
  return deleteBegunBefore(tx, before, held);
}

import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { replaceWordsIn, type DoubtOutcome } from "#domain/gather/retention/doubt.ts";
import { mapTexts } from "#domain/gather/retention/texts-in.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdEverythingConcerned } from "#server/registers/hold/deletion-queries.ts";
import { deleteDoubts, lockDoubt } from "./doubt-repository.ts";
import { EVIDENCE_TEXTS, searchedTable } from "./name-rules.ts";
import { eraseDetails, lockTextRows, writeTexts, type TextRow } from "./repository.ts";

export type SettleDoubtResult = "settled" | "held" | "not-found";

/**
 * Settles whether a text names somebody who left: "replaced" puts the pseudonym in place of the words that were found, and
 * erases a text beside the evidence; "kept" leaves it. Nothing is replaced that a hold on them keeps.
 */
export async function settleDoubt(actor: Actor, id: string, outcome: DoubtOutcome): Promise<SettleDoubtResult> {
  if (!can(actor, "name-doubt.settle", actor)) return "not-found";
  const { body, personId: by } = actor;
  return transact(async (tx): Promise<Change<SettleDoubtResult>> => {
    const doubt = await lockDoubt(tx, body, id);
    if (!doubt) return { result: "not-found", evidence: [] };
    const held = await holdEverythingConcerned(tx, body);
    const isHeld = held.isEverything || held.people.includes(doubt.personId);
    if (isHeld && outcome === "replaced") return { result: "held", evidence: [] };
    const table = searchedTable(doubt.table);
    if (outcome === "replaced" && table === EVIDENCE_TEXTS) await eraseDetails(tx, body, [Number(doubt.row)]);
    else if (outcome === "replaced")
      for (const row of await lockTextRows(tx, table, body, [doubt.row])) {
        const change = (text: string) => replaceWordsIn(text, doubt.words, doubt.person.name);
        await writeTexts(tx, table, { id: row.id, texts: mapTexts(row.texts, change) as TextRow["texts"] });
      }
    await deleteDoubts(tx, [id]);
    const event = { body, event: "name-doubt.settled", at: clock.now(), actor: by, subject: doubt.personId } as const;
    return { result: "settled", evidence: [{ ...event, data: { outcome } }] };
  });
}

import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import type { Ledger } from "./ledger-queries.ts";

/**
 * Records that a ledger was read, or saved as a file, to answer somebody outside. For administrators of the group only
 * the file counts, since they look at their own group's ledger as part of their tasks.
 * @param ledger as returned to the actor by `getLedger`
 */
export async function recordLedgerUse(
  actor: Actor,
  { group: { reference }, entries, isOverseen }: Ledger,
  use: "read" | "exported",
): Promise<void> {
  if (use === "read" && !isOverseen) return;
  const { body, personId } = actor;
  const event = `disposal-ledger.${use}` as const;
  const data = { from: entries[0]?.period.dueOn ?? null, to: entries.at(-1)?.period.dueOn ?? null };
  await transact(() =>
    Promise.resolve({
      result: undefined,
      evidence: [{ body, event, at: clock.now(), actor: personId, subject: reference, data }],
    }),
  );
}

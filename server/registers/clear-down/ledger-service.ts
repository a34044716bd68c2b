import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import type { Ledger } from "./ledger-queries.ts";

/**
 * Writes down that a ledger was read, or saved as a file, to answer somebody with it. Of those who administer the group the
 * file alone: they look at their own group's ledger as at their tasks.
 * @param ledger as `getLedger` gave it to the actor
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

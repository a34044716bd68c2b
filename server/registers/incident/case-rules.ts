import type { Outcome } from "#domain/base/form/outcome.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { CaseFacts, ClosingFacts } from "#domain/registers/incident/case.ts";
import { incidentRelationOf } from "#domain/registers/incident/reach.ts";
import { leftToDelete } from "#domain/registers/incident/step.ts";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { Change } from "#server/evidence/journal/transact.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";
import { answeredOf, caseAnswersOf, deletionOf, reportedOf } from "./record-rules.ts";
import { findToChange, type IncidentRecord } from "./repository.ts";

/** "too-late": somebody else recorded the part meanwhile, or the case was closed; nothing was changed. */
export type CaseResult = Outcome<"saved"> | { code: "too-late"; by: string };

/** A case locked for whoever handles it; null if it does not exist or the actor does not handle it. */
export async function findToHandle(tx: Tx, actor: Actor, reference: string): Promise<IncidentRecord | null> {
  const record = await findToChange(tx, actor.body, reference);
  return record && incidentRelationOf(actor, reportedOf(record)) === "handler" ? record : null;
}

export const unchanged = (result: CaseResult): Change<CaseResult> => ({ result, evidence: [] });

/** A case as the rules of its parts ask of it. */
export function factsOf(record: IncidentRecord): CaseFacts {
  const { mayBePersonalData, awareAt, closedAt } = record;
  return { mayBePersonalData, awareAt, isClosed: closedAt !== null, answers: caseAnswersOf(record) };
}

/** The same with what decides on closing. @param holds those in force on the reporter and the group */
export async function closingFactsOf(record: IncidentRecord, holds: readonly StandingHold[]): Promise<ClosingFacts> {
  const left = leftToDelete(record.kind, answeredOf(record));
  return { ...factsOf(record), deletion: await deletionOf(record, holds), leftToDelete: left };
}

/**
 * The person of the body whom a name or an address stands for, to be given something to do: anybody who works there,
 * except those from whom the report is kept.
 */
export async function findActionOwner(
  tx: Tx,
  actor: Actor,
  { isKeptFromOfficers, keptFromId, body }: IncidentRecord,
  typed: string,
): Promise<{ id: string } | { message: string }> {
  const found = await findOnePerson(actor, typed, tx);
  if ("message" in found) return found;
  const shutOut = isKeptFromOfficers
    ? (await listPeopleWithRole(tx, body, "governance-officer")).map(({ id }) => id)
    : [];
  return found.id === keptFromId || shutOut.includes(found.id)
    ? { message: "This report is kept from them. Choose somebody else." }
    : found;
}

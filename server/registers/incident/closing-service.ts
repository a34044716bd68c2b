import "server-only";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { missingToClose } from "#domain/registers/incident/case.ts";
import {
  closingFields,
  HANDED_OVER_WITHIN_WORKING_DAYS,
  openThings,
  type OpenThing,
} from "#domain/registers/incident/closing.ts";
import { isSameValues, readFields, valueOf, type Values } from "#domain/registers/incident/field.ts";
import { incidentRelationOf } from "#domain/registers/incident/reach.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { closingFactsOf, findActionOwner, findToHandle, unchanged, type CaseResult } from "./case-rules.ts";
import { noticesTo } from "./handler-rules.ts";
import { entriesOf, reportedOf, textsOfReport } from "./record-rules.ts";
import {
  findIncident,
  insertAction,
  insertEntry,
  updateIncident,
  writeActionOwner,
  type IncidentRecord,
} from "./repository.ts";

/** An open thing, and who sees to it from now on. */
type HandedOver = OpenThing & { ownerId: string };

/**
 * Closes a case: only once everything is recorded, and each open thing is handed over to somebody by name. It then
 * stays an action of theirs until it is done.
 * @param seen how often the page showed it as closed before: if it is more often by now, somebody else was quicker
 */
export async function closeCase(actor: Actor, reference: string, seen: number, form: FormValues): Promise<CaseResult> {
  const at = clock.now();
  const reported = await findIncident(getDatabase(), actor.body, reference);
  if (!reported || incidentRelationOf(actor, reportedOf(reported)) !== "handler") return { code: "not-found" };
  const { groupId, reporterId } = reported;
  return transact(async (tx): Promise<Change<CaseResult>> => {
    // Locks holds first, as whoever records a deletion does.
    const holds = await holdsOnDeletion(
      tx,
      { body: actor.body, personId: reporterId },
      groupId,
      textsOfReport(reported),
    );
    const record = await findToHandle(tx, actor, reference);
    if (!record) return unchanged({ code: "not-found" });
    const earlier = entriesOf(record, "closing");
    const last = earlier.at(-1);
    const facts = await closingFactsOf(record, holds);
    const things = openThings(facts, actionsOf(record));
    const { values, problems } = readFields(form, closingFields(things), at);
    const stored: Values = { summary: valueOf(values, "summary") };
    const isSame = last?.by.id === actor.personId && isSameValues(last.values, stored);
    if (isSame && earlier.length === seen + 1) return unchanged({ code: "saved" });
    if (earlier.length !== seen || record.closedAt)
      return unchanged({ code: "too-late", by: last?.by.name ?? "Somebody" });
    const { handedOver, unknown } = await readOwners(tx, actor, record, things, values);
    const wrong = [...problems, ...unknown, ...missingToClose(facts).map((message) => ({ field: "", message }))];
    if (wrong.length > 0) return unchanged({ code: "invalid", problems: wrong });
    const entry = { id: randomUUID(), incidentId: record.id, part: "closing", position: earlier.length + 1 };
    await insertEntry(tx, { ...entry, at, personId: actor.personId, values: stored });
    await updateIncident(tx, record.id, { closedAt: at });
    const evidence = await handOver(tx, actor, record, handedOver, at);
    return {
      result: { code: "saved" },
      evidence: [...evidence, eventBy(actor, at, "incident.closed", record.reference)],
      notices: closingNotices(actor, record, handedOver),
    };
  });
}

/** The actions of a case, as far as closing asks of them. */
export function actionsOf({ actions }: IncidentRecord) {
  return actions.map(({ position, text, doneAt }) => ({ position, text, isDone: doneAt !== null }));
}

/** Who was named for each thing; a problem at the field where it is nobody, or not one person. */
async function readOwners(
  tx: Prisma.TransactionClient,
  actor: Actor,
  record: IncidentRecord,
  things: readonly OpenThing[],
  values: Values,
): Promise<{ handedOver: HandedOver[]; unknown: FieldProblem[] }> {
  const handedOver: HandedOver[] = [];
  const unknown: FieldProblem[] = [];
  for (const thing of things) {
    const typed = valueOf(values, thing.name);
    if (typed === "") continue; // said already: it is missing
    const owner = await findActionOwner(tx, actor, record, typed);
    if ("message" in owner) unknown.push({ field: thing.name, message: owner.message });
    else handedOver.push({ ...thing, ownerId: owner.id });
  }
  return { handedOver, unknown };
}

/** Makes an action of each thing that is none yet, and gives the others to whoever was named. @returns the evidence */
async function handOver(
  tx: Prisma.TransactionClient,
  actor: Actor,
  record: IncidentRecord,
  handedOver: readonly HandedOver[],
  at: Date,
): Promise<EvidenceEvent[]> {
  const incidentId = record.id;
  const dueOn = await nextWorkingDay(record.body, at);
  const evidence: EvidenceEvent[] = [];
  let made = record.actions.length;
  for (const { position, text, ownerId } of handedOver) {
    if (position === null) {
      made++;
      await insertAction(tx, { id: randomUUID(), incidentId, position: made, text, ownerId, dueOn, addedAt: at });
      evidence.push(eventBy(actor, at, "incident.action-added", record.reference, { data: { action: made } }));
    } else if (record.actions.find((one) => one.position === position)?.ownerId !== ownerId) {
      await writeActionOwner(tx, { incidentId, position }, ownerId);
      evidence.push(
        eventBy(actor, at, "incident.action-handed-over", record.reference, { data: { action: position } }),
      );
    }
  }
  return evidence;
}

async function nextWorkingDay(body: string, at: Date): Promise<string> {
  const { bodies } = await loadContent();
  const found = bodies.find(({ slug }) => slug === body);
  const today = calendarDay(at);
  return addWorkingDays(today, HANDED_OVER_WITHIN_WORKING_DAYS, daysOff(found, today, addDays(today, 30)));
}

function closingNotices(
  { personId }: Actor,
  { body, reference, reporterId }: IncidentRecord,
  handedOver: readonly HandedOver[],
) {
  const owners = handedOver.map(({ ownerId }) => ownerId).filter((id) => id !== personId);
  return [
    ...noticesTo([reporterId], {
      body,
      kind: "incident-closed",
      reference,
      subject: `${reference} is closed`,
      paragraphs: ["The case that you reported is closed. Thank you for reporting it."],
    }),
    ...noticesTo(owners, {
      body,
      kind: "incident-action",
      reference,
      subject: `${reference} is closed, and you still have something to do`,
      paragraphs: ["It stays among your tasks until it is done. Open it to see what it is, and mark it as done there."],
    }),
  ];
}

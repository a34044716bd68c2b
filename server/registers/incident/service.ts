import { eventBy, PORTAL_ACTOR, type EvidenceEvent, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { NotTaken } from "#domain/base/form/outcome.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { deadlineOf } from "#domain/registers/incident/clock.ts";
import {
  isSameValues,
  momentOf,
  readFields,
  valueOf,
  type IncidentField,
  type Values,
} from "#domain/registers/incident/field.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { KINDS, type IncidentKind } from "#domain/registers/incident/kind.ts";
import { reportRecipients, incidentRelationOf } from "#domain/registers/incident/reach.ts";
import {
  fieldsOfStep,
  groupField,
  isDeleteStep,
  nextStep,
  openSteps,
  stepProblems,
  stepsFor,
  stepsOf,
  type IncidentStepName,
} from "#domain/registers/incident/step.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { noticesTo } from "./handler-rules.ts";
import { answeredOf, awareFrom, deletionOf, entriesOf, reportedOf, textsOfReport } from "./record-rules.ts";
import {
  findIncident,
  findToChange,
  insertEntry,
  insertIncident,
  listIncidentGroupsOf,
  listStaying,
  updateIncident,
  type IncidentRecord,
} from "./repository.ts";

/** Where a report comes from: a verdict, with its answers. */
export interface FromVerdict {
  policy: string;
  version: string;
  situation: Readonly<Record<string, string>>;
}

type ReportResult = { code: "reported"; reference: string; next: IncidentStepName | null } | NotTaken;

export interface SentReport {
  kind: IncidentKind;
  /** Made by the page, so that sending its form twice reports once. */
  startKey: string;
  from: FromVerdict | null;
  form: FormValues;
}

/**
 * Saves the first step: from here on the case exists and the people concerned are notified, even if nothing more is
 * done.
 */
export async function reportIncident(actor: Actor, { kind, startKey, from, form }: SentReport): Promise<ReportResult> {
  if (!can(actor, "incident.report", actor)) return { code: "not-found" };
  const [step] = stepsOf(kind);
  if (!step) return { code: "not-found" };
  const at = clock.now();
  const { values, problems } = readFields(form, fieldsOfStep(step, "unasked"), at);
  if (problems.length > 0) return { code: "invalid", problems };
  const verdict = from && (await getOwnPolicy(actor, from.policy)) ? from : null;
  const next = nextStep(kind, openSteps(kind, { [step]: values }, "unasked"), step);
  const { body, personId } = actor;
  return startEntry("INC", { personId, startKey }, { code: "reported", next }, async (tx, entry) => {
    const notToTell = [values["notToTell"] ?? []].flat();
    const managerId = await managerOf(tx, personId);
    const informed = await toldOf(tx, actor, { kind, managerId, notToTell });
    const { id: incidentId, reference } = entry;
    const isKeptFromOfficers = notToTell.includes("officer");
    const keptFromId = notToTell.includes("manager") ? managerId : null;
    await insertIncident(tx, {
      ...entry,
      body,
      reporterId: personId,
      kind,
      reportedAt: at,
      awareAt: at,
      managerId: informed.managerId,
      isKeptFromOfficers,
      ...verdict,
      warnedAtHours: [],
      keptFromId,
      withSeniorAt: informed.seniorIds.length > 0 ? at : null,
      mayBePersonalData: KINDS[kind].mayBePersonalData,
    });
    await insertEntry(tx, { id: randomUUID(), incidentId, part: step, position: 1, at, personId, values });
    const head = { body, reference, reporterId: personId, isKeptFromOfficers, keptFromId };
    const recipients = [informed.managerId ?? [], informed.officerIds, informed.seniorIds].flat();
    return {
      evidence: [reportEvent(head, at, "incident.reported")],
      notices: reportNotices(kind, head, at, recipients),
    };
  });
}

/** Mail shows on locked screens, so a report that may be about a colleague is only announced, without details. */
function reportNotices(
  kind: IncidentKind,
  { body, reference }: Pick<IncidentRecord, "body" | "reference">,
  at: Date,
  ids: readonly string[],
): Notice[] {
  const { asksWhomNotToTell, title, mayBePersonalData } = KINDS[kind];
  return noticesTo(ids, {
    body,
    kind: "incident-reported",
    reference,
    subject: `${asksWhomNotToTell ? "A report" : title}: ${reference}`,
    paragraphs: [
      `Somebody reported this on ${momentInWords(at)}. More may be added as it becomes known.`,
      ...(mayBePersonalData
        ? [`If personal data was disclosed, the 72 hours to report it end on ${momentInWords(deadlineOf(at))}.`]
        : []),
      "Open it to see what is known and what to do.",
    ],
  });
}

/** The manager of somebody's team, unless they have left. */
async function managerOf(tx: Tx, personId: string): Promise<string | null> {
  const managerId = await getManagerIdOf(personId, tx);
  return managerId !== null && (await listStaying(tx, [managerId])).length > 0 ? managerId : null;
}

async function toldOf(
  tx: Tx,
  { body, personId }: Actor,
  { kind, managerId, notToTell }: { kind: IncidentKind; managerId: string | null; notToTell: readonly string[] },
) {
  const officers = await listPeopleWithRole(tx, body, "governance-officer");
  const seniors = await listPeopleWithRole(tx, body, "senior-information-risk-owner");
  const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id);
  const reach = { reporterId: personId, managerId, officerIds: ids(officers), seniorIds: ids(seniors) };
  return reportRecipients(reach, { tellsManager: KINDS[kind].tellsManager, notToTell });
}

/** "closed": the case was closed meanwhile; nothing was changed. */
type StepResult = { code: "saved"; next: IncidentStepName | null } | { code: "closed" } | NotTaken;

/** Saves the reporter's answer to a later step; the last answer counts, earlier ones stay on record. */
export async function answerStep(actor: Actor, reference: string, step: IncidentStepName, form: FormValues) {
  const at = clock.now();
  const { body, personId } = actor;
  return transact(async (tx): Promise<Change<StepResult>> => {
    const nothing = (result: StepResult): Change<StepResult> => ({ result, evidence: [] });
    const seen = await findIncident(tx, body, reference);
    if (!seen || incidentRelationOf(actor, reportedOf(seen)) !== "reporter") return nothing({ code: "not-found" });
    // Locks holds first: placing a hold takes the same lock, and no other.
    const holds = await holdsOnDeletion(tx, actor, seen.groupId, textsOfReport(seen));
    const record = await findToChange(tx, body, reference);
    if (!record || !stepsFor(record.kind, answeredOf(record)).includes(step)) return nothing({ code: "not-found" });
    if (record.closedAt) return nothing({ code: "closed" });
    const state = await deletionOf(record, holds);
    if (isDeleteStep(step) && state === "unasked")
      return nothing({
        code: "invalid",
        problems: [{ field: "", message: "Answer first whether anybody has asked for these messages." }],
      });
    const groups = step === "where" ? await listIncidentGroupsOf(tx, body, personId) : [];
    const fields = askedOf(record, step, fieldsOfStep(step, state), groups);
    const isHeld = step === "hold" && holds.length > 0;
    const read = isHeld ? { values: { hold: "known" }, problems: [] } : readFields(form, fields, at);
    const problems = [...read.problems, ...stepProblems(step, read.values)];
    if (isDeleteStep(step) && state !== "free" && form.text("outcome") === "done")
      return nothing({ code: "invalid", problems: [{ field: "outcome", message: MUST_BE_KEPT }] });
    if (problems.length > 0) return nothing({ code: "invalid", problems });
    const { values } = read;
    const earlier = entriesOf(record, step);
    const next = await nextOf(record, step, values, holds);
    if (isSameValues(earlier.at(-1)?.values, values)) return nothing({ code: "saved", next });
    const position = earlier.length + 1;
    await insertEntry(tx, { id: randomUUID(), incidentId: record.id, part: step, position, at, personId, values });
    const group = groups.find(({ reference: one }) => valueOf(values, "group").endsWith(`, ${one}`));
    if (step === "where") await updateIncident(tx, record.id, { groupId: group?.id ?? null });
    const noticed = momentOf(values, "noticed");
    // Once an officer has set when the body became aware, that stays.
    if (noticed && entriesOf(record, "clock").length === 0)
      await updateIncident(tx, record.id, awareFrom(record, knownBy(record, noticed)));
    const outcome = isDeleteStep(step) ? { outcome: valueOf(values, "outcome") } : {};
    return {
      result: { code: "saved", next },
      evidence: [reportEvent(record, at, "incident.step-answered", { step, ...outcome })],
    };
  });
}

/** The body knew when the reporter noticed it, and at the latest when it was reported, here or to the regulator. */
function knownBy(record: IncidentRecord, noticed: Date): Date {
  const reportedToRegulator = momentOf(entriesOf(record, "regulator").at(-1)?.values, "reported") ?? record.reportedAt;
  return new Date(Math.min(noticed.getTime(), record.reportedAt.getTime(), reportedToRegulator.getTime()));
}

const MUST_BE_KEPT = "It must be kept for now, so do not delete it. If it is gone already, say so.";

/** From whom a report is withheld is decided once, when it is made. */
function askedOf(
  record: IncidentRecord,
  step: IncidentStepName,
  fields: readonly IncidentField[],
  groups: readonly { reference: string; name: string }[],
): readonly IncidentField[] {
  const group = step === "where" ? groupField(groups) : null;
  const own = fields.filter(({ name }) => name !== "notToTell");
  return group ? [group, ...own] : own;
}

/** The remaining steps after an answer, as far as they are known. */
async function nextOf(
  record: IncidentRecord,
  step: IncidentStepName,
  values: Values,
  holds: Awaited<ReturnType<typeof holdsOnDeletion>>,
): Promise<IncidentStepName | null> {
  const entry = { ...(record.entries[0] ?? null), part: step, position: Number.MAX_SAFE_INTEGER, values };
  const person = record.entries[0]?.person ?? record.reporter;
  const after: IncidentRecord = {
    ...record,
    entries: [
      ...record.entries,
      { id: "", incidentId: record.id, at: record.reportedAt, personId: record.reporterId, ...entry, person },
    ],
  };
  return nextStep(record.kind, openSteps(record.kind, answeredOf(after), await deletionOf(after, holds)), step);
}

/** The evidence of a report: only codes, and no actor if it is withheld from those who read the journal. */
function reportEvent(
  record: Pick<IncidentRecord, "body" | "reference" | "reporterId" | "isKeptFromOfficers" | "keptFromId">,
  at: Date,
  event: EvidenceEventName,
  data?: Record<string, string>,
): EvidenceEvent {
  const { body, reference, reporterId, isKeptFromOfficers, keptFromId } = record;
  const personId = isKeptFromOfficers || keptFromId !== null ? PORTAL_ACTOR : reporterId;
  return eventBy({ body, personId }, at, event, reference, { data });
}

import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import {
  isPartOpen,
  missingToClose,
  PART_FIELDS,
  partProblems,
  type CaseFacts,
  type CasePart,
} from "#domain/registers/incident/case.ts";
import { deadlineOf, WARN_AT_HOURS, warningsDue } from "#domain/registers/incident/clock.ts";
import {
  isSameValues,
  momentOf,
  readFields,
  valueOf,
  type IncidentField,
  type Values,
} from "#domain/registers/incident/field.ts";
import { incidentRelationOf } from "#domain/registers/incident/reach.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listHandlers, noticesTo } from "./handler-rules.ts";
import { caseAnswersOf, entriesOf, reportedOf } from "./record-rules.ts";
import {
  findIncident,
  findToChange,
  hasRead,
  insertAction,
  insertEntry,
  insertReading,
  listStaying,
  updateIncident,
  writeActionDone,
  type IncidentRecord,
} from "./repository.ts";

export type CaseResult =
  | { code: "saved" }
  /** Somebody else recorded the part meanwhile, or the case was closed; nothing was changed. */
  | { code: "too-late"; by: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/**
 * Records a part of the case. Each part has its own history; officers do not handle their own reports.
 * @param seen how many answers of the part the page showed: if there are more by now, somebody else was quicker
 */
export async function recordPart(
  actor: Actor,
  reference: string,
  part: CasePart,
  seen: number,
  form: FormValues,
): Promise<CaseResult> {
  const at = clock.now();
  return changeCase(actor, reference, async (tx, record) => {
    const earlier = entriesOf(record, part);
    const last = earlier.at(-1);
    const { values, problems } = readFields(form, PART_FIELDS[part], at);
    const isSame = last?.by.id === actor.personId && isSameValues(last.values, values);
    if (isSame && earlier.length === seen + 1) return unchanged({ code: "saved" });
    if (earlier.length !== seen && last) return unchanged({ code: "too-late", by: last.by.name });
    if (!isPartOpen(part, record.closedAt !== null))
      return unchanged({ code: "too-late", by: entriesOf(record, "closing").at(-1)?.by.name ?? "Somebody" });
    const facts = factsOf(record);
    const wrong = [
      ...problems,
      ...partProblems(part, values, facts),
      ...(part === "closing" ? missingToClose(facts).map((message) => ({ field: "", message })) : []),
    ];
    if (wrong.length > 0) return unchanged({ code: "invalid", problems: wrong });
    const { id: incidentId, body } = record;
    const position = earlier.length + 1;
    await insertEntry(tx, { id: randomUUID(), incidentId, part, position, at, personId: actor.personId, values });
    await updateIncident(tx, incidentId, effectOf(record, part, values, at));
    const event = part === "closing" ? "incident.closed" : part === "reopening" ? "incident.reopened" : null;
    return {
      result: { code: "saved" },
      evidence: [
        event
          ? caseEvent(record, actor, at, event)
          : caseEvent(record, actor, at, "incident.part-recorded", { part, ...codesOf(part, values) }),
      ],
      notices: reporterNotices(body, record, part, values),
    };
  });
}

/** The changes that a part makes to the case, apart from its own history. */
function effectOf(record: IncidentRecord, part: CasePart, values: Values, at: Date) {
  switch (part) {
    case "clock": {
      const noticed = momentOf(entriesOf(record, "when").at(-1)?.values, "noticed");
      const awareAt = momentOf(values, "aware") ?? noticed ?? record.reportedAt;
      // If the deadline moves back, its warnings are due again.
      const due = warningsDue(deadlineOf(awareAt), at, []);
      const warnedAtHours = WARN_AT_HOURS.filter(
        (hours) => record.warnedAtHours.includes(hours) && due.includes(hours),
      );
      return { mayBePersonalData: valueOf(values, "personal") === "yes", awareAt, warnedAtHours };
    }
    case "decision":
      return { decidedAt: at };
    case "closing":
      return { closedAt: at };
    case "reopening":
      return { closedAt: null };
    default:
      return {};
  }
}

/** Choices are codes and go into the journal; texts and times do not. */
function codesOf(part: CasePart, values: Values): Record<string, string> {
  const fields: readonly IncidentField[] = PART_FIELDS[part];
  return Object.fromEntries(
    fields.flatMap(({ kind, name }) => (kind === "one" && values[name] ? [[name, valueOf(values, name)]] : [])),
  );
}

function reporterNotices(
  body: string,
  { reporterId, reference }: IncidentRecord,
  part: CasePart,
  values: Values,
): Notice[] {
  if (part === "closing")
    return noticesTo([reporterId], {
      body,
      kind: "incident-closed",
      reference,
      subject: `${reference} is closed`,
      paragraphs: ["The case that you reported is closed. Thank you for reporting it."],
    });
  if (part !== "ruling") return [];
  const mayDelete = values["ruling"] === "delete";
  return noticesTo([reporterId], {
    body,
    kind: "incident-ruling",
    reference,
    subject: mayDelete ? `${reference}: you may delete it now` : `${reference}: do not delete it`,
    paragraphs: [
      mayDelete
        ? "The governance officer says that nothing must be kept. Delete what you shared now, and say so in your report."
        : "The governance officer says that what you shared must be kept. Do not delete it, nor its copies.",
    ],
  });
}

/** Adds an action, with its owner and due day. @param seen how many actions the page showed */
export async function addAction(actor: Actor, reference: string, seen: number, form: FormValues): Promise<CaseResult> {
  const at = clock.now();
  return changeCase(actor, reference, async (tx, record) => {
    const owners = await ownersOf(tx, record);
    const { values, problems } = readFields(form, actionFields(owners), at);
    const [text, ownerId, dueOn] = [valueOf(values, "text"), valueOf(values, "owner"), valueOf(values, "due")];
    const last = record.actions.at(-1);
    const isSame = last?.text === text && last.ownerId === ownerId && last.dueOn === dueOn;
    if (isSame && record.actions.length === seen + 1) return unchanged({ code: "saved" });
    if (record.actions.length !== seen) return unchanged({ code: "too-late", by: "Somebody" });
    if (record.closedAt) return unchanged({ code: "too-late", by: "Somebody" });
    const isPast = dueOn !== "" && dueOn < calendarDay(at);
    const wrong = [...problems, ...(isPast ? [{ field: "due", message: "The day must be today or later." }] : [])];
    if (wrong.length > 0) return unchanged({ code: "invalid", problems: wrong });
    const { id: incidentId, body } = record;
    await insertAction(tx, { id: randomUUID(), incidentId, position: seen + 1, text, ownerId, dueOn, addedAt: at });
    return {
      result: { code: "saved" },
      evidence: [caseEvent(record, actor, at, "incident.action-added", { action: seen + 1 })],
      notices:
        ownerId === actor.personId
          ? []
          : noticesTo([ownerId], {
              body,
              kind: "incident-action",
              reference,
              subject: `Something to do after ${reference}`,
              paragraphs: ["Open the report to see what it is, and mark it as done there."],
            }),
    };
  });
}

/** The fields of the form for an action. @param owners who may do it: id → name */
export function actionFields(owners: Readonly<Record<string, string>>): readonly IncidentField[] {
  return [
    {
      kind: "text",
      name: "text",
      lines: 2,
      ask: "What has to be done?",
      short: "Action",
      missing: "Say what has to be done.",
    },
    {
      kind: "one",
      name: "owner",
      ask: "Who does it?",
      short: "Owner",
      options: owners,
      missing: "Choose who does it.",
    },
    { kind: "day", name: "due", ask: "By when?", short: "Due day", missing: "Give the day by which it is done." },
  ];
}

/** People who can be given an action: those who know of the case and have not left. */
export async function ownersOf(
  tx: Parameters<typeof listStaying>[0],
  record: IncidentRecord,
): Promise<Record<string, string>> {
  const handlers = await listHandlers(tx, record);
  const others = await listStaying(tx, [record.reporterId, record.managerId ?? record.reporterId]);
  return Object.fromEntries([...handlers, ...others].map(({ id, name }) => [id, name]));
}

/** Marks an action as done, by its owner or a handler of the case. Harmless if done twice. */
export async function completeAction(actor: Actor, reference: string, position: number): Promise<CaseResult> {
  const at = clock.now();
  return transact(async (tx): Promise<Change<CaseResult>> => {
    const record = await findToChange(tx, actor.body, reference);
    const action = record?.actions.find((one) => one.position === position);
    const standing = record && incidentRelationOf(actor, reportedOf(record));
    if (!record || !action || !standing || (standing !== "handler" && action.ownerId !== actor.personId))
      return unchanged({ code: "not-found" });
    const done = { doneAt: at, doneById: actor.personId };
    if (!(await writeActionDone(tx, { incidentId: record.id, position }, done))) return unchanged({ code: "saved" });
    return {
      result: { code: "saved" },
      evidence: [caseEvent(record, actor, at, "incident.action-completed", { action: position })],
    };
  });
}

/**
 * Records that somebody other than the reporter has opened a case, or exported it: once for each person and day. The
 * case counts as opened when the first handler does.
 */
export async function noteReading(actor: Actor, reference: string, what: "opened" | "exported"): Promise<void> {
  const seen = await findIncident(getDatabase(), actor.body, reference);
  const standing = seen && incidentRelationOf(actor, reportedOf(seen));
  if (!seen || !standing || standing === "reporter") return;
  const at = clock.now();
  await transact(async (tx): Promise<Change<void>> => {
    const reading = { incidentId: seen.id, personId: actor.personId, what };
    const isFirst = !(await hasRead(tx, reading));
    if (!(await insertReading(tx, { ...reading, day: calendarDay(at) }))) return { result: undefined, evidence: [] };
    if (standing === "handler" && !seen.openedAt) {
      const record = await findToChange(tx, actor.body, reference);
      if (record && !record.openedAt) await updateIncident(tx, record.id, { openedAt: at });
    }
    const event = what === "exported" ? "incident.exported" : isFirst ? "incident.opened" : "incident.read";
    return { result: undefined, evidence: [caseEvent(seen, actor, at, event)] };
  });
}

/** A case as the rules of its parts ask of it. */
export function factsOf(record: IncidentRecord): CaseFacts {
  const { mayBePersonalData, awareAt, closedAt } = record;
  return { mayBePersonalData, awareAt, isClosed: closedAt !== null, answers: caseAnswersOf(record) };
}

type Tx = Parameters<Parameters<typeof transact>[0]>[0];

async function changeCase(
  actor: Actor,
  reference: string,
  change: (tx: Tx, record: IncidentRecord) => Promise<Change<CaseResult>>,
): Promise<CaseResult> {
  return transact(async (tx) => {
    const record = await findToChange(tx, actor.body, reference);
    if (!record || incidentRelationOf(actor, reportedOf(record)) !== "handler") return unchanged({ code: "not-found" });
    return change(tx, record);
  });
}

function unchanged(result: CaseResult): Change<CaseResult> {
  return { result, evidence: [] };
}

function caseEvent(
  { body, reference }: IncidentRecord,
  { personId }: Actor,
  at: Date,
  event: EvidenceEventName,
  data?: Record<string, string | number>,
): EvidenceEvent {
  return { body, event, at, actor: personId, subject: reference, data };
}

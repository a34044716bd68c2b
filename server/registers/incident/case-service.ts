import { eventBy, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { type FieldProblem, type FormValues, problemIf } from "#domain/base/form/form-values.ts";
import {
  isPartOpen,
  PART_FIELDS,
  partProblems,
  type CasePart,
  missingToClose,
} from "#domain/registers/incident/case.ts";
import {
  isSameValues,
  momentOf,
  readFields,
  textField,
  valueOf,
  type IncidentField,
  type Values,
} from "#domain/registers/incident/field.ts";
import { incidentRelationOf } from "#domain/registers/incident/reach.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { factsOf, findActionOwner, findToHandle, unchanged, type CaseResult, closingFactsOf } from "./case-rules.ts";
import { noticesTo } from "./handler-rules.ts";
import { awareFrom, entriesOf, reportedOf, textsOfReport } from "./record-rules.ts";
import {
  findIncident,
  findToChange,
  hasRead,
  insertAction,
  insertEntry,
  insertReading,
  updateIncident,
  writeActionDone,
  type IncidentRecord,
  writeActionOwner,
} from "./repository.ts";
import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import {
  closingFields,
  HANDED_OVER_WITHIN_WORKING_DAYS,
  openThings,
  type OpenThing,
} from "#domain/registers/incident/closing.ts";
import { loadContent } from "#server/base/content/store.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";

/** Closing has a service of its own, because it hands over what is open. */
export type RecordedPart = Exclude<CasePart, "closing">;

/**
 * Records a part of the case. Each part has its own history; officers do not handle their own reports.
 * @param seen how many answers of the part the page showed: if there are more by now, somebody else was quicker
 */
export async function recordPart(actor: Actor, reference: string, part: RecordedPart, seen: number, form: FormValues) {
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
    const wrong = [...problems, ...partProblems(part, values, factsOf(record))];
    if (wrong.length > 0) return unchanged({ code: "invalid", problems: wrong });
    const { id: incidentId } = record;
    const position = earlier.length + 1;
    await insertEntry(tx, { id: randomUUID(), incidentId, part, position, at, personId: actor.personId, values });
    await updateIncident(tx, incidentId, effectOf(record, part, values, at));
    return {
      result: { code: "saved" },
      evidence: [
        part === "reopening"
          ? eventBy(actor, at, "incident.reopened", record.reference)
          : eventBy(actor, at, "incident.part-recorded", record.reference, {
              data: { part, ...codesOf(part, values) },
            }),
      ],
      notices: reporterNotices(actor, record, part, values),
    };
  });
}

/** The changes that a part makes to the case, apart from its own history. */
function effectOf(record: IncidentRecord, part: RecordedPart, values: Values, at: Date) {
  switch (part) {
    case "clock": {
      const noticed = momentOf(entriesOf(record, "when").at(-1)?.values, "noticed");
      const awareAt = momentOf(values, "aware") ?? noticed ?? record.reportedAt;
      return { mayBePersonalData: valueOf(values, "personal") === "yes", ...awareFrom(record, awareAt) };
    }
    case "decision":
      return { decidedAt: at };
    case "reopening":
      return { closedAt: null };
    default:
      return {};
  }
}

/** Choices are codes and go into the journal; texts and times do not. */
function codesOf(part: RecordedPart, values: Values): Record<string, string> {
  const fields: readonly IncidentField[] = PART_FIELDS[part];
  return Object.fromEntries(
    fields.flatMap(({ kind, name }) => (kind === "one" && values[name] ? [[name, valueOf(values, name)]] : [])),
  );
}

function reporterNotices(
  { body, personId }: Actor,
  { reporterId, reference }: IncidentRecord,
  part: RecordedPart,
  values: Values,
): Notice[] {
  if (part === "reopening")
    return tellOwner({ body, personId }, reporterId, {
      subject: `${reference} was opened again`,
      words:
        "The case that you reported was closed, and is looked at again. You have nothing to do unless you are asked.",
      href: `/incidents/${reference}`,
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
        ? "Nothing must be kept. Delete what you shared now, and say so in your report."
        : "What you shared must be kept. Do not delete it, nor its copies.",
    ],
  });
}

/** Adds an action, with its owner and due day. @param seen how many actions the page showed */
export async function addAction(actor: Actor, reference: string, seen: number, form: FormValues): Promise<CaseResult> {
  const at = clock.now();
  return changeCase(actor, reference, async (tx, record) => {
    const { values, problems } = readFields(form, ACTION_FIELDS, at);
    const [text, typed, dueOn] = [valueOf(values, "text"), valueOf(values, "owner"), valueOf(values, "due")];
    const owner = typed ? await findActionOwner(tx, actor, record, typed) : null;
    const ownerId = owner && "id" in owner ? owner.id : "";
    const last = record.actions.at(-1);
    const isSame = last?.text === text && last.ownerId === ownerId && last.dueOn === dueOn;
    if (isSame && record.actions.length === seen + 1) return unchanged({ code: "saved" });
    if (record.actions.length !== seen) return unchanged({ code: "too-late", by: "Somebody" });
    if (record.closedAt) return unchanged({ code: "too-late", by: "Somebody" });
    const isPast = dueOn !== "" && dueOn < calendarDay(at);
    const wrong = [
      ...problems,
      ...(owner && "message" in owner ? [{ field: "owner", message: owner.message }] : []),
      ...problemIf(isPast, "due", "The day must be today or later."),
    ];
    if (wrong.length > 0) return unchanged({ code: "invalid", problems: wrong });
    const { id: incidentId, body } = record;
    await insertAction(tx, { id: randomUUID(), incidentId, position: seen + 1, text, ownerId, dueOn, addedAt: at });
    return {
      result: { code: "saved" },
      evidence: [eventBy(actor, at, "incident.action-added", record.reference, { data: { action: seen + 1 } })],
      notices:
        ownerId === actor.personId
          ? []
          : noticesTo([ownerId], {
              body,
              kind: "incident-action",
              reference,
              subject: `Something to do after ${reference}`,
              paragraphs: [`It is due on ${dateInWords(dueOn)}. Open it to see what it is, and mark it as done there.`],
            }),
    };
  });
}

/** The fields of the form for an action. */
export const ACTION_FIELDS: readonly IncidentField[] = [
  textField("text", "What has to be done?", "Action", {
    lines: 2,
    help: "The person who does it can see these words, and nothing else of the case.",
    missing: "Say what has to be done.",
  }),
  textField("owner", "Who does it?", "Owner", {
    lines: 1,
    help: "Anybody who works here. Type a name or a work e-mail address.",
    missing: "Say who does it.",
  }),
  { kind: "day", name: "due", ask: "By when?", short: "Due day", missing: "Give the day by which it is done." },
];

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
      evidence: [eventBy(actor, at, "incident.action-completed", record.reference, { data: { action: position } })],
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
  if (!seen || !standing || standing === "reporter" || standing === "owner") return;
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
    return { result: undefined, evidence: [eventBy(actor, at, event, seen.reference)] };
  });
}

const changeCase = async (
  actor: Actor,
  reference: string,
  change: (tx: Tx, record: IncidentRecord) => Promise<Change<CaseResult>>,
): Promise<CaseResult> =>
  transact(async (tx) => {
    const record = await findToHandle(tx, actor, reference);
    return record ? change(tx, record) : unchanged({ code: "not-found" });
  });

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
export const actionsOf = ({ actions }: IncidentRecord) =>
  actions.map(({ position, text, doneAt }) => ({ position, text, isDone: doneAt !== null }));

/** Who was named for each thing; a problem at the field where it is nobody, or not one person. */
async function readOwners(tx: Tx, actor: Actor, record: IncidentRecord, things: readonly OpenThing[], values: Values) {
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
async function handOver(tx: Tx, actor: Actor, record: IncidentRecord, handedOver: readonly HandedOver[], at: Date) {
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
  return workingDayAfter(found, calendarDay(at), HANDED_OVER_WITHIN_WORKING_DAYS);
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

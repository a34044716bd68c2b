import { cache } from "react";
import { type Actor, can, type Role } from "#domain/access/permission/permission.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { Asked, PageCursor } from "#domain/base/list/page.ts";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import {
  CASE_PARTS,
  isClockRunning,
  isHighRisk,
  isPartOpen,
  isTellingOwed,
  missingToClose,
  PART_FIELDS,
  type CasePart,
} from "#domain/registers/incident/case.ts";
import { timeLeft } from "#domain/base/calendar/time-left.ts";
import { closingFields, openThings, type OpenThing } from "#domain/registers/incident/closing.ts";
import { deadlineOf } from "#domain/registers/incident/clock.ts";
import { answersInWords, valuesSchema, type IncidentField } from "#domain/registers/incident/field.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { incidentRelationOf, type IncidentRelation } from "#domain/registers/incident/reach.ts";
import {
  fieldsOfStep,
  groupField,
  openSteps,
  STEP_FIELDS,
  stepsFor,
  type Answered,
  type IncidentStepName,
} from "#domain/registers/incident/step.ts";
import { questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { getOwnBody, getOwnPolicy } from "#server/policy/policy/queries.ts";
import { closingFactsOf, factsOf } from "./case-rules.ts";
import { actionsOf } from "./case-service.ts";
import { listHandlers } from "./handler-rules.ts";
import { answeredOf, deletionOf, entriesOf, reportedOf, type Entry, holdsOnReport } from "./record-rules.ts";
import {
  findIncident,
  incidentList,
  listIncidentGroupsOf,
  listIncidents,
  type IncidentRecord,
  type ListedRelation,
} from "./repository.ts";

/** One report; null if it does not exist or does not concern the actor, with no difference between the two. */
export const getIncident = cache(async (actor: Actor, typed: string): Promise<IncidentView | null> => {
  const reference = parseReference("INC", typed);
  const record = reference && (await findIncident(getDatabase(), actor.body, reference));
  const standing = record && incidentRelationOf(actor, reportedOf(record));
  if (!record || !standing) return null;
  return standing === "owner" ? ownerView(actor, record) : wholeView(actor, record, standing);
});

export type IncidentAnswer = ReturnType<typeof answersInWords>[number];

/** A report as shown to somebody it concerns. */
export type IncidentView = Awaited<ReturnType<typeof wholeView>>;

async function wholeView(actor: Actor, record: IncidentRecord, standing: IncidentRelation) {
  const [body, holds] = await Promise.all([getOwnBody(actor), holdsOnReport(record)]);
  const deletion = await deletionOf(record, holds);
  const answered = answeredOf(record);
  const isHandler = standing === "handler";
  const { reporter, kind } = record;
  const { title }: { title: string } = KINDS[kind];
  return {
    reference: record.reference,
    kind,
    title,
    standing,
    body,
    holds,
    deletion,
    reportedAt: record.reportedAt,
    openedAt: record.openedAt,
    closedAt: record.closedAt,
    /** Who reported it; null for the reporter. */
    reporter:
      standing === "reporter"
        ? null
        : { name: reporter.name, team: reporter.team?.name ?? null, hasLeft: reporter.status === "left" },
    isForOther: isForOther(answered),
    managerName: record.manager?.name ?? null,
    handlerNames: (await listHandlers(getDatabase(), record)).map(({ name }) => name),
    steps: stepsFor(kind, answered).map((step) => stepView(record, step)),
    open: openSteps(kind, answered, deletion),
    from: await fromOf(actor, record),
    clock: clockOf(record),
    /** Only for those who handle it. */
    case: isHandler ? await caseOf(actor, record, holds) : null,
    actions: actionViews(actor, record, isHandler),
    actionCount: record.actions.length,
  };
}

/** The report for somebody who was only given something to do after it: that, and whom to ask. */
async function ownerView(actor: Actor, record: IncidentRecord): Promise<IncidentView> {
  const { reference, kind, reportedAt, openedAt, closedAt } = record;
  return {
    reference,
    kind,
    title: "Something to do",
    standing: "owner",
    body: await getOwnBody(actor),
    holds: [],
    deletion: "free",
    reportedAt,
    openedAt,
    closedAt,
    reporter: null,
    isForOther: false,
    managerName: null,
    handlerNames: (await listHandlers(getDatabase(), record)).map(({ name }) => name),
    steps: [],
    open: [],
    from: null,
    clock: null,
    case: null,
    actions: actionViews(actor, record, false),
    actionCount: record.actions.length,
  };
}

/** Actions as the reader sees them. @param isHandler all of them, otherwise the reader's own */
function actionViews(actor: Actor, { actions }: IncidentRecord, isHandler: boolean) {
  return actions
    .filter(({ ownerId }) => isHandler || ownerId === actor.personId)
    .map(({ position, text, owner, ownerId, dueOn, doneAt, doneBy }) => ({
      position,
      text,
      owner: owner.status === "left" ? `${owner.name}, who has left` : owner.name,
      isMine: ownerId === actor.personId,
      dueOn,
      done: doneAt && `${momentInWords(doneAt)}, ${doneBy?.name ?? "somebody"}`,
    }));
}

function isForOther(answered: Answered): boolean {
  return Object.values(answered).some((values) => values["forOther"] !== undefined);
}

function stepView(record: IncidentRecord, step: IncidentStepName) {
  const last = entriesOf(record, step).at(-1);
  const answers = last
    ? answersInWords(step === "where" ? [GROUP, ...STEP_FIELDS.where] : STEP_FIELDS[step], last.values)
    : [];
  return { step, values: last?.values, answers: answers.filter(({ words }) => words !== "none"), at: last?.at ?? null };
}

/** For display only: the answer contains what was chosen. */
const GROUP: IncidentField = { kind: "one", name: "group", ask: "", short: "Registered group", options: {} };

/** One part of a case with its history, the oldest answer first. */
export type PartView = Awaited<ReturnType<typeof caseOf>>["parts"][number];

async function caseOf(actor: Actor, record: IncidentRecord, holds: readonly StandingHold[]) {
  const facts = await closingFactsOf(record, holds);
  const things = openThings(facts, actionsOf(record));
  const isClosed = record.closedAt !== null;
  const history = (part: CasePart, entries: readonly Entry[]) =>
    entries.map(({ at, by, values }) => ({
      at,
      by: by.name,
      isMine: by.id === actor.personId,
      answers: answersInWords(PART_FIELDS[part], values),
    }));
  return {
    parts: CASE_PARTS.map((part) => {
      const entries = entriesOf(record, part);
      return {
        part,
        isOpen: isPartOpen(part, isClosed),
        values: entries.at(-1)?.values,
        history: history(part, entries),
      };
    }),
    answers: facts.answers,
    isHighRisk: isHighRisk(facts.answers),
    isTellingOwed: isTellingOwed(facts.answers),
    missingToClose: missingToClose(facts),
    closing: {
      fields: closingFields(things),
      owners: Object.fromEntries(things.map((thing) => [thing.name, suggestedOwner(record, thing)])),
    },
  };
}

/** The address of whoever has an open thing now; "" where they have left, or nobody has it. */
function suggestedOwner({ actions, reporter }: IncidentRecord, { position, isReporters }: OpenThing): string {
  const owner = isReporters ? reporter : actions.find((one) => one.position === position)?.owner;
  return owner?.status === "active" ? owner.email : "";
}

/** The 72 hours of a report, with what is left of them in words: "5 hours left", "2 days over". */
function clockOf(record: IncidentRecord) {
  const { mayBePersonalData, awareAt } = record;
  if (!mayBePersonalData) return null;
  const deadline = deadlineOf(awareAt);
  const { isOver, words } = timeLeft(deadline, clock.now());
  return { awareAt, deadline, isOver, left: words, isRunning: isClockRunning(factsOf(record)) };
}

/** The verdict that a report came from, in words; facts no longer in the version are left out. */
async function fromOf(actor: Actor, { policy, version, situation }: IncidentRecord) {
  if (policy === null || version === null || typeof situation !== "object" || situation === null) return null;
  const found = (await getOwnPolicy(actor, policy))?.versions.find((one) => one.version === version);
  const rows = Object.entries(valuesSchema.parse(situation)).flatMap(([name, value]) => {
    const answer = String(value);
    const isKnown = found?.table.facts.some((fact) => fact.name === name && fact.answers.includes(answer));
    if (!found || !isKnown) return [];
    const question = questionFor(found, name);
    return [{ term: question.short, words: answerWords(question, answer).label }];
  });
  return { policy, version, rows };
}

/** A step of the actor's own report; null if there is none. */
export async function getStep(actor: Actor, reference: string, step: IncidentStepName) {
  const incident = await getIncident(actor, reference);
  if (incident?.standing !== "reporter") return null;
  const view = incident.steps.find((one) => one.step === step);
  if (!view) return null;
  const group =
    step === "where" ? groupField(await listIncidentGroupsOf(getDatabase(), actor.body, actor.personId)) : null;
  const own = fieldsOfStep(step, incident.deletion).filter(({ name }) => name !== "notToTell");
  return { incident, fields: group ? [group, ...own] : own, values: view.values };
}

/** A page of the reports that concern the actor in one relation, the newest first. */
export async function getIncidents(actor: Actor, relation: ListedRelation, cursor: PageCursor = null) {
  if (!can(actor, "incident.report", actor)) return { rows: [], before: null, after: null };
  return incidentsOf(actor, relation, {}).page(cursor);
}

/** The reports that the actor handles, by `kind`, `state` and the days `from` and `until`; null for those who handle none. */
export const getIncidentRegister = (actor: Actor, asked: Asked) =>
  can(actor, "incident.handle", actor) ? incidentsOf(actor, "handler", asked) : null;

function incidentsOf(actor: Actor, relation: ListedRelation, asked: Asked) {
  const handles = (role: Role) => actor.roles.includes(role) && can(actor, "incident.handle", actor);
  const reader = {
    personId: actor.personId,
    isOfficer: handles("governance-officer"),
    isSenior: handles("senior-information-risk-owner"),
  };
  return registerOver(incidentList(getDatabase(), actor.body, reader, relation, asked), (records) =>
    Promise.all(records.map((record) => entryOf(record, relation))),
  );
}

/** A line of the list. */
export type IncidentEntry = Awaited<ReturnType<typeof entryOf>>;

async function entryOf(record: IncidentRecord, standing: IncidentRelation) {
  const { reference, kind, reportedAt, reporter, closedAt, openedAt } = record;
  const isReporter = standing === "reporter";
  return {
    reference,
    title: KINDS[kind].title,
    standing,
    reportedAt,
    clock: clockOf(record),
    reporter: isReporter ? null : reporter.name,
    state: closedAt ? ("closed" as const) : openedAt ? ("open" as const) : ("unopened" as const),
    left: isReporter && !closedAt ? (await openStepsOf(record)).length : 0,
  };
}

/** The steps that the reporter has left to do. */
export async function openStepsOf(record: IncidentRecord): Promise<IncidentStepName[]> {
  const holds = await holdsOnReport(record);
  return openSteps(record.kind, answeredOf(record), await deletionOf(record, holds));
}

/** The actor's own reports with their answers, for the page and the export of their own data. */
export async function listReportedByMe(actor: Actor) {
  const { body, personId } = actor;
  const records = await listIncidents(getDatabase(), { body, reporterId: personId });
  return records.map((record) => ({
    reference: record.reference,
    kind: record.kind,
    title: KINDS[record.kind].title,
    reportedAt: record.reportedAt,
    closedAt: record.closedAt,
    situation: record.situation,
    answers: answeredOf(record),
  }));
}

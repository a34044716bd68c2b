import "server-only";
import type { ApprovalCondition } from "#domain/policy/exception/condition.ts";
import { z } from "zod";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import {
  commentsSchema,
  isScore,
  snapshotSchema,
  type Mitigation,
  type RequestContent,
  type RequestSnapshot,
  type Risk,
  type SectionComments,
} from "#domain/policy/exception/request.ts";
import { MITIGATION_OWNERS, type MitigationOwner, type Score } from "#domain/base/risk/risk.ts";
import {
  EXCEPTION_STEPS,
  type ExceptionStepName,
  type NextExceptionState,
  type StoredExceptionState,
} from "#domain/policy/exception/state.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { Prisma, type ExceptionState as StateColumn } from "#server/base/db/generated/client.ts";
import { groupsOfMember, IN_GROUP } from "#server/base/db/group-membership.ts";
import { lineManagerOf, reportsTo, waysToReport, withLineManager } from "#server/base/db/line-manager.ts";

export interface MitigationRecord extends Mitigation {
  id: string;
  doneAt: Date | null;
  doneBy: string | null;
}

export interface RiskRecord extends Omit<Risk, "mitigations"> {
  id: string;
  mitigations: MitigationRecord[];
}

export interface ConditionRecord extends ApprovalCondition {
  id: string;
  doneAt: Date | null;
  doneBy: string | null;
}

export interface StepRecord {
  at: Date;
  by: { personId: string; name: string; roles: Role[] };
  /** In whose place they acted, as a deputy. */
  for: { personId: string; name: string; roles: Role[] } | null;
  command: ExceptionStepName;
  reason: string | null;
  comments: SectionComments;
}

/** One request with everything that belongs to it. */
export interface ExceptionRecord extends Omit<RequestContent, "risks"> {
  id: string;
  reference: string;
  body: string;
  /** Whose it is: who asked for it, or who has taken it over since. */
  requesterId: string;
  /** Who asked for it, where somebody else has taken it over since. */
  askedById: string | null;
  /**
   * `managerId`: their line manager now, where there is one who has not left; of the team that it is for, where they
   * are no longer of that team.
   */
  requester: { name: string; teamId: string | null; teamName: string | null; managerId: string | null };
  /** Whether they have left while it is approved, or the team that it is for: somebody else has to look after it. */
  hasRequesterLeft: boolean;
  /** Whether it was for a team or a chat group that is no more. */
  coversNobody: boolean;
  /** To whom it was passed on while it waits. */
  passedToId: string | null;
  teamName: string | null;
  /** Of the chat group that it is for. */
  groupName: string | null;
  /** Ids of the people who are in that group now, while it is on the register. */
  groupMemberIds: string[];
  /** The manager of the team that it is for; null if it is for nobody's team. */
  teamManagerId: string | null;
  state: StoredExceptionState;
  revision: number;
  policy: string;
  version: string;
  hash: string;
  /** The exception that it extends, and how many times that one will have been extended with it; 0 for a first one. */
  extends: { reference: string } | null;
  extension: number;
  residual: number | null;
  submittedAt: Date | null;
  /** Id of the requester's line manager when it was first sent. */
  managerWhenSentId: string | null;
  decidedAt: Date | null;
  decidedBy: { personId: string; name: string } | null;
  conditions: ConditionRecord[];
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
  changedAt: Date;
  risks: RiskRecord[];
  steps: StepRecord[];
  /** If changes were asked for and not sent yet: the request as last sent, which is what others see of it. */
  lastSent: RequestSnapshot | null;
  /** The request as it was sent before the last time; null if it was sent once or never. */
  sentBefore: RequestSnapshot | null;
}

const person = { select: { id: true, name: true, roles: true } } as const;

const whole = {
  requester: { select: { name: true, status: true, ...withLineManager } },
  team: { select: { name: true, managerId: true, manager: { select: { id: true, status: true } } } },
  group: { select: { name: true, state: true, members: { where: IN_GROUP, select: { personId: true } } } },
  decidedBy: person,
  extends: { select: { reference: true } },
  conditions: { orderBy: { position: "asc" }, include: { doneBy: { select: { name: true } } } },
  risks: {
    orderBy: { position: "asc" },
    include: { mitigations: { orderBy: { position: "asc" }, include: { doneBy: { select: { name: true } } } } },
  },
  steps: { orderBy: { position: "asc" }, include: { person, for: person } },
} satisfies Prisma.ExceptionInclude;

type Row = Prisma.ExceptionGetPayload<{ include: typeof whole }>;

const situationSchema = z.record(z.string(), z.string());
const stepNameSchema = z.enum(EXCEPTION_STEPS);
const ownerSchema = z.enum(Object.keys(MITIGATION_OWNERS) as [MitigationOwner, ...MitigationOwner[]]);

function toScore(value: number): Score {
  if (!isScore(value)) throw new RangeError(`${value} is no score from 1 to 5.`);
  return value;
}

const toState = (state: StateColumn): StoredExceptionState =>
  state === "changes_requested" ? "changes-requested" : state;
const toColumn = (state: StoredExceptionState): StateColumn =>
  state === "changes-requested" ? "changes_requested" : state;

function toRecord(row: Row): ExceptionRecord {
  const { requester, team, group, decidedBy, decidedById: _, teamId, startKey: __, ...rest } = row;
  const isApproved = row.state === "approved";
  // Whoever has taken it over keeps it, in whichever team they are.
  const isOutside = team !== null && requester.team?.id !== teamId && team.managerId !== row.requesterId;
  const hasMoved = isApproved && row.scope === "team" && isOutside && row.askedById === null;
  const manager = hasMoved && requester.status === "active" ? team.manager : lineManagerOf(requester);
  return {
    ...rest,
    teamId,
    teamName: team?.name ?? null,
    teamManagerId: team?.managerId ?? null,
    groupName: group?.name ?? null,
    groupMemberIds: group?.state === "approved" ? group.members.flatMap(({ personId }) => personId ?? []) : [],
    state: toState(row.state),
    situation: situationSchema.parse(row.situation),
    requester: {
      name: requester.name,
      teamId: requester.team?.id ?? null,
      teamName: requester.team?.name ?? null,
      managerId: manager?.status === "active" ? manager.id : null,
    },
    hasRequesterLeft: isApproved && (requester.status === "left" || hasMoved),
    coversNobody: (row.scope === "team" && team === null) || (row.scope === "group" && group?.state !== "approved"),
    decidedBy: decidedBy && { personId: decidedBy.id, name: decidedBy.name },
    conditions: row.conditions.map(({ id, text, dueOn, doneAt, doneBy }) => ({
      id,
      text,
      dueOn,
      doneAt,
      doneBy: doneBy?.name ?? null,
    })),
    risks: row.risks.map((risk) => ({
      id: risk.id,
      clause: risk.clause,
      description: risk.description,
      likelihoodBefore: toScore(risk.likelihoodBefore),
      impactBefore: toScore(risk.impactBefore),
      likelihoodAfter: toScore(risk.likelihoodAfter),
      impactAfter: toScore(risk.impactAfter),
      mitigations: risk.mitigations.map(({ id, text, owner, dueOn, doneAt, doneBy }) => ({
        id,
        text,
        owner: ownerSchema.parse(owner),
        dueOn,
        doneAt,
        doneBy: doneBy?.name ?? null,
      })),
    })),
    lastSent: lastSnapshotOf(row),
    sentBefore: snapshotsOf(row).at(-2) ?? null,
    steps: row.steps.map((step) => ({
      at: step.at,
      by: toParty(step.person),
      for: step.for && toParty(step.for),
      command: stepNameSchema.parse(step.command),
      reason: step.reason,
      comments: step.comments === null ? {} : commentsSchema.parse(step.comments).comments,
    })),
  };
}

function toParty({ id, name, roles }: { id: string; name: string; roles: string[] }) {
  return { personId: id, name, roles: rolesSchema.parse(roles) };
}

function lastSnapshotOf({ steps }: Row): RequestSnapshot | null {
  const isBeingChanged = steps.findLast(({ command }) => command !== "withdraw")?.command === "request-changes";
  return (isBeingChanged && snapshotsOf({ steps }).at(-1)) || null;
}

/** The request at each sending, oldest first. */
function snapshotsOf({ steps }: Pick<Row, "steps">): RequestSnapshot[] {
  return steps.flatMap(({ snapshot }) => (snapshot === null ? [] : [snapshotSchema.parse(snapshot)]));
}

type Tx = Prisma.TransactionClient;

/** Adds a draft. @returns its reference; if two forms have the same key, the first one's */
export async function insertDraft(
  tx: Tx,
  draft: {
    id: string;
    reference: string;
    body: string;
    requesterId: string;
    startKey: string;
    policy: string;
    version: string;
    hash: string;
    situation: Answers;
    clauses: string[];
    at: Date;
  } & Partial<
    Pick<
      RequestContent,
      "justification" | "whyNoChannel" | "dataInvolved" | "scope" | "teamId" | "groupId" | "wantedFrom" | "wantedUntil"
    > & { extendsId: string; extension: number }
  >,
): Promise<string> {
  const { at, situation, ...rest } = draft;
  await tx.exception.createMany({
    data: [{ ...rest, situation: { ...situation }, createdAt: at, changedAt: at }],
    skipDuplicates: true, // the unique key decides if a form is sent twice
  });
  const { requesterId, startKey } = draft;
  const row = await tx.exception.findUniqueOrThrow({
    where: { requesterId_startKey: { requesterId, startKey } },
    select: { reference: true },
  });
  return row.reference;
}

/** The extension of an exception that is not decided yet, or was approved and is not over; null if there is none. */
export async function findExtension(
  tx: Tx,
  extendsId: string,
  now: Date,
): Promise<{ reference: string; isApproved: boolean } | null> {
  const open: StateColumn[] = ["draft", "submitted", "changes_requested"];
  const row = await tx.exception.findFirst({
    where: { extendsId, OR: [{ state: { in: open } }, { state: "approved", endsAt: { gt: now } }] },
    select: { reference: true, state: true },
  });
  return row && { reference: row.reference, isApproved: row.state === "approved" };
}

/** The request with this reference, as somebody typed it, in this body; or null. */
export async function findException(tx: Tx, body: string, typed: string): Promise<ExceptionRecord | null> {
  const reference = parseReference("EX", typed); // invalid ones may contain characters that a database rejects
  if (reference === null) return null;
  const row = await tx.exception.findFirst({ where: { body, reference }, include: whole });
  return row && toRecord(row);
}

/** The same, and locks it: everybody else who wants to change it waits until this transaction ends. */
export async function lockException(tx: Tx, body: string, typed: string): Promise<ExceptionRecord | null> {
  const reference = parseReference("EX", typed);
  if (reference === null) return null;
  await tx.$queryRaw`SELECT id FROM "Exception" WHERE body = ${body} AND reference = ${reference} FOR UPDATE`;
  return findException(tx, body, reference);
}

export interface ExceptionFilter {
  body: string;
  requesterId?: string;
  /** Requests of people whose line manager this person is. */
  managerId?: string;
  policy?: string;
  states?: readonly StoredExceptionState[];
  /** Requests that cover this person, with this team or with a chat group that they are in. */
  coveredPerson?: { personId: string; teamId: string | null };
  /**
   * Requests that may need this person to act: their own, those waiting for a decision, with a mitigation to carry out,
   * or that somebody has to look after or end.
   */
  concerned?: { personId: string; roles: readonly Role[]; today: string };
  /** At most this many from each condition, the oldest. */
  take?: number;
}

/**
 * All requests that match a filter, oldest first. Only their ids are read first, which is enough if nothing matches, as
 * for most people. Each alternative condition is a separate query that can use its index; a combined one would scan
 * everybody's requests.
 */
export async function listExceptions(tx: Tx, filter: ExceptionFilter): Promise<ExceptionRecord[]> {
  const found = await Promise.all(
    waysOf(filter).map((way) =>
      tx.exception.findMany({
        where: { AND: [whereOf(filter), way] },
        select: { id: true },
        ...(filter.take !== undefined && { take: filter.take, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
      }),
    ),
  );
  const ids = new Set(found.flat().map(({ id }) => id));
  if (ids.size === 0) return [];
  const rows = await tx.exception.findMany({
    where: { id: { in: [...ids] } },
    include: whole,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** The requests with these ids, in that order. */
export async function listExceptionsById(tx: Tx, ids: readonly string[]): Promise<ExceptionRecord[]> {
  const rows = await tx.exception.findMany({ where: { id: { in: [...ids] } }, include: whole });
  const byId = new Map(rows.map((row) => [row.id, toRecord(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** How many others asked for one of some clauses of a policy: in force at a moment, and decided since another. */
export async function countSimilar(
  tx: Tx,
  { body, policy, clauses, except }: { body: string; policy: string; clauses: readonly string[]; except: string },
  { now, since }: { now: Date; since: Date },
): Promise<{ inForce: number; approved: number; declined: number }> {
  const [found] = await tx.$queryRaw<{ inForce: number; approved: number; declined: number }[]>`
    SELECT count(*) FILTER (WHERE state = 'approved' AND "startsAt" <= ${now} AND "endsAt" > ${now})::int AS "inForce",
           count(*) FILTER (WHERE "startsAt" IS NOT NULL AND "decidedAt" >= ${since})::int AS approved,
           count(*) FILTER (WHERE state = 'declined' AND "decidedAt" >= ${since})::int AS declined
      FROM "Exception"
     WHERE body = ${body} AND policy = ${policy} AND clauses && ${[...clauses]}::text[] AND id <> ${except}`;
  return found ?? { inForce: 0, approved: 0, declined: 0 };
}

/** Approved exceptions that end between two moments, by id: a batch of them. */
export async function listEnding(
  tx: Tx,
  { from, until, after, take }: { from: Date; until: Date; after: string; take: number },
): Promise<{ id: string; body: string; reference: string }[]> {
  return tx.exception.findMany({
    where: { state: "approved", endsAt: { gt: from, lte: until }, id: { gt: after } },
    select: { id: true, body: true, reference: true },
    orderBy: { id: "asc" },
    take,
  });
}

/** Exceptions in force of which a condition was not met in time. @param today YYYY-MM-DD */
export async function listWithMissedConditions(
  tx: Tx,
  at: Date,
  today: string,
): Promise<{ body: string; reference: string }[]> {
  return tx.exception.findMany({
    where: { state: "approved", endsAt: { gt: at }, conditions: { some: MISSED(today) } },
    select: { body: true, reference: true },
    orderBy: { id: "asc" },
  });
}

const MISSED = (today: string) => ({ doneAt: null, dueOn: { lt: today } });

/** The details that the register uses of a body's requests in some states, without their history; newest first. */
export async function listExceptionsInShort(tx: Tx, body: string, states: readonly StoredExceptionState[]) {
  const rows = await tx.exception.findMany({
    where: { body, state: { in: states.map(toColumn) } },
    select: {
      id: true,
      reference: true,
      state: true,
      policy: true,
      clauses: true,
      justification: true,
      residual: true,
      submittedAt: true,
      createdAt: true,
      startsAt: true,
      endsAt: true,
      requester: { select: { name: true, team: { select: { id: true, name: true } } } },
      risks: { select: { likelihoodAfter: true, impactAfter: true }, orderBy: { position: "asc" } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(({ requester: { name, team }, risks, state, ...row }) => ({
    ...row,
    state: toState(state),
    requester: { name, teamId: team?.id ?? null, teamName: team?.name ?? null },
    risks: risks.map(({ likelihoodAfter, impactAfter }) => ({
      likelihoodAfter: toScore(likelihoodAfter),
      impactAfter: toScore(impactAfter),
    })),
  }));
}

/** The conditions that every match must meet. */
function whereOf(filter: ExceptionFilter): Prisma.ExceptionWhereInput {
  const { body, requesterId, managerId, policy, states } = filter;
  return {
    body,
    ...(requesterId && { requesterId }),
    ...(managerId && { requester: reportsTo(managerId) }),
    ...(policy && { policy }),
    ...(states && { state: { in: states.map(toColumn) } }),
  };
}

/** The alternative conditions: a match must meet at least one. */
function waysOf({ coveredPerson, concerned }: ExceptionFilter): Prisma.ExceptionWhereInput[] {
  if (concerned) return concernsOf(concerned);
  if (!coveredPerson) return [{}];
  const { personId, teamId } = coveredPerson;
  return [
    { requesterId: personId },
    ...(teamId === null ? [] : [{ scope: "team" as const, teamId }]),
    { scope: "group", group: groupsOfMember(personId) },
  ];
}

function concernsOf({
  personId,
  roles,
  today,
}: NonNullable<ExceptionFilter["concerned"]>): Prisma.ExceptionWhereInput[] {
  const ofOwnTeam = waysToReport(personId).map((requester) => ({ requester }));
  const isOfficer = roles.includes("governance-officer");
  // Administrators are notified of requests that nobody may decide on.
  const seesAll = isOfficer || roles.includes("senior-information-risk-owner") || roles.includes("administrator");
  const owedBy = (owner: MitigationOwner) => ({
    risks: { some: { mitigations: { some: { owner, doneAt: null, dueOn: { not: null } } } } },
  });
  const unheld = { state: "approved", requester: { status: "left" } } as const;
  return [
    { requesterId: personId },
    ...(seesAll ? [{}] : ofOwnTeam).map((who) => ({ state: "submitted" as const, ...who })),
    ...(seesAll ? [{ state: "approved" as const, conditions: { some: MISSED(today) } }] : []),
    ...ofOwnTeam.flatMap((who) => [{ ...who, ...owedBy("line-manager") }, { AND: [who, unheld] }]),
    ...(["governance-officer", "policy-owner"] as const).filter((role) => roles.includes(role)).map(owedBy),
    // Officers see to what nobody else is left for.
    // Whether its holder is still of the team, the rule says.
    { ...OF_TEAM, team: { managerId: personId } },
    ...(isOfficer ? [{ ...OF_TEAM, team: { OR: [{ managerId: null }, { manager: LEFT }] } }] : []),
    ...(isOfficer ? [unheld, { requester: HAS_NO_MANAGER, ...owedBy("line-manager") }, ...FOR_NOBODY] : []),
  ];
}

const LEFT = { status: "left" } as const;
/** Nobody who has not left is their line manager. */
const HAS_NO_MANAGER = {
  AND: [
    { OR: [{ managerId: null }, { manager: LEFT }] },
    { OR: [{ teamId: null }, { team: { managerId: null } }, { team: { manager: LEFT } }] },
  ],
} satisfies Prisma.PersonWhereInput;

const OF_TEAM = { state: "approved", scope: "team", askedById: null } as const;
/** Approved for a team or a chat group that is no more. */
const FOR_NOBODY: Prisma.ExceptionWhereInput[] = [
  { state: "approved", scope: "team", teamId: null },
  { state: "approved", scope: "group", OR: [{ groupId: null }, { group: { state: { not: "approved" } } }] },
];

/** What changes in a request, besides its state: `moveException`. */
export type ExceptionFields = Omit<Prisma.ExceptionUncheckedUpdateInput, "state" | "situation">;

/** Writes columns of a request and increments its revision. */
export async function updateException(tx: Tx, id: string, at: Date, fields: ExceptionFields): Promise<void> {
  await tx.exception.update({ where: { id }, data: changed(at, fields) });
}

/** Moves a request into its next state, with everything else that this changes. */
export async function moveException(
  tx: Tx,
  id: string,
  at: Date,
  next: NextExceptionState,
  fields: ExceptionFields = {},
): Promise<void> {
  const where = { id };
  if (next === "gone") await tx.exception.delete({ where });
  else await tx.exception.update({ where, data: { ...changed(at, fields), state: toColumn(next) } });
}

function changed(at: Date, fields: ExceptionFields) {
  return { ...fields, changedAt: at, revision: { increment: 1 } };
}

/** Replaces the risk assessment of a request. */
export async function replaceRisks(
  tx: Tx,
  exceptionId: string,
  risks: readonly (Risk & { id: string })[],
): Promise<void> {
  await tx.exceptionRisk.deleteMany({ where: { exceptionId } });
  for (const [position, { id, mitigations, ...risk }] of risks.entries()) {
    await tx.exceptionRisk.create({
      data: {
        id,
        exceptionId,
        position,
        ...risk,
        mitigations: {
          create: mitigations.map(({ text, owner, dueOn }, at) => ({
            id: `${id}-${at}`,
            position: at,
            text,
            owner,
            dueOn,
          })),
        },
      },
    });
  }
}

/** Replaces the conditions of a request. */
export async function replaceConditions(
  tx: Tx,
  exceptionId: string,
  conditions: readonly ApprovalCondition[],
): Promise<void> {
  await tx.exceptionCondition.deleteMany({ where: { exceptionId } });
  await tx.exceptionCondition.createMany({
    data: conditions.map(({ text, dueOn }, position) => ({
      id: `${exceptionId}-condition-${position}`,
      exceptionId,
      position,
      text,
      dueOn,
    })),
  });
}

/** Appends to a request's history. */
export async function insertExceptionStep(
  tx: Tx,
  step: {
    id: string;
    exceptionId: string;
    position: number;
    at: Date;
    personId: string;
    /** Id of the person in whose place they acted. */
    forId?: string | null;
    command: ExceptionStepName;
    reason?: string | undefined;
    comments?: SectionComments | undefined;
    snapshot?: RequestSnapshot | undefined;
  },
): Promise<void> {
  const { comments, snapshot, reason, ...rest } = step;
  await tx.exceptionStep.create({
    data: {
      ...rest,
      reason: reason ?? null,
      comments: comments ? { schema: 1, comments } : Prisma.DbNull,
      snapshot: snapshot ?? Prisma.DbNull,
    },
  });
}

/** Marks a condition as met. @returns false if it was already */
export async function meetCondition(tx: Tx, id: string, personId: string, at: Date): Promise<boolean> {
  const { count } = await tx.exceptionCondition.updateMany({
    where: { id, doneAt: null },
    data: { doneAt: at, doneById: personId },
  });
  return count === 1;
}

/** Moves the day by which a condition has to be met. */
export async function moveCondition(tx: Tx, id: string, dueOn: string): Promise<void> {
  await tx.exceptionCondition.update({ where: { id }, data: { dueOn } });
}

/** Marks a mitigation as done. @returns false if it was already done */
export async function completeMitigation(tx: Tx, id: string, personId: string, at: Date): Promise<boolean> {
  const { count } = await tx.exceptionMitigation.updateMany({
    where: { id, doneAt: null },
    data: { doneAt: at, doneById: personId },
  });
  return count === 1;
}

/** References of a body's requests that may change when somebody leaves or loses roles, in the order of locking. */
export async function listReferences(tx: Tx, where: Prisma.ExceptionWhereInput): Promise<string[]> {
  const rows = await tx.exception.findMany({ where, select: { reference: true }, orderBy: { reference: "asc" } });
  return rows.map(({ reference }) => reference);
}

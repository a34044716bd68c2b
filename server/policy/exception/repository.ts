import {
  type ApprovalCondition,
  commentsSchema,
  mitigationSchema,
  riskSchema,
  snapshotSchema,
  type RequestSnapshot,
  type Risk,
  type SectionComments,
} from "#domain/policy/exception/request.ts";
import { z } from "zod";
import { rolesSchema, type Role } from "#domain/access/permission/permission.ts";
import { type MitigationOwner } from "#domain/base/risk/risk.ts";
import {
  EXCEPTION_STEPS,
  type ExceptionStepName,
  type NextExceptionState,
  type StoredExceptionState,
} from "#domain/policy/exception/state.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { ExceptionState as StateColumn } from "#server/base/db/generated/client.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { groupsOfMember, IN_GROUP } from "#server/base/db/group-membership.ts";
import {
  joinLineManager,
  lineManagerOf,
  reportsTo,
  waysToReport,
  withLineManager,
} from "#server/base/db/line-manager.ts";

/** One request with everything that belongs to it. */
export type ExceptionRecord = ReturnType<typeof toRecord>;
export type RiskRecord = ExceptionRecord["risks"][number];
export type MitigationRecord = RiskRecord["mitigations"][number];
export type StepRecord = ExceptionRecord["steps"][number];

const person = { select: { id: true, name: true, roles: true } } as const;

const whole = {
  requester: { select: { name: true, status: true, ...withLineManager } },
  team: { select: { name: true, managerId: true, manager: { select: { id: true, status: true } } } },
  group: {
    select: {
      name: true,
      state: true,
      members: { where: IN_GROUP, orderBy: { id: "asc" }, select: { personId: true, role: true } },
    },
  },
  decidedBy: person,
  extends: { select: { reference: true } },
  extendedBy: {
    where: { state: "approved" },
    select: { reference: true, clauses: true, scope: true, teamId: true, groupId: true, startsAt: true, endsAt: true },
  },
  conditions: {
    orderBy: { position: "asc" },
    select: { id: true, text: true, dueOn: true, doneAt: true, doneBy: { select: { name: true } } },
  },
  risks: {
    orderBy: { position: "asc" },
    include: { mitigations: { orderBy: { position: "asc" }, include: { doneBy: { select: { name: true } } } } },
  },
  steps: { orderBy: { position: "asc" }, include: { person, for: person } },
} satisfies Prisma.ExceptionInclude;

type Row = Prisma.ExceptionGetPayload<{ include: typeof whole }>;

const stepNameSchema = z.enum(EXCEPTION_STEPS);

const toState = (state: StateColumn): StoredExceptionState =>
  state === "changes_requested" ? "changes-requested" : state;
const toColumn = (state: StoredExceptionState): StateColumn =>
  state === "changes-requested" ? "changes_requested" : state;

function toRecord(row: Row) {
  const { requester, team, group, decidedBy, extendedBy, decidedById: _, startKey: __, ...rest } = row;
  const [extension] = extendedBy;
  const isApproved = row.state === "approved";
  // Whoever has taken it over keeps it, in whichever team or group they are.
  const next = isApproved && row.askedById === null ? nextHolder(row) : undefined;
  const hasMoved = next !== undefined;
  const manager = hasMoved && requester.status === "active" ? next : lineManagerOf(requester);
  const snapshots = row.steps.flatMap(({ snapshot }) => (snapshot === null ? [] : [snapshotSchema.parse(snapshot)]));
  const isBeingChanged = row.steps.findLast(({ command }) => command !== "withdraw")?.command === "request-changes";
  return {
    ...rest,
    teamName: team?.name ?? null,
    /** The manager of the team that it is for; null if it is for nobody's team. */
    teamManagerId: team?.managerId ?? null,
    /** The chat group that it is for, and the people who are in it now, while it is on the register. */
    groupName: group?.name ?? null,
    groupMemberIds: group?.state === "approved" ? group.members.flatMap(({ personId }) => personId ?? []) : [],
    state: toState(row.state),
    situation: z.record(z.string(), z.string()).parse(row.situation),
    /** `managerId`: their line manager now, where there is one who has not left. */
    requester: {
      name: requester.name,
      teamId: requester.team?.id ?? null,
      teamName: requester.team?.name ?? null,
      managerId: manager?.status === "active" ? manager.id : null,
    },
    /** Whether they have left while it is approved, or the team or the group that it is for: somebody else has to look after it. */
    hasRequesterLeft: isApproved && (requester.status === "left" || hasMoved),
    /** The approved extension of it; null if there is none. */
    extended: extension ? { reference: extension.reference, continues: isContinuedBy(row, extension) } : null,
    /** Whether it was for a team or a chat group that is no more. */
    coversNobody: (row.scope === "team" && team === null) || (row.scope === "group" && group?.state !== "approved"),
    decidedBy: decidedBy && { personId: decidedBy.id, name: decidedBy.name },
    conditions: row.conditions.map(({ doneBy, ...condition }) => ({ ...condition, doneBy: doneBy?.name ?? null })),
    risks: row.risks.map((risk) => ({
      ...riskSchema.parse(risk),
      id: risk.id,
      mitigations: risk.mitigations.map(({ doneBy, ...one }) => ({
        ...mitigationSchema.parse(one),
        id: one.id,
        doneAt: one.doneAt,
        doneBy: doneBy?.name ?? null,
      })),
    })),
    /** If changes were asked for and not sent yet: the request as last sent, which is what others see of it. */
    lastSent: (isBeingChanged && snapshots.at(-1)) || null,
    /** The request as it was sent before the last time; null if it was sent once or never. */
    sentBefore: snapshots.at(-2) ?? null,
    steps: row.steps.map(({ at, reason, ...step }) => ({
      at,
      by: toParty(step.person),
      /** In whose place they acted, as a deputy. */
      for: step.for && toParty(step.for),
      command: stepNameSchema.parse(step.command),
      reason,
      comments: step.comments === null ? {} : commentsSchema.parse(step.comments).comments,
    })),
  };
}

/**
 * Who looks after what is for a team that its requester is no longer in, or for a chat group that they no longer
 * administer: its manager or administrator, null if it has none; undefined while it is still theirs.
 */
function nextHolder({ scope, team, teamId, group, requester, requesterId }: Row) {
  if (scope === "team" && team !== null && requester.team?.id !== teamId && team.managerId !== requesterId)
    return team.manager;
  if (scope !== "group" || group?.state !== "approved") return undefined;
  const administrators = group.members.flatMap(({ personId, role }) =>
    personId !== null && role === "administrator" ? [{ id: personId, status: "active" as const }] : [],
  );
  return administrators.some(({ id }) => id === requesterId) ? undefined : (administrators[0] ?? null);
}

/** Whether an extension permits the same after an exception: from its clauses, for the same people, without a gap. */
function isContinuedBy(row: Row, extension: Row["extendedBy"][number]): boolean {
  const isSame = (["scope", "teamId", "groupId"] as const).every((field) => row[field] === extension[field]);
  const [end, from, until] = [row.endsAt, extension.startsAt, extension.endsAt];
  const hasNoGap = end !== null && from !== null && until !== null && from <= end && end < until;
  return isSame && hasNoGap && row.clauses.every((id) => extension.clauses.includes(id));
}

function toParty({ id, name, roles }: { id: string; name: string; roles: string[] }) {
  return { personId: id, name, roles: rolesSchema.parse(roles) };
}

/** Adds a draft. @returns its reference; if two forms have the same key, the first one's */
export async function insertDraft(
  tx: Tx,
  draft: Omit<Prisma.ExceptionCreateManyInput, "createdAt" | "changedAt"> & { at: Date },
): Promise<string> {
  const { at, ...rest } = draft;
  await tx.exception.createMany({
    data: [{ ...rest, createdAt: at, changedAt: at }],
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
  /** Requests by this person, or from one of these clauses; of what is or was being changed, others see what was sent. */
  like?: { requesterId: string; policy: string; clauses: readonly string[] };
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
           count(*) FILTER (WHERE state <> 'declined' AND "decidedAt" >= ${since})::int AS approved,
           count(*) FILTER (WHERE state = 'declined' AND "decidedAt" >= ${since})::int AS declined
      FROM "Exception"
     WHERE body = ${body} AND policy = ${policy} AND clauses && ${[...clauses]}::text[] AND id <> ${except}`;
  return found ?? { inForce: 0, approved: 0, declined: 0 };
}

/** Approved exceptions that end between two moments, by id: a batch of them. */
export const listEnding = (
  tx: Tx,
  { from, until, after, take }: { from: Date; until: Date; after: string; take: number },
): Promise<{ id: string; body: string; reference: string }[]> =>
  tx.exception.findMany({
    where: { state: "approved", endsAt: { gt: from, lte: until }, id: { gt: after } },
    select: { id: true, body: true, reference: true },
    orderBy: { id: "asc" },
    take,
  });

/** Exceptions in force of which a condition was not met in time. @param today YYYY-MM-DD */
export const listWithMissedConditions = (tx: Tx, at: Date, today: string) =>
  tx.exception.findMany({
    where: { state: "approved", endsAt: { gt: at }, conditions: { some: MISSED(today) } },
    select: { body: true, reference: true },
    orderBy: { id: "asc" },
  });

const MISSED = (today: string) => ({ doneAt: null, dueOn: { lt: today } });

/** What decides the order in which a body's waiting requests are dealt with. */
export const listWaitingInShort = (tx: Tx, body: string) =>
  tx.exception.findMany({
    where: { body, state: "submitted" },
    select: { id: true, reference: true, residual: true, submittedAt: true, createdAt: true },
  });

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
function waysOf({ coveredPerson, concerned, like }: ExceptionFilter): Prisma.ExceptionWhereInput[] {
  if (concerned) return concernsOf(concerned);
  if (like) {
    const { requesterId, policy, clauses } = like;
    const wasChanged = { state: { in: ["changes_requested", "withdrawn"] } } satisfies Prisma.ExceptionWhereInput;
    return [{ requesterId }, { policy, OR: [{ clauses: { hasSome: [...clauses] } }, wasChanged] }];
  }
  if (!coveredPerson) return [{}];
  const { personId, teamId } = coveredPerson;
  return [
    { requesterId: personId },
    ...(teamId === null ? [] : [{ scope: "team" as const, teamId }]),
    { scope: "group", group: groupsOfMember(personId) },
  ];
}

function concernsOf({ personId, roles, today }: NonNullable<ExceptionFilter["concerned"]>) {
  const ofOwnTeam = waysToReport(personId).map((requester) => ({ requester }));
  const isOfficer = roles.includes("governance-officer");
  // Administrators are notified of requests that nobody may decide on.
  const seesAll = isOfficer || roles.includes("senior-information-risk-owner") || roles.includes("administrator");
  const owedBy = (owner: MitigationOwner) => ({
    risks: { some: { mitigations: { some: { owner, doneAt: null } } } },
  });
  const unheld = { state: "approved", requester: { status: "left" } } as const;
  return [
    { requesterId: personId },
    ...(seesAll ? [{}] : ofOwnTeam).map((who) => ({ state: "submitted" as const, ...who })),
    ...(seesAll ? [{ state: "approved" as const, conditions: { some: MISSED(today) } }] : []),
    ...ofOwnTeam.flatMap((who) => [{ ...who, ...owedBy("line-manager") }, { AND: [who, unheld] }]),
    ...(["governance-officer", "policy-owner"] as const).filter((role) => roles.includes(role)).map(owedBy),
    // Officers see to what nobody else is left for. Whether its holder is still of the team, the rule says.
    { ...HELD_AS_ASKED, OR: [ofTeam({ managerId: personId }), ofGroup({ members: administeredBy({ personId }) })] },
    ...(isOfficer
      ? [{ ...HELD_AS_ASKED, OR: [ofTeam(NOBODYS), ofGroup({ NOT: { members: administeredBy({}) } })] }]
      : []),
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

/** Approved, and not taken over by anybody. */
const HELD_AS_ASKED = { state: "approved", askedById: null } as const;
const NOBODYS: Prisma.TeamWhereInput = { OR: [{ managerId: null }, { manager: LEFT }] };
const ofTeam = (team: Prisma.TeamWhereInput) => ({ scope: "team" as const, team });
const ofGroup = (group: Prisma.ChatGroupWhereInput) => ({ scope: "group" as const, group });
const administeredBy = (who: { personId?: string }): Prisma.GroupMemberListRelationFilter => ({
  some: { ...IN_GROUP, role: "administrator", ...who },
});
/** Approved for a team or a chat group that is no more. */
const FOR_NOBODY: Prisma.ExceptionWhereInput[] = [
  { state: "approved", scope: "team", teamId: null },
  { state: "approved", scope: "group", OR: [{ groupId: null }, { group: { state: { not: "approved" } } }] },
];

/** What changes in a request, besides its state: `moveException`. */
export type ExceptionFields = Omit<Prisma.ExceptionUncheckedUpdateInput, "state" | "situation">;

/** Writes columns of a request and increments its revision. */
export const updateException = (tx: Tx, id: string, at: Date, fields: ExceptionFields) =>
  tx.exception.update({ where: { id }, data: changed(at, fields) });

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

const changed = (at: Date, fields: ExceptionFields) => ({ ...fields, changedAt: at, revision: { increment: 1 } });

/** Replaces the risk assessment of a request. */
export async function replaceRisks(tx: Tx, exceptionId: string, risks: readonly (Risk & { id: string })[]) {
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
export async function replaceConditions(tx: Tx, exceptionId: string, conditions: readonly ApprovalCondition[]) {
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
  step: Omit<Prisma.ExceptionStepUncheckedCreateInput, "comments" | "snapshot" | "reason"> & {
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
export const moveCondition = (tx: Tx, id: string, dueOn: string) =>
  tx.exceptionCondition.update({ where: { id }, data: { dueOn } });

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

/**
 * Which of these people may have to act on a request because it is their own, or one of their people's: more than have
 * to, never fewer.
 * @param endBefore approved requests that end before this moment concern who asked for them
 */
export async function listPeopleConcerned(tx: Tx, personIds: readonly string[], endBefore: Date): Promise<string[]> {
  const ids = Prisma.sql`(${[...personIds]}::text[])`;
  const hasOpen = Prisma.sql`EXISTS (
    SELECT 1 FROM "ExceptionRisk" k JOIN "ExceptionMitigation" m ON m."riskId" = k.id
     WHERE k."exceptionId" = e.id AND m."doneAt" IS NULL)`;
  const owes = Prisma.sql`EXISTS (
    SELECT 1 FROM "ExceptionCondition" c
     WHERE c."exceptionId" = e.id AND c."doneAt" IS NULL AND c."dueOn" IS NOT NULL)`;
  // Who left it, somebody else looks after.
  const isUnheld = Prisma.sql`p.status = 'left'`;
  const waits = Prisma.sql`(e.state = 'submitted' OR (e.state = 'approved' AND (${isUnheld} OR ${hasOpen})))`;
  const isForNobody = Prisma.sql`((e.scope = 'team' AND e."teamId" IS NULL)
    OR (e.scope = 'group' AND NOT EXISTS (
      SELECT 1 FROM "ChatGroup" g WHERE g.id = e."groupId" AND g.state = 'approved')))`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT e."requesterId" AS id FROM "Exception" e
     WHERE e."requesterId" = ANY${ids}
       AND (e.state = 'changes-requested' OR (e.state = 'approved' AND (e."endsAt" < ${endBefore} OR ${hasOpen} OR ${owes} OR ${isForNobody})))
    UNION
    SELECT p."managerId" FROM "Person" p JOIN "Exception" e ON e."requesterId" = p.id
     WHERE p."managerId" = ANY${ids} AND ${waits}
    UNION
    SELECT t."managerId" FROM "Team" t JOIN "Exception" e ON e."teamId" = t.id
     WHERE t."managerId" = ANY${ids} AND e.state = 'approved' AND e.scope = 'team'
    UNION
    SELECT m."personId" FROM "GroupMember" m JOIN "Exception" e ON e."groupId" = m."groupId"
     WHERE m."personId" = ANY${ids} AND m.role = 'administrator' AND e.state = 'approved' AND e.scope = 'group'
    UNION
    SELECT t."managerId" FROM "Team" t JOIN "Person" p ON p."teamId" = t.id JOIN "Exception" e ON e."requesterId" = p.id
     WHERE t."managerId" = ANY${ids} AND ${waits}`;
  return rows.map(({ id }) => id);
}

/** References of waiting requests whose requesters have another line manager now than when they were sent. */
export async function listWithNewManager(tx: Tx, body: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ reference: string }[]>`
    SELECT e.reference FROM "Exception" e JOIN "Person" p ON p.id = e."requesterId" ${joinLineManager}
     WHERE e.body = ${body} AND e.state = 'submitted' AND manager.id <> coalesce(e."managerWhenSentId", '')
     ORDER BY e.reference`;
  return rows.map(({ reference }) => reference);
}

export interface NoteRecord {
  id: string;
  at: Date;
  by: { personId: string; name: string; roles: Role[] };
  text: string;
}

/** The notes on a request, oldest first. */
export async function listExceptionNotes(tx: Tx, exceptionId: string): Promise<NoteRecord[]> {
  const rows = await tx.exceptionNote.findMany({
    where: { exceptionId },
    include: { person: { select: { id: true, name: true, roles: true } } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, at, text, person }) => {
    return { id, at, text, by: { personId: person.id, name: person.name, roles: rolesSchema.parse(person.roles) } };
  });
}

export const insertNote = (
  tx: Tx,
  note: { id: string; exceptionId: string; at: Date; personId: string; text: string },
) => tx.exceptionNote.create({ data: note });

import "server-only";
import {
  DECLINE_ANSWERERS,
  type AcknowledgementAnswer,
  type DeclineGround,
  type GivenAnswer,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { isPastLastDay, isStarting } from "#domain/access/identity/person.ts";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import { randomUUID } from "node:crypto";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { hasNoManager, reportsTo } from "#server/base/db/line-manager.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** An answer as stored, with who gave it. */
export interface AcknowledgementRecord extends GivenAnswer {
  body: string;
  personId: string;
  /** Null for an acceptance, and for a decline from before there were grounds. */
  ground: DeclineGround | null;
  reason: string | null;
  statement: string;
  /** When they had answered the situations right that they were asked about; null if none were asked. */
  understoodAt: Date | null;
  /** Of one that was given on paper: who recorded it, where the paper is, and why it was on paper. */
  recordedBy: { id: string; name: string } | null;
  paperPlace: string | null;
  paperReason: string | null;
  reply: string | null;
  /** A name of DECLINE_THEMES, as whoever replied sorted it. */
  theme: string | null;
  repliedBy: { id: string; name: string } | null;
  person: { name: string; roles: Role[]; employer: string; team: string | null; hasLeft: boolean };
}

const answerFields = {
  reference: true,
  policy: true,
  version: true,
  hash: true,
  attempt: true,
  answer: true,
  givenAt: true,
  repliedAt: true,
  recordedAt: true,
} satisfies Prisma.AcknowledgementSelect;

const fields = {
  ...answerFields,
  body: true,
  personId: true,
  ground: true,
  reason: true,
  statement: true,
  understoodAt: true,
  recordedBy: { select: { id: true, name: true } },
  paperPlace: true,
  paperReason: true,
  reply: true,
  theme: true,
  repliedBy: { select: { id: true, name: true } },
  person: {
    select: { name: true, roles: true, employer: true, status: true, team: { select: { name: true } } },
  },
} satisfies Prisma.AcknowledgementSelect;

type Row = Prisma.AcknowledgementGetPayload<{ select: typeof fields }>;

function toRecord({ person, ...row }: Row): AcknowledgementRecord {
  const { name, roles, employer, team, status } = person;
  const whole = { name, roles: rolesSchema.parse(roles), employer, team: team?.name ?? null };
  return { ...row, person: { ...whole, hasLeft: status === "left" } };
}

export interface NewAcknowledgement {
  id: string;
  reference: string;
  body: string;
  personId: string;
  policy: string;
  version: string;
  hash: string;
  attempt: number;
  answer: AcknowledgementAnswer;
  ground: DeclineGround | null;
  reason: string | null;
  statement: string;
  givenAt: Date;
  understoodAt: Date | null;
  /** Of one that somebody else recorded from paper. */
  paper?: { recordedById: string; recordedAt: Date; paperPlace: string; paperReason: string };
}

/** @throws a unique violation if this person's answer with this number already exists */
export async function insertAcknowledgement(
  tx: Prisma.TransactionClient,
  { paper, ...row }: NewAcknowledgement,
): Promise<void> {
  await tx.acknowledgement.create({ data: { ...row, ...paper } });
}

/** A person's answers on one policy, without the text that was written. */
export async function listAnswersOn(
  tx: Prisma.TransactionClient,
  personId: string,
  policy: string,
): Promise<GivenAnswer[]> {
  return tx.acknowledgement.findMany({ where: { personId, policy }, select: answerFields });
}

/**
 * What these people answered on versions with these hashes, without the text that was written, by person. One row for
 * each of them: thousands of rows would keep the process busy.
 */
export async function listAnswersOfPeople(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  hashes: readonly string[],
): Promise<Map<string, GivenAnswer[]>> {
  type Moments = "givenAt" | "repliedAt" | "recordedAt";
  type Stored = Omit<GivenAnswer, Moments> & { givenAt: string; repliedAt: string | null; recordedAt: string | null };
  const rows = await tx.$queryRaw<{ personId: string; answers: Stored[] }[]>`
    SELECT "personId", json_agg(json_build_object(
             'reference', reference, 'policy', policy, 'version', version, 'hash', hash, 'attempt', attempt,
             'answer', answer, 'givenAt', "givenAt", 'repliedAt', "repliedAt", 'recordedAt', "recordedAt")) AS answers
      FROM "Acknowledgement" WHERE "personId" = ANY(${[...personIds]}::text[]) AND hash = ANY(${[...hashes]}::text[])
     GROUP BY "personId"`;
  const momentOf = (text: string | null) => (text === null ? null : new Date(text));
  const toGiven = ({ givenAt, repliedAt, recordedAt, ...answer }: Stored): GivenAnswer => ({
    ...answer,
    givenAt: new Date(givenAt),
    repliedAt: momentOf(repliedAt),
    recordedAt: momentOf(recordedAt),
  });
  return new Map(rows.map(({ personId, answers }) => [personId, answers.map(toGiven)]));
}

/** All answers that a person ever gave, newest first; optionally on one policy. */
export async function listAcknowledgementsOf(
  tx: Prisma.TransactionClient,
  personId: string,
  policy?: string,
): Promise<AcknowledgementRecord[]> {
  const rows = await tx.acknowledgement.findMany({
    where: { personId, ...(policy === undefined ? {} : { policy }) },
    select: fields,
    orderBy: [{ givenAt: "desc" }, { attempt: "desc" }],
  });
  return rows.map(toRecord);
}

export async function findAcknowledgement(
  tx: Prisma.TransactionClient,
  reference: string,
): Promise<AcknowledgementRecord | null> {
  const row = await tx.acknowledgement.findUnique({ where: { reference }, select: fields });
  return row && toRecord(row);
}

/**
 * Those who work for a body now and hold a role that answers declines.
 * @param today YYYY-MM-DD, in London
 */
export async function listDeclineAnswerers(
  tx: Prisma.TransactionClient,
  body: string,
  today: string,
): Promise<{ personId: string; roles: Role[] }[]> {
  const rows = await tx.person.findMany({
    where: { body, status: "active", handedOverOn: null, roles: { hasSome: [...DECLINE_ANSWERERS] } },
    select: { id: true, roles: true, startsOn: true, leavesOn: true },
  });
  return rows
    .filter((row) => !isStarting(row, today) && !isPastLastDay(row, today))
    .map(({ id, roles }) => ({ personId: id, roles: rolesSchema.parse(roles) }));
}

/**
 * Declines of these versions that nobody has replied to, from people who have not left and have accepted none of the
 * policy's since: the oldest, up to a limit.
 * @param exceptOf a person whose own declines are left out
 */
export async function listOpenDeclines(
  tx: Prisma.TransactionClient,
  {
    body,
    versions,
    exceptOf,
    take,
  }: { body: string; versions: readonly DeclinedVersion[]; exceptOf: string; take: number },
): Promise<AcknowledgementRecord[]> {
  // Declines alone have a reason; the index is of those without a reply.
  const found = await tx.$queryRaw<{ id: string }[]>`
    WITH v AS (SELECT * FROM unnest(${versions.map(({ policy }) => policy)}::text[],
                                   ${versions.map(({ version }) => version)}::text[],
                                   ${versions.map(({ hash }) => hash)}::text[]) AS v(policy, version, hash))
    SELECT a.id FROM "Acknowledgement" a
      JOIN "Person" p ON p.id = a."personId" AND p.status = 'active'
      JOIN v USING (policy, version, hash)
     WHERE a.body = ${body} AND a.reason IS NOT NULL AND a."repliedAt" IS NULL
       AND a.answer = 'declined' AND a."personId" <> ${exceptOf}
       AND NOT EXISTS (SELECT 1 FROM "Acknowledgement" b JOIN v AS w USING (policy, version, hash)
                        WHERE b."personId" = a."personId" AND w.policy = a.policy AND b.answer = 'accepted')
     ORDER BY a."givenAt", a.id LIMIT ${take}::int`;
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const orderBy = [{ givenAt: "asc" as const }, { id: "asc" as const }];
  return (await tx.acknowledgement.findMany({ where: { id: { in: ids } }, select: fields, orderBy })).map(toRecord);
}

export interface DeclinedVersion {
  policy: string;
  version: string;
  hash: string;
}

/** Writes the reply to a decline that has none. @returns false if somebody else was faster */
export async function writeReply(
  tx: Prisma.TransactionClient,
  reference: string,
  { reply, theme, repliedById, repliedAt }: { reply: string; theme: string; repliedById: string; repliedAt: Date },
): Promise<boolean> {
  const { count } = await tx.acknowledgement.updateMany({
    where: { reference, answer: "declined", repliedAt: null },
    data: { reply, theme, repliedById, repliedAt },
  });
  return count === 1;
}

/** The policies that people are exempt from on a day, by slug, by person; those who are from none are left out. */
export async function listExempt(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  today: string,
): Promise<Map<string, Set<string>>> {
  const rows = await tx.exemption.findMany({
    where: { personId: { in: [...personIds] }, endedAt: null, OR: [{ lastDay: null }, { lastDay: { gte: today } }] },
    select: { personId: true, policy: true },
  });
  const exempt = new Map<string, Set<string>>();
  for (const { personId, policy } of rows)
    exempt.set(personId, (exempt.get(personId) ?? new Set<string>()).add(policy));
  return exempt;
}

/** Exempts people from a policy; those who are exempt already are left as they are. @returns whom it exempted */
export async function insertExemptions(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  of: { body: string; policy: string; reason: string; lastDay: string | null; givenAt: Date; givenById: string },
): Promise<string[]> {
  const today = calendarDay(of.givenAt);
  const exempt = await listExempt(tx, personIds, today);
  const fresh = personIds.filter((id) => !exempt.get(id)?.has(of.policy));
  await tx.exemption.createMany({ data: fresh.map((personId) => ({ id: randomUUID(), personId, ...of })) });
  return fresh;
}

/** Ends what exempts people from a policy. @returns whose exemption it ended */
export async function endExemptions(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  { policy, endedAt, endedById }: { policy: string; endedAt: Date; endedById: string },
): Promise<string[]> {
  const rows = await tx.exemption.updateManyAndReturn({
    where: { personId: { in: [...personIds] }, policy, endedAt: null },
    data: { endedAt, endedById },
    select: { personId: true },
  });
  return [...new Set(rows.map(({ personId }) => personId))];
}

/** Asks line managers to see to people's answers on a version; those who are handed over already stay as they are. */
export async function insertHandOvers(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  of: VersionOf & { body: string; at: Date; byId: string },
): Promise<void> {
  await tx.followUpHandOver.createMany({
    data: personIds.map((personId) => ({ personId, ...of })),
    skipDuplicates: true,
  });
}

interface VersionOf {
  policy: string;
  version: string;
  hash: string;
}

/**
 * Whose answers a line manager was asked to see to, on any version, and since when.
 * @param withUnmanaged also of people who have no line manager any more
 */
export async function listHandedOver(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
  withUnmanaged: boolean,
): Promise<(VersionOf & { personId: string; at: Date })[]> {
  return tx.followUpHandOver.findMany({
    where: {
      body,
      person: { status: "active", OR: [reportsTo(managerId), ...(withUnmanaged ? [hasNoManager] : [])] },
    },
    select: { personId: true, policy: true, version: true, hash: true, at: true },
  });
}

import {
  DECLINE_ANSWERERS,
  type AcknowledgementAnswer,
  type GivenAnswer,
  type VersionKey,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { isPastLastDay, isStarting } from "#domain/access/identity/person.ts";
import { rolesSchema } from "#domain/access/permission/permission.ts";
import { randomUUID } from "node:crypto";
import { oneOf, type Asked } from "#domain/base/list/page.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { joinLineManager, reportingTo } from "#server/base/db/line-manager.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { List } from "#server/base/db/list-page.ts";
import { withReference } from "#server/base/db/part-of-text.ts";

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
    select: { name: true, email: true, roles: true, employer: true, status: true, team: { select: { name: true } } },
  },
} satisfies Prisma.AcknowledgementSelect;

type Row = Prisma.AcknowledgementGetPayload<{ select: typeof fields }>;

/** An answer as stored, with who gave it. `theme`: a name of DECLINE_THEMES, as whoever replied sorted it. */
export type AcknowledgementRecord = ReturnType<typeof toRecord>;

function toRecord({ person, ...row }: Row) {
  const { name, email, roles, employer, team, status } = person;
  const whole = { name, email, roles: rolesSchema.parse(roles), employer, team: team?.name ?? null };
  return { ...row, person: { ...whole, hasLeft: status === "left" } };
}

/** @throws a unique violation if this person's answer with this number already exists */
export const insertAcknowledgement = (tx: Tx, data: Prisma.AcknowledgementUncheckedCreateInput) =>
  tx.acknowledgement.create({ data });

/** A person's answers on one policy, without the text that was written. */
export const listAnswersOn = (tx: Tx, personId: string, policy: string): Promise<GivenAnswer[]> =>
  tx.acknowledgement.findMany({ where: { personId, policy }, select: answerFields });

/**
 * What these people answered on versions with these hashes, without the text that was written, by person. One row for
 * each of them: thousands of rows would keep the process busy.
 */
export async function listAnswersOfPeople(tx: Tx, personIds: readonly string[], hashes: readonly string[]) {
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
export async function listAcknowledgementsOf(tx: Tx, personId: string, policy?: string) {
  const rows = await tx.acknowledgement.findMany({
    where: { personId, ...(policy !== undefined && { policy }) },
    select: fields,
    orderBy: [{ givenAt: "desc" }, { attempt: "desc" }],
  });
  return rows.map(toRecord);
}

/**
 * Somebody's own answers, in pages.
 * @param called the policies whose titles a search finds
 */
export function ownAcknowledgementList(
  tx: Tx,
  personId: string,
  asked: Asked,
  called: readonly string[],
): List<AcknowledgementRecord> {
  const { q } = asked;
  const answer = oneOf(ANSWERS, asked["answer"]);
  const direction = asked["sort"] === "oldest" ? "asc" : "desc";
  return {
    within: { personId },
    filter: { ...(answer && { answer }) },
    found: q ? () => Promise.resolve({ OR: [...withReference(q), { policy: { in: [...called] } }] }) : undefined,
    order: [
      ["givenAt", direction],
      ["reference", direction],
    ],
    key: "reference",
    read: async (part) => (await tx.acknowledgement.findMany({ ...part, select: fields })).map(toRecord),
  };
}

const ANSWERS = { accepted: 0, declined: 0 } as const satisfies Record<AcknowledgementAnswer, number>;

export async function findAcknowledgement(tx: Tx, reference: string): Promise<AcknowledgementRecord | null> {
  const row = await tx.acknowledgement.findUnique({ where: { reference }, select: fields });
  return row && toRecord(row);
}

/** Those who work for a body now and hold, or stand in for, a role that answers declines. @param today YYYY-MM-DD, in London */
export async function listDeclineAnswerers(tx: Tx, body: string, today: string) {
  const some = { hasSome: [...DECLINE_ANSWERERS] };
  const rows = await tx.person.findMany({
    where: { body, status: "active", handedOverOn: null, OR: [{ roles: some }, { standsInAs: some }] },
    select: { id: true, roles: true, standsInAs: true, startsOn: true, leavesOn: true },
  });
  return rows
    .filter((row) => !isStarting(row, today) && !isPastLastDay(row, today))
    .map(({ id, roles, standsInAs }) => ({ personId: id, roles: rolesSchema.parse([...roles, ...standsInAs]) }));
}

/**
 * Declines of these versions that nobody has replied to, from people who have not left and have accepted none of the
 * policy's since: the oldest up to a limit, and as many of those who answer declines themselves, which go to somebody
 * else.
 * @param exceptOf a person whose own declines are left out
 */
export async function listOpenDeclines(
  tx: Tx,
  of: { body: string; versions: readonly VersionOf[]; exceptOf: string; take: number },
): Promise<AcknowledgementRecord[]> {
  const { body, versions, exceptOf, take } = of;
  // Declines alone have a reason; the index is of those without a reply.
  const list = (name: keyof VersionOf) => versions.map((version) => version[name]);
  const counting = Prisma.sql`unnest(${list("policy")}::text[], ${list("version")}::text[], ${list("hash")}::text[])`;
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT open.id FROM (
    SELECT a.id, row_number() OVER (PARTITION BY (p.roles || p."standsInAs") && ${[...DECLINE_ANSWERERS]}::text[]
                                        ORDER BY a."givenAt", a.id) AS number
      FROM "Acknowledgement" a
      JOIN "Person" p ON p.id = a."personId" AND p.status = 'active'
      JOIN ${counting} AS v(policy, version, hash) USING (policy, version, hash)
     WHERE a.body = ${body} AND a.reason IS NOT NULL AND a."repliedAt" IS NULL
       AND a.answer = 'declined' AND a."personId" <> ${exceptOf}
       AND NOT EXISTS (SELECT 1 FROM "Acknowledgement" b
                         JOIN ${counting} AS w(policy, version, hash) USING (policy, version, hash)
                        WHERE b."personId" = a."personId" AND w.policy = a.policy AND b.answer = 'accepted')
    ) AS open WHERE open.number <= ${take}::int`;
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const orderBy = [{ givenAt: "asc" as const }, { id: "asc" as const }];
  return (await tx.acknowledgement.findMany({ where: { id: { in: ids } }, select: fields, orderBy })).map(toRecord);
}

/** Writes the reply to a decline that has none. @returns false if somebody else was faster */
export async function writeReply(
  tx: Tx,
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
export async function listExempt(tx: Tx, personIds: readonly string[], today: string) {
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
  tx: Tx,
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
  tx: Tx,
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
export const insertHandOvers = (
  tx: Tx,
  personIds: readonly string[],
  of: VersionOf & { body: string; at: Date; byId: string },
) => tx.followUpHandOver.createMany({ data: personIds.map((personId) => ({ personId, ...of })), skipDuplicates: true });

interface VersionOf {
  policy: string;
  version: string;
  hash: string;
}

/**
 * Whose answers a line manager was asked to see to, on any version, and since when.
 * @param withUnmanaged also of people who have no line manager, or no longer
 */
export const listHandedOver = (
  tx: Tx,
  body: string,
  managerId: string,
  withUnmanaged: boolean,
): Promise<{ personId: string; policy: string; version: string; hash: string; at: Date }[]> => tx.$queryRaw`
    SELECT h."personId", h.policy, h.version, h.hash, h.at
      FROM "FollowUpHandOver" h JOIN "Person" p ON p.id = h."personId" AND p.status = 'active' ${joinLineManager}
     WHERE h.body = ${body} AND (manager.id = ${managerId} OR (${withUnmanaged} AND manager.id IS NULL))`;

/** Somebody who may have answered on paper, with the days on which they began and came back, YYYY-MM-DD. */
export type PaperPerson = NonNullable<Awaited<ReturnType<typeof findPaperPerson>>>;

/** Somebody of a body; null for anybody else. */
export async function findPaperPerson(tx: Tx, body: string, id: string) {
  const row = await tx.person.findFirst({
    where: { id, body },
    select: { id: true, name: true, email: true, body: true, startsOn: true, returnedOn: true, status: true },
  });
  if (!row) return null;
  const { status, ...person } = row;
  return { ...person, hasLeft: status === "left" };
}

const recordedFields = {
  reference: true,
  policy: true,
  version: true,
  answer: true,
  ground: true,
  givenAt: true,
  recordedAt: true,
  recordedBy: { select: { name: true } },
  paperPlace: true,
  paperReason: true,
} satisfies Prisma.AcknowledgementSelect;

/** Everything that was recorded from paper for somebody, withdrawn ones too, the newest recording first. */
export async function listPaperRecordings(tx: Tx, personId: string): Promise<PaperRecording[]> {
  const standing = await tx.acknowledgement.findMany({
    where: { personId, recordedAt: { not: null } },
    select: recordedFields,
  });
  const withdrawn = await tx.withdrawnAnswer.findMany({
    where: { personId },
    select: { ...recordedFields, withdrawnAt: true, withdrawnBy: { select: { name: true } }, withdrawnBecause: true },
  });
  const all = [
    ...standing.map((row) => toRecording(row, null)),
    ...withdrawn.map(({ withdrawnAt: at, withdrawnBy, withdrawnBecause: because, ...row }) =>
      toRecording(row, { at, by: withdrawnBy.name, because }),
    ),
  ];
  return all
    .flatMap((one) => one ?? [])
    .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.reference < b.reference ? -1 : 1));
}

/** An answer that was recorded from paper; without the words of a decline, which whoever answers it reads. */
export type PaperRecording = NonNullable<ReturnType<typeof toRecording>>;

/**
 * Null for a row that is not from paper: the database has all of these columns or none.
 * @param withdrawn null while it stands
 */
function toRecording(
  row: Prisma.AcknowledgementGetPayload<{ select: typeof recordedFields }>,
  withdrawn: { at: Date; by: string; because: string } | null,
) {
  const { recordedAt, recordedBy, paperPlace, paperReason, ...about } = row;
  if (!recordedAt || !recordedBy) return null;
  const paper = { place: paperPlace ?? "", why: paperReason ?? "" };
  return { ...about, recordedAt, recordedBy: recordedBy.name, ...paper, withdrawn };
}

/** Takes an answer that was recorded from paper out of the answers. @returns false if somebody else was faster */
export async function withdrawRecording(
  tx: Tx,
  reference: string,
  { at, byId, because }: { at: Date; byId: string; because: string },
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    WITH gone AS (DELETE FROM "Acknowledgement" WHERE reference = ${reference} AND "recordedAt" IS NOT NULL RETURNING *)
    INSERT INTO "WithdrawnAnswer" (id, reference, body, "personId", policy, version, hash, answer, ground, reason, "givenAt",
                                   "recordedAt", "recordedById", "paperPlace", "paperReason",
                                   "withdrawnAt", "withdrawnById", "withdrawnBecause")
    SELECT id, reference, body, "personId", policy, version, hash, answer, ground, reason, "givenAt",
           "recordedAt", "recordedById", "paperPlace", "paperReason", ${at}, ${byId}, ${because} FROM gone`;
  return moved === 1;
}

// What reports read: people and answers in bulk, without the text that anybody wrote.

/** The teams of a body that somebody manages, or has people in: the first ones by name, up to a limit. */
export const listManagedTeams = async (
  tx: Tx,
  body: string,
  managerId: string,
  take: number,
): Promise<{ id: string; name: string }[]> => tx.$queryRaw`
    WITH own AS ${reportingTo(body, managerId)}
    SELECT t.id, t.name FROM "Team" t
     WHERE t.body = ${body} AND (t."managerId" = ${managerId} OR t.id IN (SELECT "teamId" FROM own))
     ORDER BY t.name LIMIT ${take}::int`;

/** What these people answered on these policies: id of the person and slug → answers. */
export async function listAcknowledgementAnswers(
  tx: Tx,
  personIds: readonly string[],
  policies: readonly string[],
): Promise<(personId: string, policy: string) => GivenAnswer[]> {
  const rows = await tx.acknowledgement.findMany({
    where: { personId: { in: [...personIds] }, policy: { in: [...policies] } },
    select: { personId: true, ...answerFields },
  });
  const byBoth = grouped(rows, ({ personId, policy }) => `${personId} ${policy}`);
  return (personId, policy) => byBoth.get(`${personId} ${policy}`) ?? [];
}

/**
 * How many people gave an answer on some versions of a policy before a moment, including people who have left since.
 * @param versions a person counts once, however many of them they answered
 */
export async function countPeopleWhoAnswered(
  tx: Tx,
  body: string,
  of: { policy: string; versions: readonly VersionKey[]; answer: AcknowledgementAnswer; before: Date },
): Promise<number> {
  const { policy, versions, answer, before } = of;
  const [found] = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(DISTINCT a."personId")::int AS people FROM "Acknowledgement" a
      JOIN jsonb_to_recordset(${JSON.stringify(versions.map(({ version, hash }) => ({ version, hash })))}::jsonb)
        AS v(version text, hash text) USING (version, hash)
     WHERE a.body = ${body} AND a.policy = ${policy} AND a.answer = ${answer}::"AcknowledgementAnswer"
       AND a."givenAt" < ${before}`;
  return found?.people ?? 0;
}

import "server-only";
import type { AcknowledgementAnswer, GivenAnswer, VersionKey } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { Prisma } from "#server/base/db/generated/client.ts";
import { byName, type List } from "#server/base/db/list-page.ts";
import { reportingTo } from "#server/base/db/line-manager.ts";

// What reports read: people and answers in bulk, without the text that anybody wrote.

export interface ReportPerson {
  id: string;
  name: string;
  email: string;
  team: { id: string; name: string } | null;
}

/** The people of a body who have not left and whose line manager somebody is, by name. */
export function reportingPeopleList(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
  size: number,
): List<ReportPerson> {
  const read = async (condition: Prisma.Sql, order: Prisma.Sql, take: number): Promise<ReportPerson[]> => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH own AS ${reportingTo(body, managerId)}
      SELECT p.id FROM own p WHERE ${condition} ORDER BY ${order} LIMIT ${take}::int`;
    const ids = rows.map(({ id }) => id);
    const people = await tx.person.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, email: true, team: { select: { id: true, name: true } } },
    });
    return people.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  };
  return {
    within: {},
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    size,
    find: async (id) => (await read(Prisma.sql`p.id = ${id}`, Prisma.sql`p.id`, 1))[0] ?? null,
    read({ take }, place) {
      const { beyond, order } = byName(place);
      return read(beyond, order, take);
    },
  };
}

/** The teams of a body that somebody manages, or has people in: the first ones by name, up to a limit. */
export async function listManagedTeams(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
  take: number,
): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw`
    WITH own AS ${reportingTo(body, managerId)}
    SELECT t.id, t.name FROM "Team" t
     WHERE t.body = ${body} AND (t."managerId" = ${managerId} OR t.id IN (SELECT "teamId" FROM own))
     ORDER BY t.name LIMIT ${take}::int`;
}

/** What these people answered on these policies: id of the person and slug → answers. */
export async function listAcknowledgementAnswers(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  policies: readonly string[],
): Promise<(personId: string, policy: string) => GivenAnswer[]> {
  const rows = await tx.acknowledgement.findMany({
    where: { personId: { in: [...personIds] }, policy: { in: [...policies] } },
    select: {
      personId: true,
      reference: true,
      policy: true,
      version: true,
      hash: true,
      attempt: true,
      answer: true,
      givenAt: true,
      repliedAt: true,
      recordedAt: true,
    },
  });
  const byBoth = new Map<string, GivenAnswer[]>();
  for (const { personId, ...answer } of rows) {
    const key = `${personId} ${answer.policy}`;
    byBoth.set(key, [...(byBoth.get(key) ?? []), answer]);
  }
  return (personId, policy) => byBoth.get(`${personId} ${policy}`) ?? [];
}

/**
 * How many people gave an answer on some versions of a policy before a moment, including people who have left since.
 * @param versions a person counts once, however many of them they answered
 */
export async function countPeopleWhoAnswered(
  tx: Prisma.TransactionClient,
  body: string,
  { policy, versions, answer, before }: AnswersToCount,
): Promise<number> {
  const [found] = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(DISTINCT a."personId")::int AS people FROM "Acknowledgement" a
      JOIN jsonb_to_recordset(${JSON.stringify(versions.map(({ version, hash }) => ({ version, hash })))}::jsonb)
        AS v(version text, hash text) USING (version, hash)
     WHERE a.body = ${body} AND a.policy = ${policy} AND a.answer = ${answer}::"AcknowledgementAnswer"
       AND a."givenAt" < ${before}`;
  return found?.people ?? 0;
}

export interface AnswersToCount {
  policy: string;
  versions: readonly VersionKey[];
  answer: AcknowledgementAnswer;
  before: Date;
}

import { columns } from "#server/base/db/columns.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { listIdsNamed } from "#server/base/db/people-named.ts";

const fields = {
  ...columns("id", "name", "email", "body", "roles", "employer", "teamId", "status", "pseudonymisedAt"),
} satisfies Prisma.PersonSelect;

export type SearchedPerson = Prisma.PersonGetPayload<{ select: typeof fields }>;

const MOST_FOUND = 20;

/** People of a body by the words of their name, leavers included. */
export async function listPeopleFound(tx: Tx, body: string, typed: string): Promise<SearchedPerson[]> {
  const ids = await listIdsNamed(tx, body, typed, { most: MOST_FOUND });
  return tx.person.findMany({ where: { id: { in: ids } }, select: fields, orderBy: [{ name: "asc" }, { id: "asc" }] });
}

export const findSearched = (tx: Tx, body: string, id: string): Promise<SearchedPerson | null> =>
  tx.person.findUnique({ where: { id, body }, select: fields });

/** References of what an officer may not see: reports that are kept from them, and drafts of exceptions. */
export async function listHiddenReferences(tx: Tx, body: string, officerId: string): Promise<string[]> {
  const [incidents, drafts] = await Promise.all([
    tx.incident.findMany({
      where: { body, OR: [{ isKeptFromOfficers: true }, { keptFromId: officerId }], NOT: { reporterId: officerId } },
      select: { reference: true },
    }),
    tx.exception.findMany({
      where: { body, state: "draft", NOT: { requesterId: officerId } },
      select: { reference: true },
    }),
  ]);
  return [...incidents, ...drafts].map(({ reference }) => reference);
}

/** Whoever the portal knows by a name of which a word is among these: people of the directory, and others outside it. */
export const listNamesWith = async (tx: Tx, body: string, words: readonly string[]) => tx.$queryRaw<
  { id: string; name: string; email: string | null }[]
>`
    SELECT DISTINCT id, name, email FROM (
        SELECT id, name, email FROM "Person" WHERE body = ${body}
        UNION ALL SELECT m.name, m.name, NULL FROM "GroupMember" m JOIN "ChatGroup" g ON g.id = m."groupId"
         WHERE g.body = ${body} AND m.name IS NOT NULL
        UNION ALL SELECT name, name, NULL FROM "Consent" WHERE body = ${body}
        UNION ALL SELECT guardian, guardian, NULL FROM "Consent" WHERE body = ${body} AND guardian IS NOT NULL) known
     WHERE regexp_split_to_array(plain_letters(name), '[^[:alnum:]]+') && ${[...words]}::text[]
     ORDER BY name, id`;

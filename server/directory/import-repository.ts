import "server-only";
import { z } from "zod";
import { rolesSchema } from "#domain/access/role.ts";
import type { KnownPerson, KnownTeam } from "#domain/directory/import-plan.ts";
import { PERSON_KINDS, type DirectoryPerson } from "#domain/directory/person.ts";
import type { Prisma } from "#server/db/generated/client.ts";

// Many people at once, for lists of a hundred thousand.

type Tx = Prisma.TransactionClient;

// Rows go in and out as one JSON value for thousands of them: a value by itself costs more than all its work.
const ROWS_AT_ONCE = 5000;

const knownSchema = z.array(
  z.object({
    ...{ id: z.string(), body: z.string(), email: z.string(), name: z.string(), employer: z.string() },
    ...{ teamId: z.string().nullable(), managerId: z.string().nullable(), roles: rolesSchema },
    ...{ status: z.enum(["active", "left"]), kind: z.enum(PERSON_KINDS) },
    ...{ startsOn: z.string().nullable(), leavesOn: z.string().nullable(), awayUntil: z.string().nullable() },
    ...{ externalId: z.string().nullable(), isSample: z.boolean() },
  }),
);

/** Everybody of these bodies, leavers included. */
export async function listEverybody(tx: Tx, bodies: readonly string[]): Promise<KnownPerson[]> {
  const people: KnownPerson[] = [];
  for (let after = ""; ; after = people.at(-1)?.id ?? "") {
    const [found] = await tx.$queryRaw<{ rows: string }[]>`
      SELECT coalesce(json_agg(p), '[]')::text AS rows
        FROM (SELECT id, body, email, name, employer, "teamId", "managerId", roles, status, kind, "startsOn", "leavesOn",
                     "awayUntil", "externalId", "isSample"
                FROM "Person" WHERE body = ANY(${[...bodies]}::text[]) AND id > ${after} ORDER BY id LIMIT ${ROWS_AT_ONCE}) p`;
    const page = knownSchema.parse(JSON.parse(found?.rows ?? "[]"));
    people.push(...page);
    if (page.length < ROWS_AT_ONCE) return people;
  }
}

export async function listAllTeams(tx: Tx, bodies: readonly string[]): Promise<KnownTeam[]> {
  return tx.team.findMany({
    where: { body: { in: [...bodies] } },
    select: { id: true, body: true, name: true, managerId: true },
  });
}

/** Those of these addresses, as they are kept, that people of other bodies have. */
export async function listTaken(tx: Tx, emails: readonly string[], bodies: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM "Person" WHERE body <> ALL(${[...bodies]}::text[]) AND email = ANY(${[...emails]}::text[])`;
  return rows.map(({ email }) => email);
}

export async function insertTeams(tx: Tx, teams: readonly { id: string; body: string; name: string }[]): Promise<void> {
  if (teams.length > 0) await tx.team.createMany({ data: [...teams] });
}

/** Adds people; their line managers may be among them, in any order. */
export async function insertPeople(
  tx: Tx,
  people: readonly DirectoryPerson[],
  onWritten: (count: number) => void,
): Promise<void> {
  for (let from = 0; from < people.length; from += ROWS_AT_ONCE) {
    const rows = people.slice(from, from + ROWS_AT_ONCE);
    await tx.$executeRaw`
      INSERT INTO "Person" (id, body, email, name, employer, "teamId", roles, status, kind, "startsOn", "leavesOn", "awayUntil", "externalId")
      SELECT id, body, email, name, employer, "teamId", roles, status::"PersonStatus", kind::"PersonKind", "startsOn",
             "leavesOn", "awayUntil", "externalId"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(id text, body text, email text, name text, employer text, "teamId" text, roles text[], status text,
               kind text, "startsOn" text, "leavesOn" text, "awayUntil" text, "externalId" text)`;
    onWritten(from + rows.length);
  }
  const managed = people.filter(({ managerId }) => managerId !== null).map(({ id, managerId }) => ({ id, managerId }));
  for (let from = 0; from < managed.length; from += ROWS_AT_ONCE)
    await tx.$executeRaw`
      UPDATE "Person" p SET "managerId" = r."managerId"
        FROM jsonb_to_recordset(${JSON.stringify(managed.slice(from, from + ROWS_AT_ONCE))}::jsonb)
          AS r(id text, "managerId" text)
       WHERE p.id = r.id`;
}

/** Writes what the directory says of people who are in it already; not their address. */
export async function updatePeople(
  tx: Tx,
  people: readonly DirectoryPerson[],
  at: Date,
  onWritten: (count: number) => void,
): Promise<void> {
  for (let from = 0; from < people.length; from += ROWS_AT_ONCE) {
    const rows = people.slice(from, from + ROWS_AT_ONCE);
    await tx.$executeRaw`
      UPDATE "Person" p
         SET name = r.name, employer = r.employer, "teamId" = r."teamId", "managerId" = r."managerId", roles = r.roles,
             status = r.status::"PersonStatus", kind = r.kind::"PersonKind", "startsOn" = r."startsOn",
             "leavesOn" = r."leavesOn", "awayUntil" = r."awayUntil", "updatedAt" = ${at}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(id text, name text, employer text, "teamId" text, "managerId" text, roles text[], status text, kind text,
               "startsOn" text, "leavesOn" text, "awayUntil" text)
       WHERE p.id = r.id`;
    onWritten(from + rows.length);
  }
}

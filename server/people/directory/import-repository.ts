import type { DirectoryPerson } from "#domain/access/identity/person.ts";
import { type ImportReport, importReportSchema } from "#domain/people/directory/import-report.ts";
import type { PeopleImport } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

// Reads and writes people in bulk, for lists of a hundred thousand.

// Many rows are passed as one JSON value, since passing them one by one costs more than the work itself. The embedded
// database runs in this process and blocks it meanwhile; this many take about a tenth of a second.
const ROWS_AT_ONCE = 1000;

/** Everybody of these bodies, leavers included: as pages of JSON, for comparing a list with. */
export async function* listEverybody(tx: Tx, bodies: readonly string[]): AsyncGenerator<string> {
  for (let after: string | null = ""; after !== null;) {
    const [page]: { rows: string; last: string | null }[] = await tx.$queryRaw`
      SELECT coalesce(json_agg(p), '[]')::text AS rows, max(id) AS last
        FROM (SELECT id, body, email, name, employer, "teamId", "managerId", roles, status, kind, "startsOn", "leavesOn",
                     "awayUntil", "externalId", "isSample",
                     (SELECT json_agg(json_build_object('id', a.id, 'firstDay', a."firstDay", 'lastDay', a."lastDay")
                                      ORDER BY a."firstDay", a.id)
                        FROM "Absence" a WHERE a."personId" = "Person".id AND a.source = 'list') AS absences
                FROM "Person" WHERE body = ANY(${[...bodies]}::text[]) AND id > ${after} ORDER BY id LIMIT ${ROWS_AT_ONCE}) p`;
    after = page?.last ?? null;
    if (page && after !== null) yield page.rows;
  }
}

/** Their teams, the same way. */
export async function* listAllTeams(tx: Tx, bodies: readonly string[]): AsyncGenerator<string> {
  for (let after: string | null = ""; after !== null;) {
    const [page]: { rows: string; last: string | null }[] = await tx.$queryRaw`
      SELECT coalesce(json_agg(t), '[]')::text AS rows, max(id) AS last
        FROM (SELECT id, body, name, "managerId"
                FROM "Team" WHERE body = ANY(${[...bodies]}::text[]) AND id > ${after} ORDER BY id LIMIT ${ROWS_AT_ONCE}) t`;
    after = page?.last ?? null;
    if (page && after !== null) yield page.rows;
  }
}

/** Which of these normalised addresses belong to people of other bodies. */
export async function listTaken(tx: Tx, emails: readonly string[], bodies: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM "Person" WHERE body <> ALL(${[...bodies]}::text[]) AND email = ANY(${[...emails]}::text[])`;
  return rows.map(({ email }) => email);
}

/** Adds at most a thousand teams. */
export async function insertTeams(tx: Tx, teams: readonly { id: string; body: string; name: string }[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Team" (id, body, name)
    SELECT id, body, name FROM jsonb_to_recordset(${JSON.stringify(teams)}::jsonb) AS r(id text, body text, name text)`;
}

/** Adds at most a thousand people, without their line managers, who may come later in the list. */
export async function insertPeople(tx: Tx, people: readonly DirectoryPerson[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Person" (id, body, email, name, employer, "teamId", roles, status, kind, "startsOn", "leavesOn", "awayUntil", "externalId")
    SELECT id, body, email, name, employer, "teamId", roles, status::"PersonStatus", kind::"PersonKind", "startsOn",
           "leavesOn", "awayUntil", "externalId"
      FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        AS r(id text, body text, email text, name text, employer text, "teamId" text, roles text[], status text,
             kind text, "startsOn" text, "leavesOn" text, "awayUntil" text, "externalId" text)`;
}

/** Sets the line managers of at most a thousand people who are in the directory already. */
export async function writeManagers(tx: Tx, people: readonly { id: string; managerId: string | null }[]) {
  const rows = people.filter(({ managerId }) => managerId !== null).map(({ id, managerId }) => ({ id, managerId }));
  await tx.$executeRaw`
    UPDATE "Person" p SET "managerId" = r."managerId"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, "managerId" text)
     WHERE p.id = r.id`;
}

/** Updates at most a thousand people, apart from their addresses. */
export async function updatePeople(tx: Tx, people: readonly DirectoryPerson[], at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Person" p
       SET name = r.name, employer = r.employer, "teamId" = r."teamId", "managerId" = r."managerId", roles = r.roles,
           status = r.status::"PersonStatus", kind = r.kind::"PersonKind", "startsOn" = r."startsOn",
           "leavesOn" = r."leavesOn", "awayUntil" = r."awayUntil", "updatedAt" = ${at}
      FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        AS r(id text, name text, employer text, "teamId" text, "managerId" text, roles text[], status text, kind text,
             "startsOn" text, "leavesOn" text, "awayUntil" text)
     WHERE p.id = r.id`;
}

/** A list that was checked, compressed; no content once it has been imported, or if it is faulty. */
export type PendingImportRow = Omit<PeopleImport, "report"> & { report: ImportReport };

const MOST_PENDING_OF_ONE = 5;

/** Stores a list that was checked; deletes older ones, and all but the latest five of one person. */
export async function insertPendingImport(tx: Tx, { content, ...row }: PendingImportRow, before: Date): Promise<void> {
  const { personId } = row;
  const old = await tx.peopleImport.findMany({
    where: { personId },
    orderBy: { createdAt: "desc" },
    skip: MOST_PENDING_OF_ONE - 1,
    select: { id: true },
  });
  const ids = old.map(({ id }) => id);
  await tx.peopleImport.deleteMany({ where: { OR: [{ createdAt: { lt: before } }, { id: { in: ids } }] } });
  await tx.peopleImport.create({ data: { ...row, content: content && Buffer.from(content) } });
}

/** One of somebody's own pending imports, without the list itself; null for anybody else's. */
export async function findPendingImport(tx: Tx, { id, personId }: { id: string; personId: string }) {
  const select = { id: true, body: true, personId: true, fileName: true, report: true, createdAt: true, doneAt: true };
  const row = await tx.peopleImport.findFirst({ where: { id, personId }, select });
  return row && { ...row, report: importReportSchema.parse(row.report) };
}

export const findPendingImportContent = async (tx: Tx, id: string): Promise<Uint8Array | null> =>
  (await tx.peopleImport.findUnique({ where: { id }, select: { content: true } }))?.content ?? null;

/** Records that it was imported, and deletes the list. */
export const writeDone = (tx: Tx, id: string, doneAt: Date) =>
  tx.peopleImport.updateMany({ where: { id }, data: { doneAt, content: null } });

/** Stores the report of a later check. */
export const writeReport = (tx: Tx, id: string, report: ImportReport) =>
  tx.peopleImport.updateMany({ where: { id, doneAt: null }, data: { report } });

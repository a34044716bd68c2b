import type { SampleCounts, SampleKindName } from "#domain/gather/retention/sample.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

// Rows of invented people, one body at a time. "Theirs" means that a column says a row belongs to one of them.

const invented = (body: string) => Prisma.sql`(SELECT id FROM "Person" WHERE body = ${body} AND "isSample")`;

/** Somebody in the directory who is not invented is in the group, or asked for it. */
const isRealGroup = (body: string) => Prisma.sql`(g."requesterId" NOT IN ${invented(body)} OR EXISTS (
  SELECT FROM "GroupMember" m WHERE m."groupId" = g.id AND m."personId" NOT IN ${invented(body)}))`;

/** Rows of invented people that give somebody access; a database with sign-in through a provider has none. */
export async function countAccess(tx: Tx, now: Date): Promise<{ people: number; access: number }> {
  const [found] = await tx.$queryRaw<{ people: number; access: number }[]>`
    WITH invented AS (SELECT id, "pseudonymisedAt" FROM "Person" WHERE "isSample")
    SELECT (SELECT count(*)::int FROM invented WHERE "pseudonymisedAt" IS NULL) AS people,
           ((SELECT count(*) FROM "Session" WHERE "personId" IN (SELECT id FROM invented))
          + (SELECT count(*) FROM "Account" WHERE "personId" IN (SELECT id FROM invented))
          + (SELECT count(*) FROM "TaskFeed" WHERE "personId" IN (SELECT id FROM invented))
          + (SELECT count(*) FROM "Receipt" WHERE "personId" IN (SELECT id FROM invented))
          + (SELECT count(*) FROM "ApiToken"
              WHERE "revokedAt" IS NULL AND "expiresAt" > ${now} AND "madeById" IN (SELECT id FROM invented))
          + (SELECT count(*) FROM "GroupMember"
              WHERE "joinHash" IS NOT NULL AND "joinExpiresAt" > ${now} AND "invitedById" IN (SELECT id FROM invented))
           )::int AS access`;
  return found ?? { people: 0, access: 0 };
}

/**
 * Whether somebody real has used this database with a work account, or its invented people were removed: in an
 * evaluation nobody real can sign in or do anything.
 */
export async function wasLive(tx: Tx): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ live: boolean }[]>`
    SELECT EXISTS (SELECT FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE NOT p."isSample")
        OR EXISTS (SELECT FROM "Account" a JOIN "Person" p ON p.id = a."personId" WHERE NOT p."isSample")
        OR EXISTS (SELECT FROM "Evidence" WHERE event = 'people.samples-removed')
        OR EXISTS (SELECT FROM "Evidence" e JOIN "Person" p ON p.id = e.actor WHERE NOT p."isSample") AS live`;
  return found?.live ?? false;
}

/** Bodies with invented people, or people who used to be, in a fixed order. */
export async function listBodiesWithSamples(tx: Tx): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: { isSample: true },
    select: { body: true },
    distinct: ["body"],
    orderBy: { body: "asc" },
  });
  return rows.map(({ body }) => body);
}

export interface SamplePerson {
  id: string;
  name: string;
  email: string;
  kind: string;
  pseudonymisedAt: Date | null;
}

/** Locked: whoever writes something of theirs now waits, and what was written before is visible afterwards. */
export const lockSamples = async (tx: Tx, body: string): Promise<SamplePerson[]> => tx.$queryRaw<SamplePerson[]>`
    SELECT id, name, email, kind::text AS kind, "pseudonymisedAt" FROM "Person"
     WHERE body = ${body} AND "isSample" ORDER BY id FOR UPDATE`;

/**
 * Ends all access that they have, or that others have through them: sessions, calendar addresses, links, and every row
 * that the schema deletes along with its person. @returns how many of each, and the tokens revoked
 */
export async function endAccess(tx: Tx, body: string, now: Date) {
  const theirs = Prisma.sql`"personId" IN ${invented(body)}`;
  const session = await tx.$executeRaw`DELETE FROM "Session" WHERE ${theirs}`;
  const feed = await tx.$executeRaw`DELETE FROM "TaskFeed" WHERE ${theirs}`;
  let own = await tx.$executeRaw`DELETE FROM "FormInput" WHERE ${theirs}`;
  own += await tx.$executeRaw`DELETE FROM "DigestState" WHERE ${theirs}`;
  for (const { table, column } of await listReferences(tx, "c"))
    own += await tx.$executeRaw`DELETE FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(column)} IN ${invented(body)}`;
  const tokens = await tx.$queryRaw<{ reference: string; name: string }[]>`
    UPDATE "ApiToken" SET "revokedAt" = ${now}, sealed = NULL
     WHERE "revokedAt" IS NULL AND "madeById" IN ${invented(body)} RETURNING reference, name`;
  const invitation = await tx.$executeRaw`
    UPDATE "GroupMember" SET "joinHash" = NULL, "joinExpiresAt" = NULL
     WHERE "joinHash" IS NOT NULL AND "invitedById" IN ${invented(body)}`;
  const receipt = await tx.$executeRaw`DELETE FROM "Receipt" WHERE ${theirs}`;
  const mails = await tx.$executeRaw`DELETE FROM "Mail" WHERE ${theirs}`;
  const notices = await tx.$executeRaw`DELETE FROM "Notice" WHERE ${theirs}`;
  const counts = { session, feed, own, token: tokens.length, invitation, receipt, message: mails + notices };
  return { counts, tokens };
}

/**
 * Deletes holds placed by invented people, unless somebody real has confirmed one or it names a real person or group.
 */
export async function deleteHolds(tx: Tx, body: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ reference: string }[]>`
    DELETE FROM "Hold" h WHERE h.body = ${body} AND h."placedById" IN ${invented(body)}
       AND NOT EXISTS (SELECT FROM "HoldConfirmation" c WHERE c."holdId" = h.id AND c."personId" NOT IN ${invented(body)})
       AND NOT EXISTS (SELECT FROM "HoldTarget" t WHERE t."holdId" = h.id AND t."personId" NOT IN ${invented(body)})
       AND NOT EXISTS (SELECT FROM "HoldTarget" t JOIN "ChatGroup" g ON g.id = t."groupId"
                        WHERE t."holdId" = h.id AND ${isRealGroup(body)})
     RETURNING h.reference`;
  return rows.map(({ reference }) => reference);
}

/** Whose rows are theirs by which column, and go first; a row's reference tells which notices are about it. */
const THEIRS: readonly (readonly [kind: SampleKindName, table: string, column: string])[] = [
  ["acknowledgement", "Acknowledgement", "personId"],
  ["acknowledgement", "WithdrawnAnswer", "personId"],
  ["exception", "Exception", "requesterId"],
  ["continuity", "ContinuityActivity", "startedById"],
  ["record", "CapturedRecord", "personId"],
  ["phone", "PhoneReturn", "personId"],
  ["request", "InformationRequest", "enteredById"],
  ["photo", "Consent", "personId"],
  ["check", "UnderstandingCheck", "personId"],
  ["check", "UnderstandingSample", "personId"],
  ["incident", "Incident", "reporterId"],
];

/** Notes that one of them did something. */
const TRACES: readonly (readonly [table: string, ...columns: string[]])[] = [
  ["Deputy", "principalId", "deputyId"],
  ["SampledPerson", "personId"],
  ["PolicyReading", "personId"],
  ["Campaign", "createdById"],
  ["Exemption", "personId", "givenById"],
  ["VersionSignature", "personId"],
  ["VersionProposal", "personId"],
  ["FollowUpHandOver", "personId", "byId"],
  ["Absence", "personId"],
  ["HoldConfirmation", "personId"],
  ["DebtConsideration", "personId"],
  ["OutsideRuleReading", "personId"],
  ["IncidentReading", "personId"],
  ["EvidenceReading", "readerId", "personId"],
];

/** Deletes what belongs to them. @returns how many of each kind, and the references of what was deleted */
export async function deleteRecords(tx: Tx, body: string): Promise<{ counts: SampleCounts; references: string[] }> {
  const references: string[] = [];
  const counts: SampleCounts = {};
  const theirs = (column: string) => Prisma.sql`${Prisma.raw(`"${column}"`)} IN ${invented(body)}`;
  const remove = async (kind: SampleKindName, deletion: Prisma.Sql) => {
    const removed = await tx.$queryRaw<{ reference: string }[]>(deletion);
    references.push(...removed.map(({ reference }) => reference));
    counts[kind] = (counts[kind] ?? 0) + removed.length;
  };
  for (const [kind, table, column] of THEIRS) {
    const from = Prisma.raw(`"${table}"`);
    await remove(kind, Prisma.sql`DELETE FROM ${from} WHERE body = ${body} AND ${theirs(column)} RETURNING reference`);
  }
  // A note that somebody real has added to the clause stays.
  await remove(
    "question",
    Prisma.sql`DELETE FROM "ClauseQuestion" WHERE body = ${body} AND ${theirs("personId")}
      AND (note IS NULL OR "noteWithdrawnAt" IS NOT NULL OR ${theirs("notedById")}) RETURNING reference`,
  );
  await remove(
    "app",
    Prisma.sql`DELETE FROM "App" a WHERE body = ${body} AND ${theirs("riskOwnerId")} AND NOT EXISTS (
      SELECT FROM "AppDecision" d WHERE d."appId" = a.id AND d."personId" NOT IN ${invented(body)})
      RETURNING slug AS reference`,
  );
  await remove(
    "group",
    Prisma.sql`DELETE FROM "ChatGroup" g WHERE g.body = ${body} AND NOT ${isRealGroup(body)}
      AND NOT EXISTS (SELECT FROM "HoldTarget" t WHERE t."groupId" = g.id)
      AND NOT EXISTS (SELECT FROM "CapturedRecord" r WHERE r."groupId" = g.id)
      AND NOT EXISTS (SELECT FROM "Incident" i WHERE i."groupId" = g.id) RETURNING reference`,
  );
  let trace = 0;
  for (const [table, ...columns] of TRACES) {
    const where = Prisma.join(columns.map(theirs), " OR ");
    trace += await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE ${where}`;
  }
  trace += await tx.$executeRaw`UPDATE "Absence" SET "recordedById" = NULL WHERE ${theirs("recordedById")}`;
  trace += await tx.$executeRaw`UPDATE "JobRun" SET "askedById" = NULL WHERE ${theirs("askedById")}`;
  return { counts: { ...counts, trace }, references };
}

/** Deletes notices to real people about things that are gone, so that nobody is sent to a missing page. */
export async function deleteMessagesAbout(tx: Tx, body: string, references: readonly string[]): Promise<number> {
  if (references.length === 0) return 0;
  const about = Prisma.sql`SELECT n.id FROM "Notice" n WHERE n.body = ${body} AND EXISTS (
    SELECT FROM unnest(${[...references]}::text[]) AS r(reference) WHERE position('/' || r.reference IN n.href) > 0)`;
  const mails = await tx.$executeRaw`DELETE FROM "Mail" WHERE "noticeId" IN (${about})`;
  return mails + (await tx.$executeRaw`DELETE FROM "Notice" WHERE id IN (${about})`);
}

/**
 * Removes them from what real people keep. @returns how many of each kind, and the exceptions that are undecided again
 */
export async function takeOut(tx: Tx, body: string, now: Date) {
  const membership = await tx.$executeRaw`DELETE FROM "GroupMember" WHERE "personId" IN ${invented(body)}`;
  const note = await tx.$executeRaw`
    UPDATE "ClauseQuestion" SET "noteWithdrawnAt" = ${now}
     WHERE body = ${body} AND note IS NOT NULL AND "noteWithdrawnAt" IS NULL AND "notedById" IN ${invented(body)}`;
  const waiting = await tx.$queryRaw<WaitingException[]>`
    UPDATE "Exception" SET state = 'submitted', revision = revision + 1, "decidedAt" = NULL, "decidedById" = NULL,
           "startsAt" = NULL, "endsAt" = NULL, "changedAt" = ${now}
     WHERE body = ${body} AND state = 'approved' AND "endsAt" > ${now} AND "decidedById" IN ${invented(body)}
       AND "requesterId" NOT IN ${invented(body)} RETURNING id, reference, policy, version, hash, "requesterId"`;
  await tx.exceptionCondition.deleteMany({ where: { exceptionId: { in: waiting.map(({ id }) => id) } } });
  const teams = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM "Team" t WHERE t.body = ${body}
       AND NOT EXISTS (SELECT FROM "Person" p WHERE p."teamId" = t.id AND NOT p."isSample")
       AND NOT EXISTS (SELECT FROM "Exception" e WHERE e."teamId" = t.id)
       AND (t.id LIKE 'sample-%' OR t."managerId" IN ${invented(body)}
            OR EXISTS (SELECT FROM "Person" p WHERE p."teamId" = t.id AND p."isSample")) RETURNING t.id`;
  return { counts: { membership, note, approval: waiting.length, team: teams.length }, waiting };
}

export interface WaitingException {
  id: string;
  reference: string;
  policy: string;
  version: string;
  hash: string;
  requesterId: string;
}

/** Leaves nobody managed by them. @returns how many people and teams were */
export async function clearManagers(tx: Tx, body: string): Promise<number> {
  await tx.$executeRaw`UPDATE "Person" SET "managerId" = NULL, "teamId" = NULL WHERE id IN ${invented(body)}`;
  const people =
    await tx.$executeRaw`UPDATE "Person" SET "managerId" = NULL WHERE body = ${body} AND "managerId" IN ${invented(body)}`;
  return (
    people +
    (await tx.$executeRaw`UPDATE "Team" SET "managerId" = NULL WHERE body = ${body} AND "managerId" IN ${invented(body)}`)
  );
}

/**
 * Erases the texts beside the evidence that they wrote, except those about real people. The rows stay.
 * @returns how many
 */
export const eraseTextsBy = async (tx: Tx, body: string): Promise<number> => tx.$executeRaw`
    DELETE FROM "EvidenceDetail" d USING "Evidence" e
     WHERE d.body = ${body} AND e.body = d.body AND e.position = d.position AND e.actor IN ${invented(body)}
       AND NOT EXISTS (SELECT FROM "Person" p WHERE p.id = e.subject AND NOT p."isSample")`;

/** Which of these people are still named by evidence or by somebody else's row. */
export async function listTraced(tx: Tx, body: string, ids: readonly string[]): Promise<Set<string>> {
  const traced = new Set<string>();
  const look = async (sql: Prisma.Sql) => {
    for (const { id } of await tx.$queryRaw<{ id: string }[]>(sql)) traced.add(id);
  };
  const among = Prisma.sql`= ANY(${[...ids]}::text[])`;
  for (const column of ["actor", "subject"]) {
    const name = Prisma.raw(column);
    await look(Prisma.sql`SELECT DISTINCT ${name} AS id FROM "Evidence" WHERE body = ${body} AND ${name} ${among}`);
  }
  await look(Prisma.sql`
    SELECT i.id FROM unnest(${[...ids]}::text[]) AS i(id)
     WHERE EXISTS (SELECT FROM "Evidence" e WHERE e.body = ${body} AND position(to_json(i.id)::text IN e.data) > 0)`);
  const more = [
    ["ClearDown", "clearedFor"],
    ["ClearDownStop", "clearedFor"],
    ["Incident", "keptFromId"],
  ] as const;
  const references = [
    ...(await listReferences(tx)),
    ...more.map(([table, column]) => ({ table: `"${table}"`, column: `"${column}"` })),
  ];
  for (const { table, column } of references) {
    const [from, name] = [Prisma.raw(table), Prisma.raw(column)];
    await look(Prisma.sql`SELECT DISTINCT ${name} AS id FROM ${from} WHERE ${name} ${among}`);
  }
  return traced;
}

/**
 * Columns that refer to a person, read from the database itself so that those of later migrations are included.
 * @param onDelete "c": only those whose rows the schema deletes along with the person
 */
const listReferences = async (tx: Tx, onDelete?: "c"): Promise<{ table: string; column: string }[]> => tx.$queryRaw`
    SELECT f.conrelid::regclass::text AS table, quote_ident(a.attname) AS column
      FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
     WHERE f.contype = 'f' AND f.confrelid = '"Person"'::regclass
       AND (${onDelete ?? null}::text IS NULL OR f.confdeltype::text = ${onDelete ?? null}) ORDER BY 1, 2`;

/** Names in a body that begin like a pseudonym of an invented person. */
export async function listPseudonyms(tx: Tx, body: string): Promise<string[]> {
  const where = { body, name: { startsWith: "Invented person " } };
  return (await tx.person.findMany({ where, select: { name: true } })).map(({ name }) => name);
}

/** Removes all that identified them; they are nobody's colleague. */
export async function writeSamplePseudonym(
  tx: Tx,
  id: string,
  { name, email, at }: { name: string; email: string; at: Date },
): Promise<void> {
  const gone = { image: null, emailVerified: false, externalId: null, startsOn: null, leavesOn: null, awayUntil: null };
  const nothing = { roles: [], standsInAs: [], handedOverOn: null };
  await tx.person.update({
    where: { id },
    data: { name, email, pseudonymisedAt: at, status: "left", ...nothing, ...gone },
  });
}

export const deletePeople = async (tx: Tx, ids: readonly string[]): Promise<number> =>
  (await tx.person.deleteMany({ where: { id: { in: [...ids] }, isSample: true } })).count;

interface Need {
  what: string;
  reference: string;
}

/** What is left with nobody real to look after it: a description and a reference for each. */
export const listNeeds = async (tx: Tx, body: string): Promise<Need[]> => tx.$queryRaw<Need[]>`
    SELECT * FROM (
      SELECT 1 AS n, 'has no administrator: name one on its page' AS what, g.reference FROM "ChatGroup" g
       WHERE g.body = ${body} AND g.state IN ('requested', 'approved')
         AND NOT EXISTS (SELECT FROM "GroupMember" m WHERE m."groupId" = g.id AND m.role = 'administrator'
                            AND m."removedAt" IS NULL AND m."removalWantedAt" IS NULL)
      UNION ALL
      SELECT 2, 'is on the register by an invented person: see whether it is right, or close it', g.reference FROM "ChatGroup" g
       WHERE g.body = ${body} AND g.state IN ('requested', 'approved')
         AND (g."requesterId" IN ${invented(body)} OR g."decidedById" IN ${invented(body)})
      UNION ALL
      SELECT 3, 'is a hold that an invented person placed: keep it, or end it', h.reference FROM "Hold" h
       WHERE h.body = ${body} AND h."endedAt" IS NULL AND h."placedById" IN ${invented(body)}
      UNION ALL
      SELECT 4, 'is a case whose line manager is invented: a governance officer sees to it', i.reference FROM "Incident" i
       WHERE i.body = ${body} AND i."closedAt" IS NULL AND i."managerId" IN ${invented(body)}
      UNION ALL
      SELECT 5, 'has an action to do that an invented person owns: add it anew for somebody', i.reference
        FROM "Incident" i WHERE i.body = ${body} AND EXISTS (
             SELECT FROM "IncidentAction" a WHERE a."incidentId" = i.id AND a."doneAt" IS NULL AND a."ownerId" IN ${invented(body)})
      UNION ALL
      SELECT 6, 'needs a decision again: no real person had approved it', e.reference FROM "Exception" e
       WHERE e.body = ${body} AND e.state = 'submitted' AND EXISTS (
             SELECT FROM "ExceptionStep" s WHERE s."exceptionId" = e.id AND s.command = 'approve' AND s."personId" IN ${invented(body)})
      UNION ALL
      SELECT 7, 'belongs to an invented person and is kept by a hold: decide on it when the hold ends', r.reference
        FROM "CapturedRecord" r WHERE r.body = ${body} AND r."disposedAt" IS NULL AND r."personId" IN ${invented(body)}
    ) needs ORDER BY n, reference`;

/**
 * Real people who were added or given roles beyond employee by an invented person, or by a program with their token.
 */
export const listRolesGiven = async (
  tx: Tx,
  body: string,
): Promise<{ email: string; roles: string[] }[]> => tx.$queryRaw`
    SELECT p.email, array_remove(p.roles, 'employee') AS roles FROM "Person" p
     WHERE p.body = ${body} AND NOT p."isSample" AND p.status = 'active' AND array_remove(p.roles, 'employee') <> '{}'
       AND EXISTS (SELECT FROM "Evidence" e
                    WHERE e.body = p.body AND e.subject = p.id AND e.event IN ('person.added', 'person.roles-changed')
                      AND (e.actor IN ${invented(body)} OR e.actor IN (
                           SELECT reference FROM "ApiToken" WHERE "madeById" IN ${invented(body)})))
     ORDER BY p.email`;

/** People who work in a body and have no line manager, neither their own nor through their team. */
export async function countUnmanaged(tx: Tx, body: string): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Person" p LEFT JOIN "Team" t ON t.id = p."teamId"
     WHERE p.body = ${body} AND p.status = 'active' AND NOT p."isSample" AND p."managerId" IS NULL AND t."managerId" IS NULL`;
  return found?.count ?? 0;
}

/** Roles held by real people. */
export async function listRolesOfRealPeople(tx: Tx, body: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ role: string }[]>`
    SELECT DISTINCT unnest(roles) AS role FROM "Person" WHERE body = ${body} AND status = 'active' AND NOT "isSample"`;
  return rows.map(({ role }) => role);
}

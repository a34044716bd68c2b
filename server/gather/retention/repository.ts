import "server-only";
import { addDays } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import type { RetentionKind } from "#domain/gather/retention/rule.ts";
import { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

/** What a batch covers. */
export interface Due {
  body: string;
  /** What happened before this moment is due. */
  before: Date;
  /** The same as a calendar day, inclusive. */
  lastDay: string;
  take: number;
  /** What holds keep: ids of people and groups, and references. */
  held: { people: readonly string[]; groups: readonly string[]; references: readonly string[] };
  /** Ids of rows that name people or words of a hold, with those of what they belong to. */
  keptRows: readonly string[];
}

/** Deletes the next ones of a kind that are due, except those kept by a hold. @returns how many */
export const DELETE_DUE: Record<Exclude<RetentionKind, "leaver-name">, (tx: Tx, due: Due) => Promise<number>> = {
  mail: async (tx, due) => {
    const mails = await tx.$executeRaw`DELETE FROM "Mail" WHERE id IN (
      SELECT id FROM "Mail" WHERE body = ${due.body} AND "createdAt" < ${due.before} AND state <> 'waiting' AND ${notKept("id", due)}
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    const notices = await tx.$executeRaw`DELETE FROM "Notice" WHERE id IN (
      SELECT n.id FROM "Notice" n WHERE n.body = ${due.body} AND n."createdAt" < ${due.before} AND ${notKept("id", due)}
         AND ${notHeld("personId", due.held.people)}
         AND NOT EXISTS (SELECT 1 FROM "Mail" m WHERE m."noticeId" = n.id) LIMIT ${due.take})`;
    return mails + notices;
  },
  "sign-in-trace": (tx, due) => tx.$executeRaw`DELETE FROM "Session" WHERE id IN (
    SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId"
     WHERE p.body = ${due.body} AND s."expiresAt" < ${due.before}
       AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`,
  question: async (tx, due) => {
    const questions = await tx.$executeRaw`DELETE FROM "ClauseQuestion" WHERE id IN (
      SELECT id FROM "ClauseQuestion" WHERE body = ${due.body} AND ${notKept("id", due)} AND "answeredAt" < ${due.before}
         AND (note IS NULL OR "noteWithdrawnAt" < ${due.before})
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    const words = await tx.$executeRaw`DELETE FROM "UnfoundWords" WHERE id IN (
      SELECT id FROM "UnfoundWords" WHERE body = ${due.body} AND "day" <= ${due.lastDay} LIMIT ${due.take})`;
    return questions + words;
  },
  "kept-result": (tx, due) => tx.$executeRaw`DELETE FROM "Receipt" WHERE id IN (
    SELECT id FROM "Receipt" WHERE body = ${due.body} AND "keptAt" < ${due.before}
       AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`,
  acknowledgement: async (tx, due) => {
    const answers = await tx.$executeRaw`DELETE FROM "Acknowledgement" WHERE id IN (
      SELECT a.id FROM "Acknowledgement" a JOIN "Person" p ON p.id = a."personId"
       WHERE a.body = ${due.body} AND a."givenAt" < ${due.before} AND a.id <> ALL(${[...due.keptRows]}::text[])
         AND (p.status = 'left' OR EXISTS (SELECT 1 FROM "Acknowledgement" b
               WHERE b."personId" = a."personId" AND b.policy = a.policy AND b."givenAt" > a."givenAt"))
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    const withdrawn = await tx.$executeRaw`DELETE FROM "WithdrawnAnswer" WHERE id IN (
      SELECT id FROM "WithdrawnAnswer" WHERE body = ${due.body} AND ${notKept("id", due)} AND "withdrawnAt" < ${due.before}
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    const readings = await tx.$executeRaw`DELETE FROM "PolicyReading" WHERE id IN (
      SELECT id FROM "PolicyReading" WHERE body = ${due.body} AND "openedAt" < ${due.before}
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    return answers + withdrawn + readings;
  },
  exception: async (tx, due) => {
    const exceptions = await tx.$executeRaw`DELETE FROM "Exception" WHERE id IN (
      SELECT id FROM "Exception" WHERE body = ${due.body} AND ${notKept("id", due)}
         AND CASE WHEN state = 'approved' THEN "endsAt" < ${due.before}
                  WHEN state IN ('draft', 'declined', 'withdrawn', 'revoked')
                  THEN GREATEST("changedAt", "decidedAt") < ${due.before}
                  ELSE FALSE END
         AND ${notHeld("requesterId", due.held.people)} LIMIT ${due.take})`;
    let count = exceptions;
    for (const table of ["DebtConsideration", "OutsideRuleReading"])
      count += await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE id IN (
        SELECT id FROM ${Prisma.raw(`"${table}"`)} WHERE body = ${due.body} AND ${notKept("id", due)} AND at < ${due.before}
           AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    return count;
  },
  incident: (tx, due) => tx.$executeRaw`DELETE FROM "Incident" WHERE id IN (
    SELECT id FROM "Incident" WHERE body = ${due.body} AND ${notKept("id", due)} AND "closedAt" < ${due.before}
       AND ${notHeld("reporterId", due.held.people)} AND ${notHeld("managerId", due.held.people)}
       AND ${notHeld("groupId", due.held.groups)} LIMIT ${due.take})`,
  "clear-down": async (tx, due) => {
    let count = 0;
    for (const table of ["ClearDownStop", "ClearDownCall", "ClearDown"])
      count += await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE ctid = ANY(ARRAY(
        SELECT c.ctid FROM ${Prisma.raw(`"${table}"`)} c JOIN "ChatGroup" g ON g.id = c."groupId"
         WHERE g.body = ${due.body} AND g.state = 'closed' AND g."closedAt" < ${due.before}
           AND ${notKept("groupId", due)} AND ${notHeld("groupId", due.held.groups)} LIMIT ${due.take}))`;
    return count;
  },
  group: (tx, due) => tx.$executeRaw`DELETE FROM "ChatGroup" WHERE id IN (
    SELECT g.id FROM "ChatGroup" g WHERE g.body = ${due.body} AND ${notKept("id", due)}
       AND CASE g.state WHEN 'closed' THEN g."closedAt" < ${due.before}
                        WHEN 'declined' THEN g."decidedAt" < ${due.before} ELSE FALSE END
       AND NOT EXISTS (SELECT 1 FROM "HoldTarget" t WHERE t."groupId" = g.id)
       AND NOT EXISTS (SELECT 1 FROM "CapturedRecord" r WHERE r."groupId" = g.id AND r."disposedAt" IS NULL)
       AND NOT EXISTS (SELECT 1 FROM "Incident" i WHERE i."groupId" = g.id AND i."closedAt" IS NULL)
       AND ${notHeld("id", due.held.groups)} LIMIT ${due.take})`,
  app: (tx, due) => tx.$executeRaw`DELETE FROM "App" WHERE id IN (
    SELECT a.id FROM "App" a WHERE a.body = ${due.body} AND a.state <> 'approved' AND ${notKept("id", due)}
       AND ${notHeld("riskOwnerId", due.held.people)}
       AND NOT EXISTS (SELECT 1 FROM "AppDecision" d WHERE d."appId" = a.id
                        AND (d.at >= ${due.before} OR NOT ${notHeld("personId", due.held.people)}))
       AND NOT EXISTS (SELECT 1 FROM "ChatGroup" g WHERE g.body = a.body AND g.app = a.name)
     LIMIT ${due.take})`,
  "phone-return": (tx, due) => tx.$executeRaw`DELETE FROM "PhoneReturn" WHERE id IN (
    SELECT id FROM "PhoneReturn" WHERE body = ${due.body} AND ${notKept("id", due)}
       AND coalesce("checkedAt", "cancelledAt") < ${due.before}
       AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`,
  hold: (tx, due) =>
    withCorrections(
      tx,
      Prisma.sql`DELETE FROM "Hold" WHERE id IN (
    SELECT id FROM "Hold" WHERE body = ${due.body} AND "endedAt" < ${due.before} LIMIT ${due.take})`,
    ),
  request: (tx, due) => tx.$executeRaw`DELETE FROM "InformationRequest" WHERE id IN (
    SELECT r.id FROM "InformationRequest" r WHERE r.body = ${due.body} AND r."closedAt" < ${due.before}
       AND ${notKept("id", due)}
       AND ${notHeld("complainantId", due.held.people)}
       AND NOT EXISTS (SELECT 1 FROM "Hold" h WHERE h.id = r."holdId" AND h."endedAt" IS NULL)
       AND NOT EXISTS (SELECT 1 FROM "SearchRequest" s
                        WHERE s."requestId" = r.id AND NOT ${notHeld("personId", due.held.people)})
     LIMIT ${due.take})`,
  "photo-consent": (tx, due) =>
    withCorrections(
      tx,
      Prisma.sql`DELETE FROM "PhotoConsent" WHERE id IN (
    SELECT id FROM "PhotoConsent" WHERE body = ${due.body} AND ${notKept("id", due)}
       AND ("until" <= ${due.lastDay} OR "withdrawnAt" < ${due.before})
       AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`,
    ),
  "check-held": async (tx, due) => {
    const held = await tx.$executeRaw`DELETE FROM "UnderstandingCheck" WHERE id IN (
      SELECT id FROM "UnderstandingCheck" WHERE body = ${due.body} AND ${notKept("id", due)} AND "heldOn" <= ${due.lastDay}
         AND ${notHeld("personId", due.held.people)} LIMIT ${due.take})`;
    // One that a hold concerns somebody of is kept whole.
    const samples = await tx.$executeRaw`DELETE FROM "UnderstandingSample" WHERE id IN (
      SELECT s.id FROM "UnderstandingSample" s WHERE s.body = ${due.body} AND s."lastDay" <= ${due.lastDay} AND ${notKept("id", due)}
         AND ${notHeld("personId", due.held.people)}
         AND NOT EXISTS (SELECT 1 FROM "SampledPerson" p
                          WHERE p."sampleId" = s.id AND NOT ${notHeld("personId", due.held.people)})
       LIMIT ${due.take})`;
    return held + samples;
  },
  // About nobody, so no hold concerns them; a month is due when its last day is.
  tally: async (tx, { body, lastDay, take }) => {
    let count = 0;
    for (const table of ["ClauseTally", "ResultTally"])
      count += await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${Prisma.raw(`"${table}"`)}
         WHERE body = ${body} AND month < ${addDays(lastDay, 1).slice(0, 7)} LIMIT ${take}))`;
    return count;
  },
  "evidence-text": (tx, due) => tx.$executeRaw`DELETE FROM "EvidenceDetail" WHERE body = ${due.body} AND position IN (
    SELECT d.position FROM "EvidenceDetail" d JOIN "Evidence" e ON e.body = d.body AND e.position = d.position
     WHERE d.body = ${due.body} AND e.at < ${due.before} AND d.position::text <> ALL(${[...due.keptRows]}::text[])
       AND ${notHeld("actor", due.held.people)}
       AND e.subject <> ALL(${[...due.held.people, ...due.held.references]}::text[])
       AND NOT EXISTS (SELECT 1 FROM "ChatGroup" g
             WHERE g.body = e.body AND g.reference = e.subject AND g.id = ANY(${[...due.held.groups]}::text[]))
       AND NOT EXISTS (SELECT 1 FROM "CapturedRecord" r
             WHERE r.body = e.body AND r.reference = e.subject AND r."disposedAt" IS NULL)
     LIMIT ${due.take})`,
};

/** Deletes rows, and what stood in them before they were corrected. @returns how many rows */
async function withCorrections(tx: Tx, deletion: Prisma.Sql): Promise<number> {
  const [done] = await tx.$queryRaw<{ count: number }[]>`
    WITH gone AS (${deletion} RETURNING reference),
         corrected AS (DELETE FROM "Correction" WHERE subject IN (SELECT reference FROM gone))
    SELECT count(*)::int AS count FROM gone`;
  return done?.count ?? 0;
}

function notKept(column: string, { keptRows }: Due): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(`"${column}"`)} <> ALL(${[...keptRows]}::text[])`;
}

/** Ids of these rows of a table, and of what each belongs to. */
export async function listWithOwners(tx: Tx, table: NameTableShape, ids: readonly string[]): Promise<string[]> {
  if (table.key) return [...ids];
  const keys = ["incidentId", "exceptionId", "groupId", "sampleId", "appId", "returnId", "requestId"];
  const owner = keys.map((key) => `o.row ->> '${key}'`).join(", ");
  const sql = `SELECT coalesce(${owner}, (SELECT "exceptionId" FROM "ExceptionRisk" r WHERE r.id = o.row ->> 'riskId'),
             (SELECT "requestId" FROM "SearchRequest" s WHERE s.id = o.row ->> 'searchId')) AS owner
      FROM (SELECT to_jsonb(t) AS row FROM "${table.table}" t WHERE id = ANY($1::text[])) o`;
  const rows = await tx.$queryRawUnsafe<{ owner: string | null }[]>(sql, [...ids]);
  return [...ids, ...rows.flatMap(({ owner: id }) => id ?? [])];
}

/** Null belongs to nobody, so no hold covers it. */
function notHeld(column: string, ids: readonly string[]): Prisma.Sql {
  const name = Prisma.raw(`"${column}"`);
  return Prisma.sql`(${name} IS NULL OR ${name} <> ALL(${[...ids]}::text[]))`;
}

export interface Leaver {
  id: string;
  name: string;
  email: string;
  kind: string;
}

const leaverFields = Prisma.sql`p.id, p.name, p.email, p.kind::text AS kind`;

const isLeaverDue = ({ body, before, lastDay, held }: Due) => Prisma.sql`
  p.body = ${body} AND p.status = 'left' AND p."pseudonymisedAt" IS NULL AND ${notHeld("id", held.people)}
  AND COALESCE((SELECT max(e.at) FROM "Evidence" e
                 WHERE e.body = p.body AND e.subject = p.id AND e.event = 'person.left'), p."updatedAt") < ${before}
  AND (p."leavesOn" IS NULL OR p."leavesOn" <= ${lastDay})`;

/** Those who left long enough ago and still have their name: the next ones after an id. */
export async function listLeavers(tx: Tx, due: Due, after: string): Promise<Leaver[]> {
  return tx.$queryRaw<Leaver[]>`
    SELECT ${leaverFields} FROM "Person" p WHERE ${isLeaverDue(due)} AND p.id > ${after} ORDER BY p.id LIMIT ${due.take}`;
}

/** Those of them who still are, locked; skips rows locked by another transaction. */
export async function lockLeavers(tx: Tx, due: Due, ids: readonly string[]): Promise<Leaver[]> {
  return tx.$queryRaw<Leaver[]>`
    SELECT ${leaverFields} FROM "Person" p WHERE ${isLeaverDue(due)} AND p.id = ANY(${[...ids]}::text[])
     ORDER BY p.id FOR UPDATE SKIP LOCKED`;
}

/** Who in a body has one of these names, ignoring case: name → their ids. */
export async function listNameHolders(tx: Tx, body: string, names: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ word: string; id: string }[]>`
    SELECT w.word, p.id FROM unnest(${[...new Set(names)]}::text[]) AS w(word)
      JOIN "Person" p ON p.body = ${body} AND lower(p.name) = lower(w.word)`;
  const holders = grouped(rows, ({ word }) => word);
  return new Map([...holders].map(([word, found]) => [word, found.map(({ id }) => id)]));
}

/** Replaces all that identifies somebody by a pseudonym. */
export async function writePseudonym(
  tx: Tx,
  personId: string,
  { name, email, at }: { name: string; email: string; at: Date },
): Promise<void> {
  await tx.person.update({
    where: { id: personId },
    data: {
      name,
      email,
      pseudonymisedAt: at,
      image: null,
      emailVerified: false,
      externalId: null,
      managerId: null,
      awayUntil: null,
      standsInAs: [],
      handedOverOn: null,
    },
  });
}

/** Deletes what was only of use to them: ways to sign in, mail to them, what they typed last. */
export async function deletePersonal(tx: Tx, personIds: readonly string[]): Promise<void> {
  const where = { personId: { in: [...personIds] } };
  await tx.session.deleteMany({ where });
  await tx.account.deleteMany({ where });
  await tx.formInput.deleteMany({ where });
  await tx.taskFeed.deleteMany({ where });
  await tx.shownOnce.deleteMany({ where });
  await tx.digestState.deleteMany({ where });
  await tx.mail.deleteMany({ where });
  await tx.notice.deleteMany({ where });
  await tx.scimUser.deleteMany({ where });
  await tx.directoryGroupMember.deleteMany({ where });
  await tx.peopleImport.deleteMany({ where });
  await tx.absence.deleteMany({ where });
}

/** Positions of the texts beside the evidence about somebody. */
export async function listDetailsOf(tx: Tx, body: string, personId: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ position: number }[]>`
    SELECT d.position FROM "EvidenceDetail" d JOIN "Evidence" e ON e.body = d.body AND e.position = d.position
     WHERE d.body = ${body} AND e.subject = ${personId}`;
  return rows.map(({ position }) => position);
}

/** Erases texts beside the evidence. @returns how many */
export async function eraseDetails(tx: Tx, body: string, positions: readonly number[]): Promise<number> {
  if (positions.length === 0) return 0;
  return (await tx.evidenceDetail.deleteMany({ where: { body, position: { in: [...positions] } } })).count;
}

/** What a text must hold to be looked at: a regular expression for plain letters, and one for the text itself. */
export interface TextClues {
  words: string;
  initials: string;
}

/** A row with its texts: strings, lists of them, or any JSON with strings in it, by column. */
export interface TextRow {
  id: string;
  texts: Record<string, unknown>;
}

const ROWS_READ_AT_ONCE = 1_000;

/** The rows of a table in which a text holds what is looked for, in the order of their ids. */
export async function* eachRowWith(
  tx: Tx,
  table: NameTableShape,
  body: string,
  { words, initials }: TextClues,
): AsyncGenerator<TextRow> {
  const isLike = columnsOf(table).map(({ plain }) => `(plain_letters(${plain}) ~ $1 OR ($2 <> '' AND ${plain} ~ $2))`);
  const sql = `SELECT ${selected(table)} FROM "${table.table}" WHERE (${isLike.join(" OR ")}) AND ${table.scope} AND ${idOf(table)} > $4
     ORDER BY ${idOf(table)} LIMIT ${ROWS_READ_AT_ONCE}`;
  for (let after = ""; ;) {
    const rows = await tx.$queryRawUnsafe<TextRow[]>(sql, words, initials, body, after);
    for (const { id, texts } of rows) yield { id, texts };
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_READ_AT_ONCE) return;
    after = last.id;
  }
}

/** Rows of a table by their ids, locked. */
export async function lockTextRows(
  tx: Tx,
  table: NameTableShape,
  body: string,
  ids: readonly string[],
): Promise<TextRow[]> {
  const sql = `SELECT ${selected(table)} FROM "${table.table}" WHERE $1 = '' AND $2 = '' AND ${table.scope} AND ${idOf(table)} = ANY($4::text[])
     ORDER BY ${idOf(table)} FOR UPDATE`;
  return tx.$queryRawUnsafe<TextRow[]>(sql, "", "", body, [...ids]);
}

/** One row of a table; null if it is gone. */
export async function readTextRow(tx: Tx, table: NameTableShape, body: string, id: string): Promise<TextRow | null> {
  const sql = `SELECT ${selected(table)} FROM "${table.table}" WHERE $1 = '' AND $2 = '' AND ${table.scope} AND ${idOf(table)} = $4`;
  return (await tx.$queryRawUnsafe<TextRow[]>(sql, "", "", body, id))[0] ?? null;
}

/** Writes the texts of a row anew. */
export async function writeTexts(tx: Tx, table: NameTableShape, { id, texts }: TextRow): Promise<void> {
  const columns = columnsOf(table);
  const set = columns.map(({ column, type }, at) => {
    if (type !== "list") return `"${column}" = $${at + 2}::${type}`;
    return `"${column}" = ARRAY(SELECT jsonb_array_elements_text($${at + 2}::jsonb))`;
  });
  const values = columns.map(({ column, type }) => {
    const value = texts[column] ?? null;
    return type === "text" || value === null ? value : JSON.stringify(value);
  });
  await tx.$executeRawUnsafe(`UPDATE "${table.table}" SET ${set.join(", ")} WHERE id = $1`, id, ...values);
}

/** The reference of what a row belongs to; null if it has none. */
export async function findReference(tx: Tx, table: NameTableShape, id: string): Promise<string | null> {
  const sql = `SELECT ${REFERENCE} AS reference FROM (SELECT to_jsonb(o) AS row FROM "${table.table}" o WHERE ${idOf(table)} = $1) t`;
  return (await tx.$queryRawUnsafe<{ reference: string | null }[]>(sql, id))[0]?.reference ?? null;
}

/** Of a row `t.row`, as JSON. */
const REFERENCE = (() => {
  const of = (parent: string, key: string) => `(SELECT reference FROM "${parent}" WHERE id = t.row ->> '${key}')`;
  return `coalesce(t.row ->> 'reference', CASE WHEN t.row ? 'before' THEN t.row ->> 'subject' END, ${of("Exception", "exceptionId")},
      ${of("ChatGroup", "groupId")}, ${of("Incident", "incidentId")}, ${of("UnderstandingSample", "sampleId")}, ${of("Hold", "holdId")},
      ${of("PhoneReturn", "returnId")}, ${of("InformationRequest", "requestId")},
      (SELECT q.reference FROM "SearchRequest" s JOIN "InformationRequest" q ON q.id = s."requestId" WHERE s.id = t.row ->> 'searchId'),
      (SELECT e.reference FROM "ExceptionRisk" r JOIN "Exception" e ON e.id = r."exceptionId" WHERE r.id = t.row ->> 'riskId'))`;
})();

/** An entry that refers to somebody, by which column, and the reference of what it belongs to. */
export interface TiedEntry {
  table: string;
  column: string;
  reference: string | null;
}

/** What refers to somebody in these tables, each once: the database knows which columns do. */
export async function listTied(tx: Tx, personId: string, tables: readonly string[]): Promise<TiedEntry[]> {
  const ties = await tx.$queryRaw<{ table: string; column: string }[]>`
    SELECT t.relname::text AS table, a.attname::text AS column FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = '"Person"'::regclass AND t.relname = ANY(${[...tables]}::text[])`;
  if (ties.length === 0) return [];
  const parts = ties.map(
    ({ table, column }) => `SELECT DISTINCT '${table}' AS "table", '${column}' AS "column", ${REFERENCE} AS reference
      FROM (SELECT to_jsonb(o) AS row FROM "${table}" o WHERE o."${column}" = $1) t`,
  );
  return tx.$queryRawUnsafe<TiedEntry[]>(`${parts.join(" UNION ALL ")} ORDER BY 1, 2, 3`, personId);
}

function columnsOf({ text = [], list = [], json = [], key }: NameTableShape) {
  // What JSON writes for a line end would join two words.
  const read = (column: string) => `regexp_replace("${column}"::text, '\\\\[nrt"]', ' ', 'g')`;
  return [
    ...text.map((column) => ({ column, type: "text" as const, plain: key ? read(column) : `"${column}"` })),
    ...json.map((column) => ({ column, type: "jsonb" as const, plain: read(column) })),
    ...list.map((column) => ({ column, type: "list" as const, plain: `array_to_string("${column}", E'\\n')` })),
  ];
}

function selected(table: NameTableShape): string {
  const pairs = columnsOf(table).map(({ column }) => `'${column}', to_jsonb("${column}")`);
  return `${idOf(table)} AS id, jsonb_build_object(${pairs.join(", ")}) AS texts`;
}

function idOf({ key }: NameTableShape): string {
  return key ? `${key}::text` : "id";
}

/** As in name-rules.ts: names of tables and columns are written there, never taken from anybody. */
interface NameTableShape {
  table: string;
  scope: string;
  text?: readonly string[];
  list?: readonly string[];
  json?: readonly string[];
  /** What tells its rows apart within a body, "id" if not set. */
  key?: "position";
}

export type NameDoubtRecord = Prisma.NameDoubtGetPayload<{ include: { person: { select: { name: true } } } }>;

export async function insertDoubts(tx: Tx, rows: readonly Prisma.NameDoubtUncheckedCreateInput[]): Promise<void> {
  await tx.nameDoubt.createMany({ data: [...rows], skipDuplicates: true });
}

/** Those of a body, the oldest first. */
export async function listDoubts(tx: Tx, body: string, take: number): Promise<NameDoubtRecord[]> {
  return tx.nameDoubt.findMany({
    where: { body },
    include: { person: { select: { name: true } } },
    orderBy: [{ foundAt: "asc" }, { id: "asc" }],
    take,
  });
}

export async function countDoubts(tx: Tx, body: string): Promise<number> {
  return tx.nameDoubt.count({ where: { body } });
}

/** One of them, locked; null if it is settled. */
export async function lockDoubt(tx: Tx, body: string, id: string): Promise<NameDoubtRecord | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "NameDoubt" WHERE body = ${body} AND id = ${id} FOR UPDATE`;
  if (!row) return null;
  return tx.nameDoubt.findUnique({ where: { id: row.id }, include: { person: { select: { name: true } } } });
}

export async function deleteDoubts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.nameDoubt.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Deletes those about a row that now has this text, where nothing of what was found is in it any more. */
export async function deleteSettled(
  tx: Tx,
  where: { body: string; table: string; row: string },
  text: string,
): Promise<void> {
  const doubts = await tx.nameDoubt.findMany({ where });
  await deleteDoubts(
    tx,
    doubts.filter(({ words }) => !words.some((word) => text.includes(word))).map(({ id }) => id),
  );
}

/** Where the texts of a body's doubts stand. */
export async function listDoubtRows(tx: Tx, body: string): Promise<{ table: string; row: string }[]> {
  return tx.nameDoubt.findMany({ where: { body }, select: { table: true, row: true } });
}

import { addDays } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import type { RetentionKind } from "#domain/gather/retention/rule.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

/**
 * Where text may name somebody, by table. Whoever adds a text column says here what happens to a leaver's name in it; a
 * test compares this with the schema, and says why a name may stay elsewhere.
 */
export interface NameTable {
  table: string;
  /** Rows of one body, whose slug is `$3`. */
  scope: string;
  text?: readonly string[];
  list?: readonly string[];
  json?: readonly string[];
  /** What tells its rows apart within a body, "id" if not set. */
  key?: "position";
}

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

/** Which rows of a table `t` are due, apart from how many at once. */
interface DueRows {
  table: string;
  where: Prisma.Sql;
  /** What tells its rows apart, "id" if not set. */
  key?: "ctid";
  /** Whether what stood in them before they were corrected goes too. */
  hasCorrections?: true;
}

const { sql } = Prisma;

const rowsDue: Record<Exclude<RetentionKind, "leaver-name">, (due: Due) => DueRows[]> = {
  mail: (due) => [
    {
      table: "Mail",
      where: sql`${ofBody(due)} AND "createdAt" < ${due.before} AND state <> 'waiting' AND ${ofNobodyHeld(due)}`,
    },
    {
      table: "Notice",
      where: sql`${ofBody(due)} AND "createdAt" < ${due.before} AND ${ofNobodyHeld(due)}
        AND NOT EXISTS (SELECT 1 FROM "Mail" m WHERE m."noticeId" = t.id)`,
    },
    { table: "WebhookMessage", where: sql`body = ${due.body} AND "queuedAt" < ${due.before} AND state <> 'waiting'` },
  ],
  "sign-in-trace": (due) => [
    {
      table: "Session",
      where: sql`"personId" IN (SELECT id FROM "Person" WHERE body = ${due.body}) AND "expiresAt" < ${due.before}
        AND ${ofNobodyHeld(due)}`,
    },
  ],
  question: (due) => [
    {
      table: "ClauseQuestion",
      where: sql`${ofBody(due)} AND "answeredAt" < ${due.before} AND (note IS NULL OR "noteWithdrawnAt" < ${due.before})
        AND ${ofNobodyHeld(due)}`,
    },
    { table: "UnfoundWords", where: sql`body = ${due.body} AND "day" <= ${due.lastDay}` },
  ],
  proposal: (due) => [
    {
      table: "VersionProposal",
      where: sql`${ofBody(due)} AND "endedAt" < ${due.before} AND ${ofNobodyHeld(due)}
        AND NOT EXISTS (SELECT 1 FROM "VersionSignature" s WHERE s."proposalId" = t.id AND NOT ${ofNobodyHeld(due)})`,
    },
  ],
  "kept-result": (due) => [
    { table: "Receipt", where: sql`body = ${due.body} AND "keptAt" < ${due.before} AND ${ofNobodyHeld(due)}` },
  ],
  acknowledgement: (due) => [
    {
      table: "Acknowledgement",
      where: sql`${ofBody(due)} AND "givenAt" < ${due.before} AND ${ofNobodyHeld(due)}
        AND (EXISTS (SELECT 1 FROM "Person" p WHERE p.id = t."personId" AND p.status = 'left')
             OR EXISTS (SELECT 1 FROM "Acknowledgement" b
                         WHERE b."personId" = t."personId" AND b.policy = t.policy AND b."givenAt" > t."givenAt"))`,
    },
    {
      table: "WithdrawnAnswer",
      where: sql`${ofBody(due)} AND "withdrawnAt" < ${due.before} AND ${ofNobodyHeld(due)}`,
    },
    { table: "PolicyReading", where: sql`body = ${due.body} AND "openedAt" < ${due.before} AND ${ofNobodyHeld(due)}` },
  ],
  exception: (due) => [
    {
      table: "Exception",
      where: sql`${ofBody(due)} AND ${notHeld("requesterId", due.held.people)}
        AND CASE WHEN state = 'approved' THEN "endsAt" < ${due.before}
                 WHEN state IN ('draft', 'declined', 'withdrawn', 'revoked')
                 THEN GREATEST("changedAt", "decidedAt") < ${due.before}
                 ELSE FALSE END`,
    },
    ...["DebtConsideration", "OutsideRuleReading"].map((table) => {
      return { table, where: sql`${ofBody(due)} AND at < ${due.before} AND ${ofNobodyHeld(due)}` };
    }),
  ],
  incident: (due) => [
    {
      table: "Incident",
      where: sql`${ofBody(due)} AND "closedAt" < ${due.before} AND ${notHeld("reporterId", due.held.people)}
        AND ${notHeld("managerId", due.held.people)} AND ${notHeld("groupId", due.held.groups)}`,
    },
  ],
  "clear-down": (due) =>
    ["ClearDownStop", "ClearDownCall", "ClearDown"].map((table) => ({
      table,
      key: "ctid",
      where: sql`${notKept("groupId", due)} AND ${notHeld("groupId", due.held.groups)}
        AND EXISTS (SELECT 1 FROM "ChatGroup" g WHERE g.id = t."groupId" AND g.body = ${due.body}
                       AND g.state = 'closed' AND g."closedAt" < ${due.before})`,
    })),
  group: (due) => [
    {
      table: "ChatGroup",
      where: sql`${ofBody(due)} AND ${notHeld("id", due.held.groups)}
        AND CASE state WHEN 'closed' THEN "closedAt" < ${due.before}
                       WHEN 'declined' THEN "decidedAt" < ${due.before} ELSE FALSE END
        AND NOT EXISTS (SELECT 1 FROM "HoldTarget" h WHERE h."groupId" = t.id)
        AND NOT EXISTS (SELECT 1 FROM "CapturedRecord" r WHERE r."groupId" = t.id AND r."disposedAt" IS NULL)
        AND NOT EXISTS (SELECT 1 FROM "Incident" i WHERE i."groupId" = t.id AND i."closedAt" IS NULL)`,
    },
  ],
  app: (due) => [
    {
      table: "App",
      where: sql`${ofBody(due)} AND state <> 'approved' AND ${notHeld("riskOwnerId", due.held.people)}
        AND NOT EXISTS (SELECT 1 FROM "AppDecision" d
                         WHERE d."appId" = t.id AND (d.at >= ${due.before} OR NOT ${ofNobodyHeld(due)}))
        AND NOT EXISTS (SELECT 1 FROM "ChatGroup" g WHERE g.body = t.body AND g.app = t.name)`,
    },
  ],
  "phone-return": (due) => [
    {
      table: "PhoneReturn",
      where: sql`${ofBody(due)} AND coalesce("checkedAt", "cancelledAt") < ${due.before} AND ${ofNobodyHeld(due)}`,
    },
  ],
  hold: (due) => [
    { table: "Hold", where: sql`body = ${due.body} AND "endedAt" < ${due.before}`, hasCorrections: true },
  ],
  request: (due) => [
    {
      table: "InformationRequest",
      where: sql`${ofBody(due)} AND "closedAt" < ${due.before} AND ${notHeld("complainantId", due.held.people)}
        AND NOT EXISTS (SELECT 1 FROM "Hold" h WHERE h.id = t."holdId" AND h."endedAt" IS NULL)
        AND NOT EXISTS (SELECT 1 FROM "SearchRequest" s WHERE s."requestId" = t.id AND NOT ${ofNobodyHeld(due)})`,
    },
  ],
  "photo-consent": (due) => [
    {
      table: "Consent",
      where: sql`${ofBody(due)} AND ("until" <= ${due.lastDay} OR "withdrawnAt" < ${due.before}) AND ${ofNobodyHeld(due)}`,
      hasCorrections: true,
    },
  ],
  "check-held": (due) => [
    { table: "UnderstandingCheck", where: sql`${ofBody(due)} AND "heldOn" <= ${due.lastDay} AND ${ofNobodyHeld(due)}` },
    {
      // One that a hold concerns somebody of is kept whole.
      table: "UnderstandingSample",
      where: sql`${ofBody(due)} AND "lastDay" <= ${due.lastDay} AND ${ofNobodyHeld(due)}
        AND NOT EXISTS (SELECT 1 FROM "SampledPerson" p WHERE p."sampleId" = t.id AND NOT ${ofNobodyHeld(due)})`,
    },
  ],
  // About nobody, so no hold concerns them; a month is due when its last day is.
  tally: ({ body, lastDay }) =>
    ["ClauseTally", "ResultTally"].map((table) => {
      return { table, key: "ctid", where: sql`body = ${body} AND month < ${addDays(lastDay, 1).slice(0, 7)}` };
    }),
  "evidence-text": (due) => [
    {
      table: "EvidenceDetail",
      key: "ctid",
      where: sql`body = ${due.body} AND position::text <> ALL(${[...due.keptRows]}::text[]) AND EXISTS (
        SELECT 1 FROM "Evidence" e WHERE e.body = t.body AND e.position = t.position AND e.at < ${due.before}
           AND ${notHeld("actor", due.held.people)}
           AND e.subject <> ALL(${[...due.held.people, ...due.held.references]}::text[])
           AND NOT EXISTS (SELECT 1 FROM "ChatGroup" g
                 WHERE g.body = e.body AND g.reference = e.subject AND g.id = ANY(${[...due.held.groups]}::text[]))
           AND NOT EXISTS (SELECT 1 FROM "CapturedRecord" r
                 WHERE r.body = e.body AND r.reference = e.subject AND r."disposedAt" IS NULL))`,
    },
  ],
};

/** Deletes the next ones of a kind that are due, except those kept by a hold. @returns how many */
export async function deleteDue(tx: Tx, kind: keyof typeof rowsDue, due: Due): Promise<number> {
  let count = 0;
  for (const { table, where, key = "id", hasCorrections } of rowsDue[kind](due)) {
    const [from, name] = [Prisma.raw(`"${table}"`), Prisma.raw(key)];
    const deletion = sql`DELETE FROM ${from} WHERE ${name} = ANY(ARRAY(
      SELECT t.${name} FROM ${from} t WHERE ${where} LIMIT ${due.take}))`;
    count += await (hasCorrections ? deleteWithCorrections(tx, deletion) : tx.$executeRaw(deletion));
  }
  return count;
}

async function deleteWithCorrections(tx: Tx, deletion: Prisma.Sql): Promise<number> {
  const [done] = await tx.$queryRaw<{ count: number }[]>`
    WITH gone AS (${deletion} RETURNING reference),
         corrected AS (DELETE FROM "Correction" WHERE subject IN (SELECT reference FROM gone))
    SELECT count(*)::int AS count FROM gone`;
  return done?.count ?? 0;
}

/** Of the body, and not kept because it names people or words of a hold. */
function ofBody(due: Due): Prisma.Sql {
  return sql`body = ${due.body} AND ${notKept("id", due)}`;
}

function notKept(column: string, { keptRows }: Due): Prisma.Sql {
  return sql`${Prisma.raw(`"${column}"`)} <> ALL(${[...keptRows]}::text[])`;
}

function ofNobodyHeld({ held }: Due): Prisma.Sql {
  return notHeld("personId", held.people);
}

/** Ids of these rows of a table, and of what each belongs to. */
export async function listWithOwners(tx: Tx, table: NameTable, ids: readonly string[]): Promise<string[]> {
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
export const listLeavers = async (tx: Tx, due: Due, after: string): Promise<Leaver[]> => tx.$queryRaw<Leaver[]>`
    SELECT ${leaverFields} FROM "Person" p WHERE ${isLeaverDue(due)} AND p.id > ${after} ORDER BY p.id LIMIT ${due.take}`;

/** Those of them who still are, locked; skips rows locked by another transaction. */
export const lockLeavers = async (tx: Tx, due: Due, ids: readonly string[]) => tx.$queryRaw<Leaver[]>`
    SELECT ${leaverFields} FROM "Person" p WHERE ${isLeaverDue(due)} AND p.id = ANY(${[...ids]}::text[])
     ORDER BY p.id FOR UPDATE SKIP LOCKED`;

/** Who in a body has one of these names, ignoring case: name → their ids. */
export async function listNameHolders(tx: Tx, body: string, names: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ word: string; id: string }[]>`
    SELECT w.word, p.id FROM unnest(${[...new Set(names)]}::text[]) AS w(word)
      JOIN "Person" p ON p.body = ${body} AND lower(p.name) = lower(w.word)`;
  const holders = grouped(rows, ({ word }) => word);
  return new Map([...holders].map(([word, found]) => [word, found.map(({ id }) => id)]));
}

/** Replaces all that identifies somebody by a pseudonym. */
export const writePseudonym = (
  tx: Tx,
  personId: string,
  { name, email, at }: { name: string; email: string; at: Date },
) =>
  tx.person.update({
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

/** Deletes what was only of use to them: ways to sign in, mail to them, what they typed last. */
export async function deletePersonal(tx: Tx, personIds: readonly string[]): Promise<void> {
  const where = { personId: { in: [...personIds] } };
  await tx.session.deleteMany({ where });
  await tx.account.deleteMany({ where });
  await tx.formInput.deleteMany({ where });
  await tx.begunForm.deleteMany({ where });
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
export async function* eachRowWith(tx: Tx, table: NameTable, body: string, { words, initials }: TextClues) {
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
export async function lockTextRows(tx: Tx, table: NameTable, body: string, ids: readonly string[]): Promise<TextRow[]> {
  const sql = `SELECT ${selected(table)} FROM "${table.table}" WHERE $1 = '' AND $2 = '' AND ${table.scope} AND ${idOf(table)} = ANY($4::text[])
     ORDER BY ${idOf(table)} FOR UPDATE`;
  return tx.$queryRawUnsafe<TextRow[]>(sql, "", "", body, [...ids]);
}

/** One row of a table; null if it is gone. */
export async function readTextRow(tx: Tx, table: NameTable, body: string, id: string): Promise<TextRow | null> {
  const sql = `SELECT ${selected(table)} FROM "${table.table}" WHERE $1 = '' AND $2 = '' AND ${table.scope} AND ${idOf(table)} = $4`;
  return (await tx.$queryRawUnsafe<TextRow[]>(sql, "", "", body, id))[0] ?? null;
}

/** Writes the texts of a row anew. */
export async function writeTexts(tx: Tx, table: NameTable, { id, texts }: TextRow): Promise<void> {
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
export async function findReference(tx: Tx, table: NameTable, id: string): Promise<string | null> {
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

function columnsOf({ text = [], list = [], json = [], key }: NameTable) {
  // What JSON writes for a line end would join two words.
  const read = (column: string) => `regexp_replace("${column}"::text, '\\\\[nrt"]', ' ', 'g')`;
  return [
    ...text.map((column) => ({ column, type: "text" as const, plain: key ? read(column) : `"${column}"` })),
    ...json.map((column) => ({ column, type: "jsonb" as const, plain: read(column) })),
    ...list.map((column) => ({ column, type: "list" as const, plain: `array_to_string("${column}", E'\\n')` })),
  ];
}

function selected(table: NameTable): string {
  const pairs = columnsOf(table).map(({ column }) => `'${column}', to_jsonb("${column}")`);
  return `${idOf(table)} AS id, jsonb_build_object(${pairs.join(", ")}) AS texts`;
}

const idOf = ({ key }: NameTable): string => (key ? `${key}::text` : "id");

export type NameDoubtRecord = Prisma.NameDoubtGetPayload<{ include: { person: { select: { name: true } } } }>;

export const insertDoubts = (tx: Tx, rows: readonly Prisma.NameDoubtUncheckedCreateInput[]) =>
  tx.nameDoubt.createMany({ data: [...rows], skipDuplicates: true });

/** Those of a body, the oldest first. */
export const listDoubts = (tx: Tx, body: string, take: number): Promise<NameDoubtRecord[]> =>
  tx.nameDoubt.findMany({
    where: { body },
    include: { person: { select: { name: true } } },
    orderBy: [{ foundAt: "asc" }, { id: "asc" }],
    take,
  });

export const countDoubts = (tx: Tx, body: string): Promise<number> => tx.nameDoubt.count({ where: { body } });

/** One of them, locked; null if it is settled. */
export async function lockDoubt(tx: Tx, body: string, id: string): Promise<NameDoubtRecord | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "NameDoubt" WHERE body = ${body} AND id = ${id} FOR UPDATE`;
  if (!row) return null;
  return tx.nameDoubt.findUnique({ where: { id: row.id }, include: { person: { select: { name: true } } } });
}

export const deleteDoubts = (tx: Tx, ids: readonly string[]) =>
  tx.nameDoubt.deleteMany({ where: { id: { in: [...ids] } } });

/** Deletes those about a row that now has this text, where nothing of what was found is in it any more. */
export async function deleteSettled(tx: Tx, where: { body: string; table: string; row: string }, text: string) {
  const doubts = await tx.nameDoubt.findMany({ where });
  await deleteDoubts(
    tx,
    doubts.filter(({ words }) => !words.some((word) => text.includes(word))).map(({ id }) => id),
  );
}

/** Where the texts of a body's doubts stand. */
export const listDoubtRows = (tx: Tx, body: string): Promise<{ table: string; row: string }[]> =>
  tx.nameDoubt.findMany({ where: { body }, select: { table: true, row: true } });

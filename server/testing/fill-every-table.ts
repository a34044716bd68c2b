import type { PrismaClient } from "#server/base/db/generated/client.ts";

// Three rows in every table that the schema has, now and in future: one with something in every column, two with nothing
// wherever nothing may stand. What a check constraint wants beyond that is in SPECIAL.

const ROWS = [1, 2, 3] as const;
type RowNumber = (typeof ROWS)[number];
type Values = Record<string, string | null>;

const HEX = "0123456789abcdef".repeat(4);
/** What breaks a line, a quotation, an array or a careless decoder somewhere. */
const ODD = `Ünïcödé 🙂 "quoted" 'single' back\\slash \\u0000 {a,b} \u2028 line\nfeed\r\ttab 名前`;
const BIG = "A long text, as people paste them. ".repeat(20_000);

/** By table: what every row has, and what single rows have instead. */
const SPECIAL: Record<string, { all?: Values; rows?: Partial<Record<RowNumber, Values>> }> = {
  Acknowledgement: { rows: { 1: { reason: ODD, reply: BIG } } },
  ApiToken: { all: { scopes: "{read,evaluate}", expiresAt: "2027-11-24T10:00:00Z" } },
  BegunForm: { all: { values: "{}", path: "/records/new", endedAt: null } },
  CapturedRecord: { rows: { 1: { content: BIG, disposedAt: null, disposedById: null } } },
  ChatGroup: { rows: { 1: { clearEveryDays: null } } },
  ClearDownCall: { all: { level: "deputy" } },
  ContinuityActivity: {
    rows: {
      1: { current: null },
      2: { body: "nao", current: "nao" },
      3: { body: "cleveland-opcc", current: "cleveland-opcc" },
    },
  },
  Receipt: { all: { verdict: "with-care" } },
  Evidence: { all: { data: "{}" } },
  GroupMember: {
    rows: {
      1: { name: null, organisation: null, joinHash: null },
      2: { name: ODD, organisation: "Elsewhere" },
      3: { name: "x", organisation: "y" },
    },
  },
  HoldTarget: { rows: { 1: { groupId: null }, 2: { groupId: "ChatGroup 2" }, 3: { personId: "Person 3" } } },
  Deputy: { all: { from: "2026-11-23", until: "2026-11-27", role: "line-manager" } },
  IncidentReading: { all: { what: "opened" } },
  JobRun: { rows: { 1: { failure: null } } },
  Mail: {
    rows: { 1: { digestDay: null, state: "sent" }, 2: { digestDay: "2026-11-23" }, 3: { digestDay: "2026-11-22" } },
  },
  // Addresses are kept in small letters.
  Person: {
    all: { standsInAs: "{}" },
    rows: {
      1: { email: "ünïcödé+{a,b}@nao.invalid" },
      2: { email: "two@nao.invalid" },
      3: { email: "three@nao.invalid" },
    },
  },
  SigningKey: {
    rows: {
      1: { body: "nao", current: "nao", sealed: ODD, retiredAt: null, revokedAt: null, revokedBecause: null },
      2: { current: null, sealed: null, retiredAt: "2026-11-23T10:00:00Z", revokedAt: null, revokedBecause: null },
      3: { body: null, current: null, sealed: null, retiredAt: "2026-11-24T10:00:00Z" },
    },
  },
};

interface Column {
  table: string;
  name: string;
  type: string;
  isNullable: boolean;
  enumValue: string | null;
  /** Table and column that it points at. */
  refersTo: { table: string; column: string } | null;
}

/**
 * Fills every table.
 * @returns names of the tables
 * @throws naming the table whose checks its rows do not keep: it wants an entry in SPECIAL
 */
export async function fillEveryTable(prisma: PrismaClient): Promise<string[]> {
  const columns = await listColumns(prisma);
  const tables = [...new Set(columns.map(({ table }) => table))];
  await prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica"); // rows point at each other in circles
      for (const table of tables) {
        const own = columns.filter((column) => column.table === table);
        for (const row of ROWS) {
          const names = own.map(({ name }) => `"${name}"`).join(", ");
          const places = own.map(({ type }, index) => `$${index + 1}::text::${type}`).join(", ");
          const values = own.map((column) => valueOf(column, row, columns));
          await tx
            .$executeRawUnsafe(`INSERT INTO "${table}" (${names}) VALUES (${places})`, ...values)
            .catch((error: unknown) => {
              const reason = error instanceof Error ? error.message : String(error);
              throw new Error(`Row ${row} of ${table} is refused; give it an entry in SPECIAL: ${reason}`);
            });
        }
      }
    },
    { timeout: 60_000 },
  );
  return tables;
}

function listColumns(prisma: PrismaClient): Promise<Column[]> {
  return prisma.$queryRaw<Column[]>`
    SELECT c.relname::text AS table, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
           NOT a.attnotnull AS "isNullable",
           (SELECT enumlabel::text FROM pg_enum WHERE enumtypid = a.atttypid ORDER BY enumsortorder LIMIT 1) AS "enumValue",
           (SELECT json_build_object('table', f.confrelid::regclass::text, 'column', fa.attname)
              FROM pg_constraint f JOIN pg_attribute fa ON fa.attrelid = f.confrelid AND fa.attnum = f.confkey[1]
             WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.conkey[1] = a.attnum LIMIT 1) AS "refersTo"
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     ORDER BY c.relname, a.attnum`;
}

function valueOf(column: Column, row: RowNumber, columns: readonly Column[]): string | null {
  const special = SPECIAL[column.table];
  const given = special?.rows?.[row]?.[column.name] ?? special?.all?.[column.name];
  if (given !== undefined) return given;
  if (special?.rows?.[row] && column.name in special.rows[row]) return null;
  if (row !== 1 && column.isNullable) return null;
  const { refersTo } = column;
  if (refersTo) return keyOf(refersTo, turn(column, row, columns), columns);
  return plainValue(column, row, columns.filter(({ table }) => table === column.table).indexOf(column));
}

function keyOf({ table, column: name }: { table: string; column: string }, row: RowNumber, columns: readonly Column[]) {
  const target = columns.find(
    (column) =>
      `"${column.table}"`.includes(table.replaceAll('"', "")) &&
      column.table === table.replaceAll('"', "") &&
      column.name === name,
  );
  if (!target) throw new Error(`Nothing is known of ${table}.${name}.`);
  return valueOf(target, row, columns);
}

/** Nobody decides on their own request: of several people that a row names, each is another one. */
function turn(column: Column, row: RowNumber, columns: readonly Column[]): RowNumber {
  const others = columns.filter(
    ({ table, refersTo }) => table === column.table && refersTo?.table === column.refersTo?.table,
  );
  const isSelf = column.refersTo?.table.replaceAll('"', "") === column.table;
  return ROWS[(row - 1 + others.indexOf(column) + (isSelf ? 1 : 0)) % 3] ?? row;
}

function plainValue({ table, name, type, enumValue }: Column, row: RowNumber, ordinal: number): string {
  if (enumValue !== null) return enumValue;
  if (type === "text[]")
    return row === 1 ? `{"a,b","{}","say ""hm""",NULL,"",🙂}`.replaceAll('""hm""', '\\"hm\\"') : "{}";
  if (type === "boolean[]") return row === 1 ? "{t,f}" : "{}";
  if (type === "integer[]") return row === 1 ? "{48,-24,0}" : "{}";
  if (type === "jsonb")
    return row === 1
      ? `{"deep": [1, 2.50, null, true, {"ü": ${JSON.stringify(ODD.replace("\\u0000", ""))}}], "big": 12345678901234567890.125}`
      : "{}";
  if (type === "boolean") return String(row === 1);
  if (type === "integer") return String(row);
  if (type.startsWith("timestamp")) return `2026-11-24T10:${String(ordinal).padStart(2, "0")}:00.${row}23Z`;
  if (type === "bigint" || type.startsWith("numeric")) return `900719925474099${row}`;
  if (type.startsWith("double")) return `0.${row}00000000000000055`;
  if (type === "bytea") return `\\x00ff0${row}`;
  if (type !== "text" && !type.startsWith("character")) throw new Error(`No row has a ${type} yet: ${table}.${name}.`);
  if (/(hash|seal|commitment)$/i.test(name)) return HEX.slice(0, 63) + row;
  if (name === "month") return "2026-11";
  if (/(On|Day|^day|Until|From|until|Wanted|wanted\w+)$/.test(name)) return `2026-11-2${row}`;
  if (name === "id") return `${table} ${row}`;
  return `${table} ${name} ${row}${row === 1 ? ` ${ODD}` : ""}`;
}

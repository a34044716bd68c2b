import PgBoss from "pg-boss";
import type pg from "pg";
import type { PrismaClient } from "./generated/client.ts";
import { StartFailure } from "#server/base/start-failure.ts";

// Two database accounts: one owns the tables and changes them (DATABASE_OWNER_URL), the portal runs as the other, which
// may read and write rows and no more. So whoever gains the portal's account cannot rewrite the evidence.

/** The job queue; it creates and changes its tables by itself, so the portal's account owns them. */
const QUEUE_SCHEMA = "pgboss";
const HOW = "docs/operating.md, under “Two accounts”, has the lines that make both";

/**
 * Checks that both connections are to one database, and that the portal's account has fewer rights than the owner's.
 * @param owner holds the advisory lock with this number
 * @throws StartFailure that says what to do
 */
export async function checkAccounts(owner: pg.Client, portal: pg.Client, lock: number): Promise<void> {
  const { name, pid, database } = await one<{ name: string; pid: number; database: string }>(
    owner,
    "SELECT current_user AS name, pg_backend_pid() AS pid, current_database() AS database",
  );
  const portalName = await checkOneDatabase(portal, { pid, database, lock }, ["DATABASE_OWNER_URL", "DATABASE_URL"]);
  await checkWeakness(owner, name, portalName);
  await checkOwnership(owner, name, database);
}

/**
 * Checks that a connection through the pooler is the portal's account in the same database.
 * @param direct its connection to the server itself
 * @param locking holds the advisory lock with this number
 * @throws StartFailure that says what to do
 */
export async function checkPooled(pooled: pg.Client, direct: pg.Client, locking: pg.Client, lock: number) {
  const { pid, database } = await one<{ pid: number; database: string }>(
    locking,
    "SELECT pg_backend_pid() AS pid, current_database() AS database",
  );
  const { name } = await one<{ name: string }>(direct, "SELECT current_user AS name");
  const pooledName = await checkOneDatabase(pooled, { pid, database, lock }, ["DATABASE_SESSION_URL", "DATABASE_URL"]);
  if (pooledName !== name)
    throw new StartFailure(
      `DATABASE_SESSION_URL and DATABASE_URL name different accounts (${name} and ${pooledName}): give both the portal's own.`,
    );
}

/**
 * Whether the portal's connection sees the lock held by the other: if so, both are to one database. @returns the
 * account of the portal
 */
async function checkOneDatabase(
  portal: pg.Client,
  owner: { pid: number; database: string; lock: number },
  settings: readonly [string, string],
): Promise<string> {
  const own = await one<{ name: string; database: string; isSame: boolean }>(
    portal,
    `SELECT current_user AS name, current_database() AS database, EXISTS (
       SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = $1 AND objid = $2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "isSame"`,
    [owner.pid, owner.lock],
  );
  if (!own.isSame)
    throw new StartFailure(
      `${settings.join(" and ")} name different databases (${owner.database} and ${own.database}, or one name on two servers): give both the same ${settings[0] === "DATABASE_OWNER_URL" ? "host, port and database" : "database of one server"}.`,
    );
  return own.name;
}

/** Whether the portal's account could change more than rows, and so alter the evidence. */
async function checkWeakness(owner: pg.Client, name: string, portalName: string): Promise<void> {
  const power = await one<{ isOwner: boolean; isStrong: boolean; canSwitch: boolean; ownsDatabase: boolean }>(
    owner,
    `SELECT pg_has_role($1::name, $2::name, 'MEMBER') AS "isOwner",
            r.rolsuper OR r.rolcreaterole OR r.rolreplication
              OR pg_has_role(r.oid, 'pg_execute_server_program', 'MEMBER')
              OR pg_has_role(r.oid, 'pg_write_server_files', 'MEMBER') AS "isStrong",
            has_parameter_privilege(r.oid, 'session_replication_role', 'SET') AS "canSwitch",
            pg_has_role(r.oid, d.datdba, 'MEMBER') OR pg_has_role(r.oid, n.nspowner, 'MEMBER') AS "ownsDatabase"
       FROM pg_roles r, pg_database d, pg_namespace n
      WHERE r.rolname = $1 AND d.datname = current_database() AND n.nspname = 'public'`,
    [portalName, name],
  );
  const why = power.isStrong
    ? "is a superuser, may make accounts, replicate, or run programs and write files on the server"
    : power.isOwner
      ? `is the account ${name} of DATABASE_OWNER_URL, or a member of it`
      : power.ownsDatabase
        ? "owns the database, or its schema public, itself or as a member of who does"
        : power.canSwitch
          ? "may switch triggers off (session_replication_role)"
          : null;
  if (why !== null)
    throw new StartFailure(
      `The account ${portalName} of DATABASE_URL ${why}, so it could change the evidence: give the portal one that owns nothing. ${HOW}.`,
    );
}

/** Whether the owner's account owns the database and everything in it. */
async function checkOwnership(owner: pg.Client, name: string, database: string): Promise<void> {
  const { isDatabases, isSchemas } = await one<{ isDatabases: boolean; isSchemas: boolean }>(
    owner,
    `SELECT pg_has_role(current_user, d.datdba, 'USAGE') AS "isDatabases", pg_has_role(current_user, n.nspowner, 'USAGE') AS "isSchemas"
       FROM pg_database d, pg_namespace n WHERE d.datname = current_database() AND n.nspname = 'public'`,
  );
  if (!isDatabases || !isSchemas)
    throw new StartFailure(
      `The account ${name} of DATABASE_OWNER_URL does not own ${isDatabases ? "the schema public of the database" : "the database"} ${database}: hand it over. ${HOW}.`,
    );
  const [other] = await all<{ table: string; owner: string }>(
    owner,
    `SELECT c.relname AS table, pg_get_userbyid(c.relowner) AS owner FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
        AND NOT pg_has_role(current_user, c.relowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1 LIMIT 1`,
  );
  if (other)
    throw new StartFailure(
      `The table ${other.table} belongs to the account ${other.owner}, not to ${name} of DATABASE_OWNER_URL: hand the tables over to it. ${HOW}.`,
    );
}

/**
 * Grants the portal's account the use of what exists now, and nothing more; also of tables added by later migrations.
 * @throws StartFailure if it still has more rights, through another role or through PUBLIC
 */
export async function admit(owner: pg.Client, portal: pg.Client): Promise<void> {
  const { name } = await one<{ name: string }>(portal, "SELECT quote_ident(current_user) AS name");
  await owner.query("BEGIN");
  try {
    for (const sql of await grants(owner, name)) await owner.query(sql);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`The account ${name} of DATABASE_URL could not be given what it needs (${reason}). ${HOW}.`);
  }
  await makeQueue(owner, portal, name);
  await checkRights(portal);
}

/** Drops the queue, which only the portal's account can do: for `npm run restore`. The next start creates it anew. */
export async function dropQueue(portal: pg.Client): Promise<void> {
  await portal.query(`DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
}

/** Whether the account that the portal runs as could change the tables. */
export async function ownsTables(prisma: PrismaClient): Promise<boolean> {
  const [found] = await prisma.$queryRaw<{ owns: boolean }[]>`
    SELECT pg_has_role(current_user, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = '"Evidence"'::regclass`;
  return found?.owns ?? false;
}

async function grants(owner: pg.Client, name: string): Promise<string[]> {
  const rows = "ON ALL TABLES IN SCHEMA public";
  const { canCreate } = await one<{ canCreate: boolean }>(
    owner,
    `SELECT coalesce(bool_or(a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner), false) AS "canCreate"
       FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE n.nspname = 'public'`,
  );
  return [
    ...(canCreate ? [`REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${name}`] : []),
    `GRANT USAGE ON SCHEMA public TO ${name}`,
    `REVOKE ALL ${rows} FROM PUBLIC, ${name}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ${rows} TO ${name}`,
    `REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name}`,
    ...(await appendOnly(owner)).map(({ table, refused }) => `REVOKE ${refused} ON ${table} FROM ${name}`),
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
    `GRANT EXECUTE ON FUNCTION append_evidence(text, jsonb) TO ${name}`,
  ];
}

/** What the journal's triggers refuse is not even granted; the bits of tgtype say which operations. */
const appendOnly = (owner: pg.Client): Promise<{ table: string; refused: string }[]> =>
  all(
    owner,
    `SELECT t.tgrelid::regclass::text AS table,
            concat_ws(', ', CASE WHEN bool_or(t.tgtype & 16 <> 0) THEN 'UPDATE' END,
                            CASE WHEN bool_or(t.tgtype & 8 <> 0) THEN 'DELETE' END, 'TRUNCATE') AS refused
       FROM pg_trigger t WHERE t.tgfoid = 'public.refuse_change()'::regprocedure AND NOT t.tgisinternal GROUP BY t.tgrelid`,
  );

/**
 * Creates the queue as the portal's account, which is allowed to create a schema only for this moment. A queue created
 * by another account is dropped first: everything in it can be derived from the records.
 */
async function makeQueue(owner: pg.Client, portal: pg.Client, name: string): Promise<void> {
  const { database } = await one<{ database: string }>(owner, "SELECT quote_ident(current_database()) AS database");
  const found = `SELECT pg_has_role($1::name, nspowner, 'USAGE') AS "isOwn" FROM pg_namespace WHERE nspname = '${QUEUE_SCHEMA}'`;
  const [schema] = await all<{ isOwn: boolean }>(owner, found, [name.replace(/^"|"$/g, "").replaceAll('""', '"')]);
  if (schema && !schema.isOwn) await owner.query(`DROP SCHEMA ${QUEUE_SCHEMA} CASCADE`);
  const isMissing = !schema?.isOwn;
  if (isMissing) await owner.query(`GRANT CREATE ON DATABASE ${database} TO ${name}`);
  try {
    if (isMissing) await portal.query(PgBoss.getConstructionPlans(QUEUE_SCHEMA));
  } finally {
    await owner.query(`REVOKE CREATE ON DATABASE ${database} FROM ${name}`);
  }
}

async function checkRights(portal: pg.Client): Promise<void> {
  const [found] = await all<{ right: string; table: string }>(
    portal,
    `SELECT p.name AS right, c.oid::regclass::text AS table
       FROM pg_class c CROSS JOIN (VALUES ('TRUNCATE'), ('TRIGGER'), ('REFERENCES')) p(name)
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, p.name)
     UNION ALL
     SELECT p.name, t.tgrelid::regclass::text FROM pg_trigger t CROSS JOIN (VALUES ('UPDATE', 16), ('DELETE', 8)) p(name, bit)
      WHERE t.tgfoid = 'public.refuse_change()'::regprocedure AND t.tgtype & p.bit <> 0 AND has_table_privilege(t.tgrelid, p.name)
     UNION ALL
     SELECT 'CREATE', 'schema public' WHERE has_schema_privilege('public', 'CREATE')
     LIMIT 1`,
  );
  if (!found) return;
  const { name } = await one<{ name: string }>(portal, "SELECT current_user AS name");
  throw new StartFailure(
    `The account ${name} of DATABASE_URL may ${found.right} on ${found.table} by what everybody may, or a role that it is a member of, so it could change the evidence: take that away. ${HOW}.`,
  );
}

const all = async <Row extends object>(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await client.query<Row>(sql, values)).rows;

async function one<Row extends object>(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row> {
  const [row] = await all<Row>(client, sql, values);
  if (!row) throw new Error(`The database did not answer: ${sql}`);
  return row;
}

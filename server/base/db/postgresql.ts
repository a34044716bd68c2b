import { setTimeout as pause } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { StartFailure } from "#server/base/start-failure.ts";
import { admit, checkAccounts, checkPooled, dropQueue } from "./accounts.ts";
import type { Database } from "./database.ts";
import { PrismaClient } from "./generated/client.ts";
import { checkMigrated, migrate, type MigrationConnection } from "./migrate.ts";
import { DIRECT, makePool, SERVER_OPTIONS } from "./pool.ts";
import { openReplica } from "./replica.ts";

const CONNECT_WITHIN_MS = 5_000;
const WAIT_FOR_OTHERS = "60s";
/** A portal that nobody is using is recognised by its scheduled jobs, which poll every few seconds. */
const LOOKS_FOR_PORTAL = 4;
const LOOK_AGAIN_AFTER_MS = 500;
/** The lock number that Prisma's own tools use, so that they and we wait for each other. */
const ADVISORY_LOCK = 72_707_369;

export interface FurtherAddresses {
  /** The account to migrate it as; the account of its first address may then use the tables but not change them. */
  ownerUrl?: string | null;
  /** The server's own, if the first is a pooler's. */
  sessionUrl?: string | null;
  /** Of a replica. */
  readUrl?: string | null;
}

/**
 * Opens the database on a PostgreSQL server and migrates it; processes that start at once wait for each other.
 * @throws StartFailure if it cannot be reached or migrated, or accounts or addresses are wrong; never contains the
 * password
 */
export async function openPostgresql(
  databaseUrl: string,
  migrationFolder: string,
  { ownerUrl = null, sessionUrl, readUrl }: FurtherAddresses = {},
): Promise<Database> {
  const directUrl = sessionUrl ?? databaseUrl;
  const pooledUrl = directUrl === databaseUrl ? null : databaseUrl;
  await migrateUnderLock(directUrl, migrationFolder, { ownerUrl, pooledUrl });
  const adapter = new PrismaPg(makePool(databaseUrl, pooledUrl !== null), { disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter });
  const queue = { connectionString: directUrl };
  const replica = readUrl ? openReplica(readUrl) : null;
  const close = async () => void (await Promise.all([prisma.$disconnect(), replica?.close()]));
  return { kind: "postgresql", prisma, queue, replica, close };
}

/** The setting that the server's own address comes from. */
const settingOf = (pooledUrl: string | null): "DATABASE_URL" | "DATABASE_SESSION_URL" =>
  pooledUrl === null ? "DATABASE_URL" : "DATABASE_SESSION_URL";

/**
 * Opens the database read-only, as it is: nothing is migrated, and every write is refused.
 * @param migrationFolder null: of whatever version it is
 * @throws StartFailure if it cannot be reached, or is of another version
 */
export async function openPostgresqlToRead(databaseUrl: string, migrationFolder: string | null): Promise<Database> {
  const client = await connect(databaseUrl);
  try {
    if (migrationFolder !== null) await checkMigrated(migrationConnection(client), migrationFolder);
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(`The database at ${hostOf(databaseUrl)} could not be read (${reason(error)}).`);
  } finally {
    await client.end();
  }
  const options = "-c default_transaction_read_only=on";
  const adapter = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_WITHIN_MS, options });
  const prisma = new PrismaClient({ adapter });
  return { kind: "postgresql", prisma, queue: null, replica: null, close: () => prisma.$disconnect() };
}

/**
 * Opens the database to restore a backup, under the lock that a portal takes when it starts.
 * @param ownerUrl of the tables' owner, if that is another account
 * @returns null if a portal is running on it, which shows in the connections that it keeps
 * @throws StartFailure if it cannot be reached, or the accounts are wrong
 */
export async function openPostgresqlToRestore(databaseUrl: string, ownerUrl: string | null = null) {
  const client = await connectToChange(databaseUrl, ownerUrl);
  let portal: pg.Client | null = null;
  const close = async () => {
    await portal?.end();
    await client.end();
  };
  try {
    for (let looks = 0; looks < LOOKS_FOR_PORTAL; looks++) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'with-care%'`,
      );
      if (rowCount !== 0) return await client.end().then(() => null);
      await pause(LOOK_AGAIN_AFTER_MS);
    }
    if (ownerUrl !== null) {
      portal = await connect(databaseUrl);
      await checkAccounts(client, portal, ADVISORY_LOCK);
    }
    const account = portal;
    return {
      connection: migrationConnection(client),
      begin: async () => void (account && (await dropQueue(account))),
      finish: async () => void (account && (await admit(client, account))),
      close,
    };
  } catch (error) {
    await close();
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(`The database at ${hostOf(databaseUrl)} cannot be used (${reason(error)}).`);
  }
}

const migrationConnection = (client: pg.Client): MigrationConnection => ({
  query: async <Row>(sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as Row[],
  run: async (script) => void (await client.query(script)),
});

async function migrateUnderLock(
  directUrl: string,
  migrationFolder: string,
  { ownerUrl, pooledUrl }: { ownerUrl: string | null; pooledUrl: string | null },
): Promise<void> {
  const client = await connectToChange(directUrl, ownerUrl, pooledUrl);
  let [portal, pooled]: (pg.Client | null)[] = [null, null];
  try {
    portal = ownerUrl === null ? null : await connect(directUrl, settingOf(pooledUrl));
    if (portal) await checkAccounts(client, portal, ADVISORY_LOCK);
    if (pooledUrl !== null) {
      await setForAccount(portal ?? client); // before the pooler makes connections
      pooled = await connect(pooledUrl);
      await checkPooled(pooled, portal ?? client, client, ADVISORY_LOCK);
    }
    await migrate(migrationConnection(client), migrationFolder);
    if (portal) await admit(client, portal);
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(
      `The database at ${hostOf(directUrl)} could not be migrated (${reason(error)}): look at its log.`,
    );
  } finally {
    await Promise.all([portal?.end(), pooled?.end()]);
    await client.end(); // also frees the advisory lock
  }
}

/** A connection as the tables' owner, under the lock that allows one change at a time. */
async function connectToChange(directUrl: string, ownerUrl: string | null, pooledUrl: string | null = null) {
  const setting = settingOf(pooledUrl);
  // A pooler that refuses options would refuse the portal's own connections.
  await requireSession(
    () => connect(directUrl, setting, pooledUrl === null ? { options: DIRECT.options } : {}),
    setting,
  );
  if (ownerUrl !== null) await requireSession(() => connect(ownerUrl, "DATABASE_OWNER_URL"), "DATABASE_OWNER_URL");
  const client = await (ownerUrl === null ? connect(directUrl, setting) : connect(ownerUrl, "DATABASE_OWNER_URL"));
  try {
    await client.query("SET search_path TO public"); // not objects that somebody may have created in another schema
    await client.query(`SET lock_timeout = '${WAIT_FOR_OTHERS}'`);
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    return client;
  } catch (error) {
    await client.end();
    throw new StartFailure(
      `The database at ${hostOf(ownerUrl ?? directUrl)} could not be migrated (${reason(error)}): look at its log.`,
    );
  }
}

/**
 * One connection, for what the pool cannot do.
 * @param setting that the address comes from
 * @param more further connection settings
 * @throws StartFailure if the server cannot be reached
 */
export async function connect(databaseUrl: string, setting = "DATABASE_URL", more: pg.ClientConfig = {}) {
  const client = new pg.Client({ ...more, connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on("error", () => {}); // a lost connection also fails the query that waits for it
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (reason(error).startsWith("unsupported startup parameter")) throw noSession(setting); // PgBouncer's wording
    const [, remedy = USUAL_REMEDY] = REMEDIES.find(([words]) => words.test(reason(error))) ?? [];
    throw new StartFailure(
      `The database at ${hostOf(databaseUrl)} cannot be used (${reason(error)}): ${remedy.replaceAll("SETTING", setting)}.`,
    );
  }
}

const USUAL_REMEDY = "check that it runs, and that SETTING names the right host, database, user and password";

/** What to do, by what the server or TLS says. */
const REMEDIES: readonly (readonly [words: RegExp, remedy: string])[] = [
  [
    /self.signed|unable to (get|verify)/i,
    "its certificate comes from an authority that is not known here, such as your own: save that authority's certificate (PEM) where the portal's account can read it, and add sslmode=verify-full&sslrootcert=/path/to/ca.pem to SETTING (docs/operating.md, “TLS to the database”)",
  ],
  [
    /does not match certificate/i,
    "its certificate is for another name: write that name as the host in SETTING, or have one made for this name; sslmode=verify-ca compares no names",
  ],
  [/certificate (has expired|is not yet valid)/i, "renew it there, and compare the clocks of both machines"],
  [
    /does not support SSL/i,
    "switch TLS on there (ssl = on), or, only where the way to it is yours alone, set sslmode=disable in SETTING",
  ],
  [/no encryption|SSL off/i, "it takes encrypted connections alone: add sslmode=verify-full to SETTING"],
  [
    /client certificate|alert .*(certificate|unknown ca)/i,
    "it wants a certificate of the portal: add sslcert=/path/client.crt&sslkey=/path/client.key to SETTING",
  ],
  [/password/i, "correct user and password in SETTING; what is special in an address is written as %40 for @"],
  [/database .* does not exist/i, "make it there (createdb), or correct its name in SETTING"],
];

function hostOf(databaseUrl: string): string {
  const { hostname, port } = new URL(databaseUrl);
  return `${hostname || "localhost"}:${port || "5432"}`;
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

// A pooler that assigns connections per transaction (PgBouncer's transaction mode) keeps no session: a lock outlives
// whoever took it, and what was set for a connection is set for somebody else's.

/**
 * Checks whether two connections of one address ever share a connection to the server.
 * @param connect opens a connection to that address
 * @param setting that the address comes from
 * @throws StartFailure if they do, saying what to set
 */
async function requireSession(connect: () => Promise<pg.Client>, setting: string): Promise<void> {
  const one = await connect();
  const other = await connect();
  try {
    const before = await backendOf(one);
    await other.query("BEGIN"); // takes a server connection to itself: with a pooler the one most recently freed
    if (before === (await backendOf(other)) || before !== (await backendOf(one))) throw noSession(setting);
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

/** What to say if an address does not lead to the server itself. @param setting that the address comes from */
const noSession = (setting: string): StartFailure =>
  new StartFailure(
    setting === "DATABASE_URL"
      ? "DATABASE_URL names a pooler that keeps no session for each connection: set DATABASE_SESSION_URL to the database server's own address, for the same database and account (docs/operating.md, “A pooler”)."
      : `${setting} names a pooler that keeps no session for each connection: give the database server's own address (docs/operating.md, “A pooler”).`,
  );

/**
 * Sets for the portal's account in this database what the portal otherwise sets for each connection: a pooler does not
 * pass that on. It applies to connections that the pooler makes from now on.
 * @param direct a connection of that account to the server itself
 */
async function setForAccount(direct: pg.Client): Promise<void> {
  const { rows } = await direct.query<{ name: string }>("SELECT quote_ident(current_database()) AS name");
  for (const option of SERVER_OPTIONS) {
    const [name, value] = option.split("=");
    await direct.query(`ALTER ROLE CURRENT_USER IN DATABASE ${rows[0]?.name} SET ${name} = '${value}'`);
  }
}

const backendOf = async (client: pg.Client): Promise<number | undefined> =>
  (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;

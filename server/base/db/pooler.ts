import "server-only";
import type pg from "pg";
import { StartFailure } from "#server/base/start-failure.ts";
import { SERVER_OPTIONS } from "./pool.ts";

// A pooler that assigns connections per transaction (PgBouncer's transaction mode) keeps no session: a lock outlives
// whoever took it, and what was set for a connection is set for somebody else's.

/**
 * Checks whether two connections of one address ever share a connection to the server.
 * @param connect opens a connection to that address
 * @param setting that the address comes from
 * @throws StartFailure if they do, saying what to set
 */
export async function requireSession(connect: () => Promise<pg.Client>, setting: string): Promise<void> {
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
export function noSession(setting: string): StartFailure {
  return new StartFailure(
    setting === "DATABASE_URL"
      ? "DATABASE_URL names a pooler that keeps no session for each connection: set DATABASE_SESSION_URL to the database server's own address, for the same database and account (docs/operating.md, “A pooler”)."
      : `${setting} names a pooler that keeps no session for each connection: give the database server's own address (docs/operating.md, “A pooler”).`,
  );
}

/**
 * Sets for the portal's account in this database what the portal otherwise sets for each connection: a pooler does not
 * pass that on. It applies to connections that the pooler makes from now on.
 * @param direct a connection of that account to the server itself
 */
export async function setForAccount(direct: pg.Client): Promise<void> {
  const { rows } = await direct.query<{ name: string }>("SELECT quote_ident(current_database()) AS name");
  for (const option of SERVER_OPTIONS) {
    const [name, value] = option.split("=");
    await direct.query(`ALTER ROLE CURRENT_USER IN DATABASE ${rows[0]?.name} SET ${name} = '${value}'`);
  }
}

async function backendOf(client: pg.Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
}

import { createHmac } from "node:crypto";
import { StartFailure } from "#server/base/start-failure.ts";
import { DIRECT } from "./pool.ts";
import { connect } from "./postgresql.ts";

/** The first of the two numbers of PostgreSQL advisory locks: marks those that identify a running server's secret. */
const SECRETS = 72_707_370;
const CHECK = `SELECT EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid <> $2 AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS "isOther"`;

/**
 * Ensures that all servers running on a database have the same sign-in secret; otherwise people would be signed in at
 * one and not at another. Each holds a lock whose number is derived from its secret, as long as it runs, and looks for
 * others.
 * @param directUrl the server's own address, not a pooler's
 * @returns releases it
 * @throws StartFailure if a server with another secret is running
 */
export async function holdSameSecret(directUrl: string, secret: string): Promise<() => Promise<void>> {
  const client = await connect(directUrl, undefined, { application_name: DIRECT.application_name });
  try {
    await client.query("SET tcp_keepalives_idle = 30"); // a machine that went down is forgotten after minutes, not hours
    const number = createHmac("sha256", secret).update("same-secret").digest().readUInt32BE() >>> 1;
    await client.query("SELECT pg_advisory_lock_shared($1, $2)", [SECRETS, number]);
    const { rows } = await client.query<{ isOther: boolean }>(CHECK, [SECRETS, number]);
    if (rows[0]?.isOther)
      throw new StartFailure(
        "Another server runs on this database with another AUTH_SECRET: give all servers the same one, so that who signs in at one is known to the others, or stop the other server first.",
      );
  } catch (error) {
    await client.end();
    throw error;
  }
  return () => client.end();
}

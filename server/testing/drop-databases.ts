import pg from "pg";
import { TEST_DATABASES } from "./database-name.ts";

/** Before and after all tests: drops what earlier ones, also killed ones, left on the test server. */
export async function setup(): Promise<() => Promise<void>> {
  await dropDatabases();
  return dropDatabases;
}

async function dropDatabases(): Promise<void> {
  const connectionString = process.env["TEST_DATABASE_URL"];
  if (!connectionString) return;
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>("SELECT datname AS name FROM pg_database");
    const left = rows.filter(({ name }) => name.startsWith(TEST_DATABASES));
    for (const { name } of left) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

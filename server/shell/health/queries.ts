import "server-only";
import path from "node:path";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { checkMigrated } from "#server/base/db/migrate.ts";
import packageJson from "../../../package.json" with { type: "json" };

const ANSWER_WITHIN_MS = 3_000;

export interface Health {
  status: "ok" | "error";
  /** "ok", or "error: …" in words that give away nothing. */
  database: string;
  version: string;
}

/** Each part "ok", or "error: …" in words that give away nothing. */
export interface Readiness {
  status: "ok" | "error";
  database: string;
  migrations: string;
  content: string;
}

// A database that hangs is asked once, however many ask after its health.
let probe: Promise<string> | undefined;
let migrationProbe: Promise<string> | undefined;

/** How the portal is; answers within about three seconds, also when the database does not. Needs no sign-in. */
export async function getHealth(): Promise<Health> {
  probe ??= probeDatabase().finally(() => (probe = undefined));
  const database = await within(ANSWER_WITHIN_MS, probe);
  return { status: database === "ok" ? "ok" : "error", database, version: packageJson.version };
}

/** Whether people can be sent here; answers within about three seconds. Needs no sign-in. */
export async function getReadiness(): Promise<Readiness> {
  probe ??= probeDatabase().finally(() => (probe = undefined));
  migrationProbe ??= probeMigrations().finally(() => (migrationProbe = undefined));
  const parts = [probe, migrationProbe, probeContent()].map((part) => within(ANSWER_WITHIN_MS, part));
  const [database = "", migrations = "", content = ""] = await Promise.all(parts);
  const isReady = [database, migrations, content].every((part) => part === "ok");
  return { status: isReady ? "ok" : "error", database, migrations, content };
}

/** A newer version that shares the database may have brought it up to date: this one should get no more people then. */
async function probeMigrations(): Promise<string> {
  const query = <Row>(sql: string) => getDatabase().$queryRawUnsafe<Row[]>(sql);
  try {
    await checkMigrated({ query, run: () => Promise.resolve() }, path.join(process.cwd(), "prisma", "migrations"));
    return "ok";
  } catch {
    return "error: the database is not as this version has it, or does not answer";
  }
}

async function probeContent(): Promise<string> {
  return loadContent().then(
    () => "ok",
    () => "error: the content could not be read",
  );
}

async function probeDatabase(): Promise<string> {
  try {
    await getDatabase().$queryRaw`SELECT 1`;
    return "ok";
  } catch {
    return "error: the database does not answer queries";
  }
}

async function within(milliseconds: number, answer: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`error: no answer within ${milliseconds / 1000} seconds`), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

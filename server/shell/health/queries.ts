import path from "node:path";
import { loadContent } from "#server/base/content/store.ts";
import { getProviderState } from "#server/access/identity/provider.ts";
import { getDatabase, getOpenDatabase, type Replica } from "#server/base/db/database.ts";
import { checkMigrated } from "#server/base/db/migrate.ts";
import { getRunning } from "#server/shell/schedule/running.ts";
import { getEnv } from "#server/base/environment/env.ts";
import packageJson from "../../../package.json" with { type: "json" };

const ANSWER_WITHIN_MS = 3_000;

export interface Health {
  status: "ok" | "error";
  /** "ok", or "error: …" in words that reveal nothing. */
  database: string;
  version: string;
}

/** Each part "ok", or "error: …" in words that reveal nothing. */
export interface Readiness {
  status: "ok" | "error";
  database: string;
  migrations: string;
  content: string;
  /** The portal serves people without it, and tries again by itself: it does not count towards `status`. */
  timedWork: string;
  /** Only if there is an identity provider. Who is signed in goes on without it, so it does not count towards `status`. */
  signIn?: string;
  /** Only if one is configured. The portal is fully functional without it, so it does not count towards `status`. */
  replica?: string;
}

// A database that hangs is queried once, however many health checks there are.
let probe: Promise<string> | undefined;
let migrationProbe: Promise<string> | undefined;
let replicaProbe: Promise<string> | undefined;

/** The state of the portal; answers within about three seconds, even if the database does not. Needs no sign-in. */
export async function getHealth(): Promise<Health> {
  probe ??= probeDatabase().finally(() => (probe = undefined));
  const database = await within(ANSWER_WITHIN_MS, probe);
  return { status: database === "ok" ? "ok" : "error", database, version: packageJson.version };
}

/** Whether traffic can be sent here; answers within about three seconds. Needs no sign-in. */
export async function getReadiness(): Promise<Readiness> {
  probe ??= probeDatabase().finally(() => (probe = undefined));
  migrationProbe ??= probeMigrations().finally(() => (migrationProbe = undefined));
  const { replica: named } = getOpenDatabase();
  if (named) replicaProbe ??= probeReplica(named).finally(() => (replicaProbe = undefined));
  const parts = [probe, migrationProbe, probeContent(), ...(replicaProbe ? [replicaProbe] : [])];
  const signInProbe = within(ANSWER_WITHIN_MS, getProviderState(getEnv().oidc));
  const answers = await Promise.all(parts.map((part) => within(ANSWER_WITHIN_MS, part)));
  const [database = "", migrations = "", content = "", replica] = answers;
  const isReady = [database, migrations, content].every((part) => part === "ok");
  const timedWork = TIMED_WORK[getRunning()?.kind ?? "none"];
  const signIn = await signInProbe;
  const status: "ok" | "error" = isReady ? "ok" : "error";
  const known = { status, database, migrations, content, timedWork, ...(signIn !== null && { signIn }) };
  return replica === undefined ? known : { ...known, replica };
}

const TIMED_WORK = {
  running: "ok",
  starting: "starting",
  failed: "error: it could not begin here, and is tried again: the log and /admin/jobs say why",
  none: "error: it was not begun here",
};

/** A newer version sharing the database may have migrated it: this one should then get no more traffic. */
async function probeMigrations(): Promise<string> {
  const query = <Row>(sql: string) => getDatabase().$queryRawUnsafe<Row[]>(sql);
  try {
    await checkMigrated({ query, run: () => Promise.resolve() }, path.join(process.cwd(), "prisma", "migrations"));
    return "ok";
  } catch {
    return "error: the database is not as this version has it, or does not answer";
  }
}

const probeContent = async (): Promise<string> =>
  loadContent().then(
    () => "ok",
    () => "error: the content could not be read",
  );

async function probeDatabase(): Promise<string> {
  try {
    await getDatabase().$queryRaw`SELECT 1`;
    return "ok";
  } catch {
    return "error: the database does not answer queries";
  }
}

async function probeReplica(replica: Replica): Promise<string> {
  try {
    const isReplica = await replica.isReplicaOf(getDatabase());
    return isReplica ? "ok" : "error: DATABASE_READ_URL does not lead to a replica of this database";
  } catch {
    return "error: the replica does not answer, so everything is read where it is written";
  }
}

async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`error: no answer within ${milliseconds / 1000} seconds`), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

import "server-only";
import { clock } from "./clock.ts";
import { ContentError, loadContent, watchContent } from "./content/store.ts";
import { closeDataFolder, makeDataFolder } from "./data-folder.ts";
import { ownsTables } from "./db/accounts.ts";
import { closeDatabase } from "./db/database.ts";
import { openDatabase } from "./db/open-database.ts";
import { holdSameSecret } from "./db/same-secret.ts";
import { EnvironmentError } from "./environment.mjs";
import { getEnv } from "./env.ts";
import { readAuthSecret } from "./identity/auth-secret.ts";
import { checkProvider } from "./identity/provider.ts";
import { seedSamplePeople } from "./identity/seed.ts";
import { limitRequest } from "./limit/service.ts";
import { beginSending } from "./mail/sender.ts";
import { countRequests } from "./metric/process.ts";
import { recordReleases } from "./policy/service.ts";
import { findVisitor } from "./request/visitor.ts";
import { checkSamples } from "./retention/sample-queries.ts";
import { beginTimedWork } from "./schedule/running.ts";
import { checkGroupRoles } from "./scim/definition.ts";
import { StartFailure } from "./start-failure.ts";

// scripts/start.mjs, outside the bundle, calls this when the server has stopped.
const shared = globalThis as typeof globalThis & {
  withCareStop?: () => Promise<void>;
  /** Counts a request towards its limit: for scripts/front/front.mjs. */
  withCareLimit?: typeof limitRequest;
  /** Who sends a request, before its body is read: for the same. */
  withCareVisitor?: typeof findVisitor;
  /** Keeps secrets out of the log: from scripts/front/log.mjs. */
  withCareSecrets?: { add(secret: string): void };
};

/** Makes everything ready that a request needs; ends the process with one sentence where it cannot. */
export async function startPortal(): Promise<void> {
  try {
    const env = getEnv();
    const { bodies } = await loadContent();
    makeDataFolder(env.dataDir);
    const wasOpen = closeDataFolder(env.dataDir);
    if (wasOpen !== null) console.warn(wasOpen);
    const database = await openDatabase(env);
    shared.withCareStop = closeDatabase;
    if (database.kind === "postgresql" && !env.evaluation && (await ownsTables(database.prisma)))
      console.warn(
        "The portal signs in to the database as the owner of its tables: with DATABASE_OWNER_URL it would not (docs/operating.md, “Two accounts”).",
      );
    const secret = readAuthSecret(env);
    const letGoOfSecret = env.databaseUrl ? await holdSameSecret(env.databaseUrl, secret) : async () => {};
    countRequests();
    shared.withCareSecrets?.add(secret);
    shared.withCareLimit = limitRequest;
    shared.withCareVisitor = findVisitor;
    checkProvider(env.oidc);
    checkGroupRoles(env.scimGroupRoles);
    await checkSamples(database.prisma, env.evaluation, clock.now());
    if (env.evaluation) await seedSamplePeople(database.prisma, bodies);
    await recordReleases();
    const stopWatching = watchContent(recordReleases);
    const stopTimedWork = beginTimedWork(database);
    const stopSending = beginSending();
    shared.withCareStop = async () => {
      await Promise.all([stopWatching(), stopTimedWork(), stopSending(), letGoOfSecret()]);
      await closeDatabase();
    };
  } catch (error) {
    console.error(explain(error));
    await closeDatabase();
    process.exit(1);
  }
}

function explain(error: unknown): string {
  const isClear = [StartFailure, EnvironmentError, ContentError].some((known) => error instanceof known);
  const message = error instanceof Error ? error.message : String(error);
  if (isClear) return message;
  // Prisma puts the reason in its last line, below a picture of the code.
  return `With Care could not start: ${message.trim().split("\n").at(-1)}`;
}

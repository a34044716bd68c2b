import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { connectRooms } from "./connect-rooms.ts";
import { checkProvider } from "#server/access/identity/provider.ts";
import { seedSamplePeople } from "#server/access/identity/seed.ts";
import { findVisitor } from "#server/access/identity/visitor.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent, watchContent } from "#server/base/content/store.ts";
import { ownsTables } from "#server/base/db/accounts.ts";
import { closeDatabase } from "#server/base/db/database.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { holdSameSecret } from "#server/base/db/same-secret.ts";
import { closeDataFolder, makeDataFolder } from "#server/base/environment/data-folder.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { shared } from "#server/base/process-shared.mjs";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { StartFailure } from "#server/base/start-failure.ts";
import { beginSending } from "#server/evidence/outbox/sender.ts";
import { checkSamples } from "#server/gather/retention/sample-queries.ts";
import { checkGroupRoles } from "#server/people/scim/definition-writer.ts";
import { settleDrafts } from "#server/policy/draft/service.ts";
import { settleProposals } from "#server/policy/proposal/service.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { EnvironmentError } from "../base/environment/environment.mjs";
import { limitRequest } from "./limit/service.ts";
import { countRequests } from "./metrics/process.ts";
import { listMetrics } from "./metrics/queries.ts";
import { beginTimedWork } from "./schedule/running.ts";
import { seedSampleApps } from "#server/registers/app/sample-service.ts";
import { seedSampleRequest } from "#server/registers/information-request/sample-service.ts";
import { recordRuleStates } from "#server/policy/outside-rule/service.ts";
import { listOpenDuties } from "#server/gather/task/queries.ts";

declare global {
  interface ProcessShared {
    /** Stops what the portal started: for scripts/start.mjs, once the server has stopped. */
    stop?: () => Promise<void>;
    /** Counts a request towards its limit: for server/shell/http/front-handler.mjs. */
    limitRequest?: typeof limitRequest;
    /** Who sends a request, before its body is read: for the same file. */
    findVisitor?: typeof findVisitor;
    /** Keeps secrets out of the log: from scripts/start.mjs. */
    secrets?: { add(secret: string): void };
  }
}

/** Prepares everything that a request needs; exits the process with one sentence if it cannot. */
export async function startPortal(): Promise<void> {
  try {
    const env = getEnv();
    connectRooms(listOpenDuties);
    const { bodies } = await loadContent();
    makeDataFolder(env.dataDir);
    const wasOpen = closeDataFolder(env.dataDir);
    if (wasOpen !== null) console.warn(wasOpen);
    const database = await openDatabase(env);
    shared.stop = closeDatabase;
    if (database.kind === "postgresql" && !env.evaluation && (await ownsTables(database.prisma)))
      console.warn(
        "The portal signs in to the database as the owner of its tables: with DATABASE_OWNER_URL it would not (docs/operating.md, “Two accounts”).",
      );
    const secret = readAuthSecret(env);
    const letGoOfSecret = env.databaseSessionUrl
      ? await holdSameSecret(env.databaseSessionUrl, secret)
      : async () => {};
    countRequests();
    shared.secrets?.add(secret);
    shared.limitRequest = limitRequest;
    shared.findVisitor = findVisitor;
    shared.listMetrics = listMetrics;
    await checkProvider(env.oidc);
    checkGroupRoles(env.scimGroupRoles);
    await checkSamples(database.prisma, env.evaluation, clock.now());
    if (env.evaluation) {
      await seedSamplePeople(database.prisma, bodies);
      await seedSampleApps(bodies);
      await seedSampleRequest(bodies);
    }
    await settleDrafts();
    await recordContent();
    const stopWatching = watchContent(recordContent);
    const stopTimedWork = beginTimedWork(database);
    const stopSending = beginSending();
    shared.stop = async () => {
      await Promise.all([stopWatching(), stopTimedWork(), stopSending(), letGoOfSecret()]);
      await closeDatabase();
    };
    freeMemoryOfStart();
  } catch (error) {
    const isClear = error instanceof StartFailure || error instanceof EnvironmentError;
    if (isClear) console.error(error.message);
    else console.error("With Care could not start:", error);
    await closeDatabase();
    process.exit(1);
  }
}

/** What the content has now, where the database does not know it yet. */
async function recordContent(): Promise<void> {
  await settleProposals();
  await recordReleases();
  await recordRuleStates();
}

/** By then the versions are proven and timed work has begun. */
const FREE_AFTER_MS = 3_000;

/** Gives back to the system what only the start needed, once: Node by itself would keep it until it is needed again. */
function freeMemoryOfStart(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  setTimeout(collect, FREE_AFTER_MS).unref();
}

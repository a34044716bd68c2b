import { type Actor, can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getOpenDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { examine, type HealthLine } from "./checks.ts";

/** How the portal is, a line for each check; null for those who may not know. @param isWhole with what takes long */
export async function listHealthLines(actor: Actor, isWhole: boolean) {
  if (!can(actor, "health.read", actor)) return null;
  return { lines: await examineOwn(isWhole), isWhole };
}

/** The same for `npm run doctor` beside a running portal, with what takes long. @returns "refused" without a valid token */
export async function examineForCommand(token: string): Promise<{ lines: HealthLine[] } | "refused"> {
  if (!isCommandToken("doctor", readAuthSecret(getEnv()), token, clock.now())) return "refused";
  return { lines: await examineOwn(true) };
}

function examineOwn(isWhole: boolean): Promise<HealthLine[]> {
  const database = getOpenDatabase();
  const patient = { env: getEnv(), settingsProblem: null, database, databaseProblem: null, now: clock.now() };
  return examine({ ...patient, node: process.versions.node }, { isWhole });
}

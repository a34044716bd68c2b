import { DatabaseInUse } from "#server/base/db/embedded.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import type { Env } from "#server/base/environment/environment.mjs";
import { findAuthSecret } from "#server/base/secret/auth-secret.ts";
import {
  carryOutKeyCommand,
  keyAnswerSchema,
  type KeyAnswer,
  type KeyCommand,
} from "#server/evidence/signing-key/command-service.ts";
import { commandEnvironment, Refusal } from "./command.ts";
import { runOnDatabase } from "./portal-database.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";

/**
 * Runs a command about the keys that exports are signed with, from its arguments to its exit code: on PostgreSQL and on
 * a stopped portal's embedded database by itself, otherwise through the running portal. Exit 0: done. 1: nothing was
 * changed.
 * @param read parses the arguments; throws a Refusal if they are wrong
 */
export async function runKeyCommand(read: () => KeyCommand): Promise<void> {
  await runOnDatabase("Nothing was changed", async () => {
    const command = read();
    const answer = await carryOut(commandEnvironment(), command);
    if ("problem" in answer) throw new Refusal(answer.problem);
    for (const line of answer.done) console.log(line);
  });
}

async function carryOut(env: Env, command: KeyCommand): Promise<KeyAnswer> {
  try {
    makeDataFolder(env.dataDir);
    await openDatabase(env);
  } catch (error) {
    if (error instanceof DatabaseInUse) return askPortal(env, command);
    throw error;
  }
  // The private key is encrypted with the portal's secret: with a different one the portal could not open it.
  const secret = findAuthSecret(env);
  if (secret === null)
    throw new Refusal(
      `There is no sign-in secret in ${env.dataDir}: set the AUTH_SECRET or the DATA_DIR that the portal has.`,
    );
  return carryOutKeyCommand(command, secret);
}

async function askPortal(env: Env, command: KeyCommand): Promise<KeyAnswer> {
  const { address, response } = await askRunningPortal(env, "signing-keys", "/api/signing-keys", command);
  const answer = keyAnswerSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !answer.success) throw notUnderstood(address);
  return answer.data;
}

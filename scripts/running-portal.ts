import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Env } from "#server/base/environment/environment.mjs";
import { findAuthSecret } from "#server/base/secret/auth-secret.ts";
import { makeCommandToken, type CommandPurpose } from "#server/base/secret/command-token.ts";
import { Refusal } from "./command.ts";

/** What to do if the portal that has the database does not answer as it should. */
export const STOP_IT_FIRST = "stop it first";

/**
 * Asks the portal that is running on the embedded database, which belongs to one process.
 * @param body sent as JSON, or bytes as they are; its answer is not checked, except that it accepted the command
 * @throws Refusal if there is none to ask, or it refuses
 */
export async function askRunningPortal(env: Env, purpose: CommandPurpose, url: string, body: unknown) {
  const address = readAddress(env);
  const secret = findAuthSecret(env);
  if (secret === null)
    throw new Refusal("The running portal has its AUTH_SECRET from its settings: set the same one here, or stop it.");
  const response = await fetch(address + url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${makeCommandToken(purpose, secret, new Date())}`,
      "content-type": body instanceof Uint8Array ? "application/octet-stream" : "application/json",
    },
    body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
    redirect: "manual",
  }).catch(() => null);
  if (!response)
    throw new Refusal(
      `The portal on ${env.dataDir} said that it is at ${address}, but nothing answers there: it may be starting or stopping. Try again in a moment, or ${STOP_IT_FIRST}.`,
    );
  if (response.status === 401)
    throw new Refusal(
      `The portal at ${address} refused: it has another sign-in secret. Set the AUTH_SECRET that it was started with, or ${STOP_IT_FIRST}.`,
    );
  return { address, response };
}

/** The message about a portal with an unexpected answer. */
export const notUnderstood = (address: string): Refusal =>
  new Refusal(`What is at ${address} did not answer as this version of With Care does: ${STOP_IT_FIRST}.`);

function readAddress({ dataDir }: Env): string {
  const file = path.join(dataDir, "portal-address.json");
  const unknown = `Another program is using the database in ${dataDir}, and there is no portal to ask`;
  if (!existsSync(file))
    throw new Refusal(`${unknown}: it may be starting. Try again in a moment, or stop the program first.`);
  try {
    return z.object({ address: z.url() }).parse(JSON.parse(readFileSync(file, "utf8"))).address;
  } catch {
    throw new Refusal(`${unknown}: ${file} cannot be read. Run this as the account that runs the portal.`);
  }
}

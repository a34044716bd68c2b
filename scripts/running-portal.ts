import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Env } from "#server/environment.mjs";
import { findAuthSecret } from "#server/identity/auth-secret.ts";
import { StartFailure } from "#server/start-failure.ts";

/**
 * The portal that runs on the embedded database, which belongs to it alone: for commands that it has to carry out.
 * @throws StartFailure where there is none to ask, or its secret is not at hand
 */
export function findRunningPortal(env: Env): { address: string; secret: string } {
  const file = path.join(env.dataDir, "portal-address.json");
  const unknown = `Another program is using the database in ${env.dataDir}, and there is no portal to ask`;
  if (!existsSync(file))
    throw new StartFailure(`${unknown}: it may be starting. Try again in a moment, or stop the program first.`);
  const secret = findAuthSecret(env);
  if (secret === null)
    throw new StartFailure(
      "The running portal has its AUTH_SECRET from its settings: set the same one here, or stop it first.",
    );
  try {
    return { ...z.object({ address: z.url() }).parse(JSON.parse(readFileSync(file, "utf8"))), secret };
  } catch {
    throw new StartFailure(`${unknown}: ${file} cannot be read. Run this as the account that runs the portal.`);
  }
}

import { z } from "zod";
import { KEY_REVOCATIONS, spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { revokeByCommand, rotateByCommand } from "./service.ts";

/** A request from a command on the server; `body` null: every body served. */
export const keyCommandSchema = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("rotate"), body: z.string().max(100).nullable() }),
  z.strictObject({ what: z.literal("revoke"), kid: z.string().max(100), because: z.enum(KEY_REVOCATIONS) }),
]);
export type KeyCommand = z.infer<typeof keyCommandSchema>;

/** What was done, as lines to print, or why nothing was done. */
export const keyAnswerSchema = z.union([z.object({ done: z.array(z.string()) }), z.object({ problem: z.string() })]);
export type KeyAnswer = z.infer<typeof keyAnswerSchema>;

/**
 * Makes or revokes keys, by command. No permission is needed: whoever runs it has the database and the secret.
 * @param secret the portal's, with which new keys are sealed
 */
export async function carryOutKeyCommand(command: KeyCommand, secret: string): Promise<KeyAnswer> {
  const { bodies } = await loadContent();
  const slugs = bodies.map(({ slug }) => slug);
  if (command.what === "revoke") return revoke(command, slugs, secret);
  if (command.body !== null && !slugs.includes(command.body))
    return { problem: `"${command.body}" is not a body that this portal serves: choose from ${slugs.join(", ")}.` };
  const done: string[] = [];
  for (const body of command.body === null ? slugs : [command.body])
    done.push(
      `${body}: a new key signs from now on. Its thumbprint: ${spokenThumbprint(await rotateByCommand(body, secret))}`,
    );
  return { done };
}

async function revoke(
  { kid, because }: Extract<KeyCommand, { what: "revoke" }>,
  bodies: readonly string[],
  secret: string,
): Promise<KeyAnswer> {
  const result = await revokeByCommand(kid, because, bodies, secret);
  if (result === "unknown")
    return { problem: "No key of this portal has this thumbprint. /.well-known/jwks.json lists all." };
  if (result === "revoked-before") return { problem: "This key is revoked already. That cannot be taken back." };
  const whose = result.body === null ? "the whole portal" : result.body;
  return { done: [`The key ${spokenThumbprint(kid)} of ${whose} is revoked.`] };
}

/**
 * The same, for a command that calls the running portal.
 * @param input what the command sent
 * @returns "refused" without a valid token, whatever was sent; "unreadable" for invalid input
 */
export async function carryOutAskedKeyCommand(
  token: string,
  input: unknown,
): Promise<KeyAnswer | "refused" | "unreadable"> {
  const secret = readAuthSecret(getEnv());
  if (!isCommandToken("signing-keys", secret, token, clock.now())) return "refused";
  const command = keyCommandSchema.safeParse(input);
  return command.success ? carryOutKeyCommand(command.data, secret) : "unreadable";
}

import { can, type Action } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken, type CommandPurpose } from "#server/base/secret/command-token.ts";
import { findActorByCookie } from "#server/access/identity/queries.ts";

/** Who may send a request larger than a form: somebody with a permission in their body, or a command. */
export type LargeBodySender = { action: Action } | { command: CommandPurpose };

/** The sender of a request, as far as is needed before its body is read (server/shell/http/front-handler.mjs). */
export interface Visitor {
  /** The person whose session it is; null if there is none. */
  personId: string | null;
  maySendLarge: boolean;
}

const NOBODY: Visitor = { personId: null, maySendLarge: false };
/** Time limit; a request has five seconds in all. */
const KNOWN_WITHIN_MS = 2_000;

/**
 * Identifies the sender of a request by its session or its token, after checking them.
 * @param from who may send a large body to this address; null if nobody may
 * @throws Error if the database does not answer in time
 */
export async function findVisitor(asked: {
  cookie: string | null;
  authorization: string | null;
  from: LargeBodySender | null;
}): Promise<Visitor> {
  const { cookie, authorization, from } = asked;
  if (from && "command" in from) {
    const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
    const maySendLarge = isCommandToken(from.command, readAuthSecret(getEnv()), token, clock.now());
    return { personId: null, maySendLarge };
  }
  if (cookie === null) return NOBODY;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Who sends a request was not known in time.")), KNOWN_WITHIN_MS);
  });
  const actor = await Promise.race([findActorByCookie(cookie), late]).finally(() => clearTimeout(timer));
  if (!actor) return NOBODY;
  return { personId: actor.personId, maySendLarge: from !== null && can(actor, from.action, actor) };
}

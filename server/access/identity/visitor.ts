import "server-only";
import { can, type Action } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken, type CommandPurpose } from "#server/base/secret/command-token.ts";
import { findActorByCookie } from "#server/access/identity/queries.ts";

/** Who may send more than a form has: somebody with a permission in their body, or a command for its purpose. */
export type LargeBodySender = { action: Action } | { command: CommandPurpose };

/** Who sends a request, as far as it counts before its body is read (server/shell/http/front-handler.mjs). */
export interface Visitor {
  /** Whose session it is; null where it is nobody's. */
  personId: string | null;
  maySendLarge: boolean;
}

const NOBODY: Visitor = { personId: null, maySendLarge: false };
/** A request has five seconds in all. */
const KNOWN_WITHIN_MS = 2_000;

/**
 * Who sends a request, by its session or its token, both checked.
 * @param from who may send a large body to its address; null where nobody may
 * @throws Error where the database does not answer in time
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

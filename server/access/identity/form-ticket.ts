import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";

/** The field of every form that holds its ticket: no form has a field of its own with this name. */
export const TICKET_FIELD = "openedBy";

/**
 * Says in a form who opened it, sealed: when the session has ended by the time it is sent, what was typed is kept for
 * that person, and for nobody who only claims to be them. It opens nothing else.
 */
export function makeFormTicket({ personId }: Actor): string {
  return `${personId}.${seal(personId)}`;
}

/** The person whom a ticket was made for, or null. */
export function readFormTicket(ticket: string): string | null {
  const [personId = "", given = ""] = ticket.split(".");
  const expected = seal(personId);
  const isSame = given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  return isSame ? personId : null;
}

function seal(personId: string): string {
  return createHmac("sha256", readAuthSecret(getEnv())).update(`form-ticket/${personId}`).digest("base64url");
}

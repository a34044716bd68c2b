import { createHmac, timingSafeEqual } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";

/** The hidden field with the ticket that every form has: no form may use this name for a field of its own. */
export const TICKET_FIELD = "openedBy";

/**
 * Makes a sealed ticket that says who opened a form. If the session has ended by the time the form is sent, what was
 * typed is kept for that person, and for nobody who only claims to be them. It has no other use.
 */
export const makeFormTicket = ({ personId }: Actor): string => `${personId}.${seal(personId)}`;

/** The id of the person a ticket was made for, or null. */
export function readFormTicket(ticket: string): string | null {
  const [personId = "", given = ""] = ticket.split(".");
  const expected = seal(personId);
  const isSame = given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  return isSame ? personId : null;
}

const seal = (personId: string): string =>
  createHmac("sha256", readAuthSecret(getEnv())).update(`form-ticket/${personId}`).digest("base64url");

/**
 * What a policy says to do if something was shared by mistake: its statements implemented by the feature `incidents`
 * (S2.24, S3.47-S3.52).
 */
import type { Contact } from "./body.ts";
import type { Clause } from "./clause.ts";
import type { PolicyVersion } from "./policy.ts";

/**
 * Ids of the contacts who can say whether something must be kept; the first one that a body has is used; see
 * content/bodies.
 */
const GOVERNANCE_CONTACTS = ["governance-officer", "information-governance", "dpo", "info-sec"];

/**
 * The clauses, in the order of the text: those that carry such a statement, and those that an obligation is based on.
 */
export function accidentClauses({ clauses, sources, table }: PolicyVersion): Clause[] {
  const obliged = new Set(
    [...table.obligations.values()].filter(({ feature }) => feature === "incidents").flatMap(({ because }) => because),
  );
  return clauses.filter(({ id, from }) => obliged.has(id) || from.some((one) => sources.served[one] === "incidents"));
}

/** Whom to ask first in a body; null if it names nobody for that. */
export function governanceContact(contacts: readonly Contact[]): Contact | null {
  const found = GOVERNANCE_CONTACTS.map((id) => contacts.find((contact) => contact.id === id));
  return found.find((contact) => contact !== undefined) ?? null;
}

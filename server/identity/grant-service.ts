import "server-only";
import { randomUUID } from "node:crypto";
import type { Role } from "#domain/access/role.ts";
import { PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/event.ts";
import { clock } from "#server/clock.ts";
import { untilUnique } from "#server/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/transact.ts";
import { findPersonByEmail, insertPerson, writeRoles, type PersonRecord } from "./repository.ts";

export interface Grant {
  email: string;
  role: Role;
  /** For somebody who is not in the directory yet. */
  newPerson: { body: string; employer: string; name: string } | null;
}

export type GrantResult =
  | { code: "granted"; person: PersonRecord; isNew: boolean }
  | { code: "has-it"; person: PersonRecord }
  | { code: "left"; person: PersonRecord }
  /** Not in the directory, and nothing was said to add them. */
  | { code: "unknown" };

/**
 * Gives somebody a role, by command: this is how a portal gets its first administrator. Who runs it has the database, and
 * needs no permission of ours.
 * @param grant.email in small letters
 */
export async function grantRole({ email, role, newPerson }: Grant): Promise<GrantResult> {
  return untilUnique("Person", () =>
    transact(async (tx): Promise<Change<GrantResult>> => {
      const found = await findPersonByEmail(tx, email);
      if (found?.status === "left") return { result: { code: "left", person: found }, evidence: [] };
      if (found?.roles.includes(role)) return { result: { code: "has-it", person: found }, evidence: [] };
      const at = clock.now();
      if (!found) {
        if (!newPerson) return { result: { code: "unknown" }, evidence: [] };
        const roles: Role[] = role === "employee" ? ["employee"] : ["employee", role];
        const person = await insertPerson(tx, { id: randomUUID(), email, ...newPerson, roles });
        return { result: { code: "granted", person, isNew: true }, evidence: [eventOn(person, "person.added", at)] };
      }
      const person = { ...found, roles: [...found.roles, role] };
      await writeRoles(tx, person.id, person.roles);
      return {
        result: { code: "granted", person, isNew: false },
        evidence: [eventOn(person, "person.roles-changed", at)],
      };
    }),
  );
}

function eventOn(
  { id, body, roles }: PersonRecord,
  event: "person.added" | "person.roles-changed",
  at: Date,
): EvidenceEvent {
  return { body, event, at, actor: PORTAL_ACTOR, subject: id, data: { roles: roles.join(" "), by: "command" } };
}

import "server-only";
import type { Role } from "#domain/access/permission/role.ts";
import { NEW_PERSON } from "#domain/access/identity/person.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { addPerson, changePerson } from "#server/people/directory/person-change.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findByEmail, type PersonRecord } from "#server/access/identity/queries.ts";

export interface Grant {
  email: string;
  role: Role;
  /** For adding somebody who is not in the directory yet. */
  newPerson: { body: string; employer: string; name: string } | null;
}

export type GrantResult =
  | { code: "granted"; person: PersonRecord; isNew: boolean }
  | { code: "has-it"; person: PersonRecord }
  | { code: "left"; person: PersonRecord }
  /** Not in the directory, and there are no details to add them with. */
  | { code: "unknown" };

/**
 * Gives somebody a role, by command: this is how a portal gets its first administrator. No permission is needed:
 * whoever runs it has access to the database.
 * @param grant.email already passed through `normaliseEmail` and `emailProblem`
 */
export async function grantRole({ email, role, newPerson }: Grant): Promise<GrantResult> {
  return untilUnique("Person", () =>
    transact(async (tx): Promise<Change<GrantResult>> => {
      const found = await findByEmail(tx, email);
      if (found?.status === "left") return { result: { code: "left", person: found }, evidence: [] };
      if (found?.roles.includes(role)) return { result: { code: "has-it", person: found }, evidence: [] };
      if (!found && !newPerson) return { result: { code: "unknown" }, evidence: [] };
      const changedBy = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
      const done = found
        ? await changePerson(tx, { body: found.body, personId: found.id }, { roles: [...found.roles, role] }, changedBy)
        : newPerson &&
          (await addPerson(tx, newPerson.body, { ...NEW_PERSON, ...newPerson, email, roles: [role] }, changedBy));
      const person = await findByEmail(tx, email);
      if (!done || done === "last-administrator" || !person) return { result: { code: "unknown" }, evidence: [] };
      const evidence = done.evidence.map((event) => ({ ...event, data: { ...event.data, by: "command" } }));
      return { result: { code: "granted", person, isNew: !found }, evidence, notices: done.notices };
    }),
  );
}

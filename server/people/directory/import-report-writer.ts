import "server-only";
import { createHash } from "node:crypto";
import { changedFields, turnOf } from "#domain/people/directory/change.ts";
import { areMany, type BodyPlan, type KnownTeam } from "#domain/people/directory/import-plan.ts";
import type { BodyReport } from "#domain/people/directory/import-report.ts";
import type { ImportBody } from "#domain/people/directory/import-row.ts";
import type { DirectoryPerson, PersonFields } from "#domain/access/identity/person.ts";

/** The most that are listed by name; the total is always given. */
const NAMED = 200;

const WORDS: Record<keyof PersonFields, string> = {
  email: "e-mail",
  name: "name",
  employer: "employer",
  teamId: "team",
  managerId: "line manager",
  roles: "roles",
  status: "state",
  kind: "kind",
  startsOn: "start",
  leavesOn: "leaving date",
  awayUntil: "away until",
  externalId: "directory id",
};

/** What a list does to one body, in figures and by name. */
export function reportOf(plan: BodyPlan, { slug, name }: ImportBody): BodyReport {
  const { added, changed, left, unchanged, gone, newTeams, notes, activeBefore } = plan;
  const named = (one: DirectoryPerson, what: string) => ({ email: one.email, name: one.name, what });
  return {
    slug,
    name,
    activeBefore,
    notes,
    newTeams: newTeams.slice(0, NAMED).map((team) => team.name),
    newTeamCount: newTeams.length,
    absenceCount: plan.absences.length,
    counts: { added: added.length, changed: changed.length, left: left.length, unchanged, gone },
    areMany: areMany(left.length, activeBefore),
    added: added.slice(0, NAMED).map((one) => named(one, one.roles.length > 1 ? one.roles.slice(1).join(", ") : "")),
    changed: changed.slice(0, NAMED).map(({ before, after }) => {
      if (turnOf(before, after) === "returned") return named(after, "is back");
      return named(
        after,
        changedFields(before, after)
          .map((field) => WORDS[field])
          .join(", "),
      );
    }),
    left: left.slice(0, NAMED).map(({ after }) => named(after, "")),
  };
}

/** Identical for plans that make the same changes; ids generated at each check are left out. */
export function fingerprintOfImport(plans: readonly BodyPlan[], teams: readonly KnownTeam[]): string {
  const nameOf = new Map<string, string>(teams.map(({ id }) => [id, id]));
  for (const { newTeams } of plans) for (const { id, name } of newTeams) nameOf.set(id, `new ${name}`);
  for (const { added } of plans) for (const { id, email } of added) nameOf.set(id, `new ${email}`);
  const steady = (id: string | null) => id && (nameOf.get(id) ?? id);
  const hash = createHash("sha256");
  for (const { body, added, changed, left } of plans)
    for (const [what, people] of Object.entries({
      added,
      changed: changed.map(({ after }) => after),
      left: left.map(({ after }) => after),
    }))
      for (const { id, teamId, managerId, ...fields } of people)
        hash.update(JSON.stringify([body, what, steady(id), steady(teamId), steady(managerId), fields]));
  for (const { body, absences } of plans)
    for (const { personId, ...step } of absences) hash.update(JSON.stringify([body, steady(personId), step]));
  return hash.digest("hex");
}

/** The rule for line managers: the person named in the directory while they work here, otherwise the team's manager. */

/** @returns null if nobody is named and the team has no manager either */
export const lineManagerOf = <Manager extends { status: "active" | "left" }>(person: {
  manager: Manager | null;
  team: { manager: Manager | null } | null;
}): Manager | null => (person.manager?.status === "active" ? person.manager : (person.team?.manager ?? null));

/** Who somebody's line manager is, once: whom the directory names, as long as they work here; else their team's manager. */

/** @returns null where nobody is named, and their team has no manager either */
export function lineManagerOf<Manager extends { status: "active" | "left" }>(person: {
  manager: Manager | null;
  team: { manager: Manager | null } | null;
}): Manager | null {
  return person.manager?.status === "active" ? person.manager : (person.team?.manager ?? null);
}

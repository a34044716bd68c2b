import "server-only";
import type { Role } from "#domain/access/role.ts";
import { loadContent } from "#server/content/store.ts";
import { getDatabase } from "#server/db/database.ts";
import { getEnv } from "#server/env.ts";
import { listSamplePeopleOf } from "./repository.ts";

export interface SamplePersonView {
  personId: string;
  name: string;
  roles: Role[];
  employer: string;
  /** Name of the team, or null. */
  team: string | null;
  hasLeft: boolean;
}

export interface SampleBodyView {
  body: { slug: string; name: string };
  people: SamplePersonView[];
}

/** The invented people of every body served, to sign in as; none outside evaluation mode. Needs no sign-in. */
export async function listSamplePeople(): Promise<SampleBodyView[]> {
  const env = getEnv();
  if (!env.evaluation) return [];
  const { bodies } = await loadContent();
  const people = await listSamplePeopleOf(getDatabase(), env.bodies);
  return bodies.map(({ slug, name }) => ({
    body: { slug, name },
    people: people
      .filter((person) => person.body === slug)
      .map(({ id, name, roles, employer, team, status }) => ({
        personId: id,
        name,
        roles,
        employer,
        team: team?.name ?? null,
        hasLeft: status === "left",
      })),
  }));
}

import "server-only";
import type { Body, Contact } from "#domain/policy/policy/body.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";

/** A body as the statements for everybody speak of it: whom to ask, by role, and whose law holds. */
export type BodyToAsk = Pick<Body, "slug" | "name" | "nation"> & { contacts: readonly Contact[] };

/** What a statement is about, and which contacts answer for it, the best first. */
const ANSWERING = {
  privacy: ["dpo", "governance-officer", "info-sec", "line-manager"],
  accessibility: ["it-service-desk", "governance-officer", "communications", "info-sec", "line-manager"],
} as const;

/**
 * Whom to ask about privacy or accessibility in each body that this portal serves. Contacts are roles from the body's
 * content, so anybody may know them. Asks no database: both statements are there also while it is away.
 */
export async function listBodiesToAsk(about: keyof typeof ANSWERING): Promise<BodyToAsk[]> {
  const { bodies } = await loadContent();
  const served = bodies.filter(({ slug }) => getEnv().bodies.includes(slug));
  return served.map(({ slug, name, nation, contacts }) => {
    const answering = ANSWERING[about].flatMap((id) => contacts.filter((contact) => contact.id === id)).slice(0, 2);
    return { slug, name, nation, contacts: answering.length > 0 ? answering : contacts.slice(0, 1) };
  });
}

import type { Body, Contact } from "#domain/policy/policy/body.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";

/** A body as the public statements describe it: whom to ask, by role, and whose law applies. */
export type BodyToAsk = Pick<Body, "slug" | "name" | "nation"> & { contacts: readonly Contact[] };

/** What a statement is about, and which contacts are responsible for it, best first. */
const ANSWERING = {
  privacy: ["dpo", "governance-officer", "info-sec", "line-manager"],
  accessibility: ["it-service-desk", "governance-officer", "communications", "info-sec", "line-manager"],
} as const;

/**
 * Whom to ask about privacy or accessibility in each body that this portal serves. Contacts are roles from the body's
 * content, so anybody may know them. Uses no database: both statements are available even while it is down.
 */
export async function listBodiesToAsk(about: keyof typeof ANSWERING): Promise<BodyToAsk[]> {
  const { bodies } = await loadContent();
  const served = bodies.filter(({ slug }) => getEnv().bodies.includes(slug));
  return served.map(({ slug, name, nation, contacts }) => {
    const answering = ANSWERING[about].flatMap((id) => contacts.filter((contact) => contact.id === id)).slice(0, 2);
    return { slug, name, nation, contacts: answering.length > 0 ? answering : contacts.slice(0, 1) };
  });
}

import type { Metadata } from "next";
import { refillFor } from "#app/_portal/form-values.ts";
import { getPersonPage } from "#server/people/directory/admin-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export interface PersonPageProps {
  params: Promise<{ person: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the pages about a person show, with what was typed into their form; null where the actor may not know of them. */
export async function readPersonPage({ params, searchParams }: PersonPageProps, form: "" | "/details" | "/roles") {
  const actor = await requireActor();
  const found = await getPersonPage(actor, (await params).person);
  if (!found) return null;
  const query = await searchParams;
  const refill = await refillFor(actor, query.kept, `/admin/people/${found.person.id}${form}`);
  return { actor, refill, query, ...found };
}

/** The title of such a page. @param does what the page is for, before their name */
export function personTitle(page: Awaited<ReturnType<typeof readPersonPage>>, does?: string): Metadata {
  const title = page && [does, page.person.name].filter(Boolean).join(", ");
  return { title: page ? `${page.refill.titlePrefix}${title}` : "Page not found" };
}

import type { Metadata } from "next";
import { refillFor } from "#app/_portal/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export interface GroupPageProps {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Address of a group, or of a page below it. */
export function groupPath(reference: string, part = ""): string {
  return `/groups/${parseReference("GRP", reference) ?? encodeURIComponent(reference)}${part}`;
}

/** What every page of a group needs; null where it is not there or not the reader's to see. @param part such as "/close" */
export async function readGroupPage({ params, searchParams }: GroupPageProps, part = "") {
  const actor = await requireActor();
  const group = await getChatGroup(actor, (await params).reference);
  if (!group) return null;
  const query = await searchParams;
  const path = groupPath(group.reference, part);
  return { actor, group, query, path, refill: await refillFor(actor, query.kept, path) };
}

/** The title of a page of a group. */
export async function groupMetadata(props: GroupPageProps, part: string, title: string): Promise<Metadata> {
  const page = await readGroupPage(props, part);
  return { title: page ? `${page.refill.titlePrefix}${title}, ${page.group.reference}` : "Page not found" };
}

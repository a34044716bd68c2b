import type { Metadata } from "next";
import { readOnce } from "#app/_portal/read-once.ts";
import { notFound, redirect } from "next/navigation";
import { requireActor } from "#server/access/identity/session.ts";
import { listVersions } from "#server/policy/policy/queries.ts";
import { AskDay } from "./ask-day.tsx";
import { readDayQuery } from "./read-day.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { title, asked } = await readPage(props);
  if (title === null) return { title: "Page not found" };
  return { title: `${asked.kind === "wrong" ? "Error: " : ""}What applied on a day, ${title}` };
}

/** Redirects from the day entered in a form to what was in force on it: a plain form cannot build that address. */
export default async function DayPage(props: Props) {
  const { actor, slug, title, asked } = await readPage(props);
  if (title === null) notFound();
  if (asked.kind === "day") redirect(`/policies/${slug}/on/${asked.day}`);
  return <AskDay actor={actor} slug={slug} title={title} wrong={asked.kind === "wrong" ? asked : undefined} />;
}

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const { slug } = await params;
  const [newest] = (await listVersions(actor, slug)) ?? [];
  return { actor, slug, title: newest?.version.frontMatter.title ?? null, asked: readDayQuery(await searchParams) };
});

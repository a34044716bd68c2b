import type { Metadata } from "next";
import { readOnce } from "#app/_portal/read-once.ts";
import { notFound } from "next/navigation";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { requireReader } from "#app/_portal/reader.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";
import { PolicyView } from "./policy-view.tsx";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { policy } = await readPage(props);
  return { title: policy ? `${policy.version.frontMatter.title}, ${policy.body.shortName}` : "Page not found" };
}

/** A policy as it is today. */
export default async function PolicyPage(props: Props) {
  const { actor, policy } = await readPage(props);
  if (!policy) notFound();
  const { version, isMine } = policy;
  // Both at once; the view shows the notes.
  const [own] = await Promise.all([isMine ? getOwnStanding(actor, version.slug) : null, listNotes(actor, version)]);
  return <PolicyView actor={actor} policy={policy} own={own} />;
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireReader();
  return { actor, policy: await getPolicyToRead(actor, (await params).slug) };
});

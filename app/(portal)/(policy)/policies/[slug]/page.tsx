import type { Metadata } from "next";
import { readOnce } from "#app/_portal/read-once.ts";
import { notFound } from "next/navigation";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";
import { PolicyView } from "./policy-view.tsx";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { policy } = await readPage(props);
  return { title: policy ? `${policy.version.frontMatter.title}, ${policy.body.shortName}` : "Page not found" };
}

/** A policy as it holds today. */
export default async function PolicyPage(props: Props) {
  const { actor, policy } = await readPage(props);
  if (!policy) notFound();
  const own = policy.isMine ? await getOwnStanding(actor, policy.version.slug) : null;
  return <PolicyView actor={actor} policy={policy} own={own} />;
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  return { actor, policy: await getPolicyToRead(actor, (await params).slug) };
});

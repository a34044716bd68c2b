import type { Metadata } from "next";
import { readOnce } from "#app/_portal/read-once.ts";
import { notFound } from "next/navigation";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";
import { PolicyView } from "#app/(portal)/(policy)/policies/[slug]/policy-view.tsx";

type Props = { params: Promise<{ slug: string; version: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { policy } = await readPage(props);
  if (!policy) return { title: "Page not found" };
  const { version, body } = policy;
  return { title: `${version.frontMatter.title}, ${body.shortName}, version ${version.version}` };
}

/** One version of a policy at its own address, even if another one is in force. */
export default async function VersionPage(props: Props) {
  const { actor, policy } = await readPage(props);
  if (!policy) notFound();
  return <PolicyView actor={actor} policy={policy} own={null} />;
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  const { slug, version } = await params;
  return { actor, policy: await getPolicyVersion(actor, slug, version) };
});

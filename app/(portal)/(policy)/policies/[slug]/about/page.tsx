import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { LinkList } from "#app/_ui/link-list.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyToRead, getPolicyVersion, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { coverageAddress } from "../coverage/coverage-address.ts";
import { mapAddress } from "../map/map-address.ts";
import { outcomeAddress } from "../outcomes/outcome-address.ts";
import { ChangeHistory } from "./change-history.tsx";
import { DocumentControl } from "./document-control.tsx";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const HEADING = "About this document";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { policy } = await readPage(props);
  if (!policy) return { title: "Page not found" };
  return { title: `${HEADING}: ${policy.version.frontMatter.title}, version ${policy.version.version}` };
}

/** A version of a policy as a document, for those who look after it: its control, versions, rules and gaps. */
export default async function AboutPage(props: Props) {
  const { actor, policy } = await readPage(props);
  if (!policy) notFound();
  const { version, body } = policy;
  const { slug, frontMatter } = version;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="section">
        <Stack>
          <BackLink href={`/policies/${slug}/versions/${version.version}`}>The policy</BackLink>
          <PageHeading kicker={`${frontMatter.title}, version ${version.version}, ${body.name}`}>{HEADING}</PageHeading>
          <PrintHint />
        </Stack>
        <DocumentControl actor={actor} policy={policy} />
        <Section title="Versions" id="versions">
          <ChangeHistory actor={actor} slug={slug} shown={version.version} />
        </Section>
        <Rules actor={actor} policy={policy} />
        <Gaps gaps={frontMatter.gaps} />
        <Section title="What staff are asked to accept" id="acknowledgement">
          <p>{frontMatter.acknowledgement}</p>
        </Section>
      </Stack>
    </PortalPage>
  );
}

/** The rules as tables, as a map and as a file, and how each statement is covered. */
function Rules({ actor, policy: { version, body, isPublished } }: { actor: Actor; policy: ReadablePolicy }) {
  const { slug } = version;
  const number = encodeURIComponent(version.version);
  const canSeeCounts = isPublished && can(actor, "clause.read-counts", { body: body.slug });
  const links = [
    { href: outcomeAddress(version), label: "See every outcome" },
    { href: mapAddress(version), label: "See the map of questions" },
    { href: coverageAddress(version), label: "See how each statement is covered" },
    { href: `/policies/${slug}/versions/${number}/rules.dmn`, label: "Save the rules for other programs (DMN)" },
    ...(canSeeCounts
      ? [{ href: `/policies/${slug}/clauses?version=${number}`, label: "See which clauses cause trouble" }]
      : []),
  ];
  return (
    <Section title="Rules" id="rules">
      <LinkList links={links} />
    </Section>
  );
}

function Gaps({ gaps }: { gaps: readonly string[] }) {
  if (gaps.length === 0) return null;
  return (
    <Section title="What it leaves open" id="gaps">
      <p>These are for the policy owner to fill. We have not guessed any of them.</p>
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
    </Section>
  );
}

/** The version that the address names, otherwise the one that the policy's own page shows. */
const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const { slug } = await params;
  const number = [(await searchParams).version ?? ""].flat().at(-1) ?? "";
  const policy = number === "" ? await getPolicyToRead(actor, slug) : await getPolicyVersion(actor, slug, number);
  return { actor, policy };
});

import { framedPage } from "#app/_portal/form/form-page.tsx";
import { LinkList } from "#app/_ui/link-list.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { getPolicyToRead, getPolicyVersion, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { coverageAddress } from "../coverage/coverage-address.ts";
import { mapAddress } from "../map/map-address.ts";
import { outcomeAddress } from "../outcomes/outcome-address.ts";
import { ChangeHistory } from "./change-history.tsx";
import { DocumentControl } from "./document-control.tsx";
import { versionPage } from "../version-page.ts";

const page = versionPage({
  path: "/policies/[slug]/about",
  /** The version that the address names, otherwise the one that the policy's own page shows. */
  async read({ actor, params: { slug }, query }) {
    const number = [query["version"] ?? ""].flat().at(-1) ?? "";
    const policy = number === "" ? await getPolicyToRead(actor, slug) : await getPolicyVersion(actor, slug, number);
    return policy && { policy };
  },
  heading: "About this document",
  intro: <PrintHint />,
  gap: "section",
});

/** A version of a policy as a document, for those who look after it: its control, versions, rules and gaps. */
const { generateMetadata, Page } = framedPage(page, ({ actor, view: { policy } }) => {
  const { slug, version, frontMatter } = policy.version;
  return (
    <>
      <DocumentControl actor={actor} policy={policy} />
      <Section title="Versions" id="versions">
        <ChangeHistory actor={actor} slug={slug} shown={version} />
      </Section>
      <Rules actor={actor} policy={policy} />
      <Gaps gaps={frontMatter.gaps} />
      <Section title="What staff are asked to accept" id="acknowledgement">
        <p>{frontMatter.acknowledgement}</p>
      </Section>
    </>
  );
});
export { generateMetadata, Page as default };

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

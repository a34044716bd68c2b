import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { Missing, SummaryList } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { type ReadablePolicy, getPolicyToRead } from "#server/policy/policy/queries.ts";
import { aboutAddress } from "./version-address.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";

/** Said of what a restated document leaves blank. */
export const NOT_IN_SOURCE = "Not given in the source";

/** What readers need to know of the policy as a document, and where the rest of it is. */
export function AboutDocument({ actor, policy: { version } }: { actor: Actor; policy: ReadablePolicy }) {
  const { owner, status, reviewDue, related, gaps, source } = version.frontMatter;
  const blank = source ? NOT_IN_SOURCE : undefined;
  const about = aboutAddress(version);
  return (
    <PageSection title="About this document" id="document-control">
      <SummaryList
        rows={{
          Status: STATUS_WORDS[status],
          Owner: owner ?? <Missing what="owner">{blank}</Missing>,
          "Next review by": reviewDue ? dateInWords(reviewDue) : <Missing what="next review by">{blank}</Missing>,
          "Related policies": <RelatedPolicies actor={actor} related={related} />,
        }}
      />
      <p className="no-print">
        <Link href={about}>See its dates, versions and rules</Link>
        {gaps.length > 0 && (
          <>
            {" · "}
            <span id="gaps">
              <Link href={`${about}#gaps`}>What it leaves open ({gaps.length})</Link>
            </span>
          </>
        )}
      </p>
    </PageSection>
  );
}

type Related = FrontMatter["related"][number];

/** The policies that a document refers to; those that can be opened are links. */
export async function RelatedPolicies({ actor, related }: { actor: Actor; related: readonly Related[] }) {
  if (related.length === 0) return <Missing what="related policies" />;
  const hrefs = await Promise.all(related.map(({ href }) => openable(actor, href)));
  return (
    <ul className="list-none">
      {related.map(({ title }, at) => {
        const href = hrefs[at] ?? null;
        return <li key={title}>{href === null ? title : <Link href={href}>{title}</Link>}</li>;
      })}
    </ul>
  );
}

/** The address if it is safe and works: a policy that the reader may read, or an external page over https. */
export async function openable(actor: Actor, href: string | null): Promise<string | null> {
  if (href === null) return null;
  const slug = /^\/policies\/([a-z0-9-]+)(?:#[\w.-]+)?$/.exec(href)?.[1];
  if (slug !== undefined) return (await getPolicyToRead(actor, slug)) ? href : null;
  return URL.canParse(href) && new URL(href).protocol === "https:" ? href : null;
}

type OutsideRulesProps = {
  body: Body;
  rules: readonly OutsideRule[];
  /** Where the reasons are, and those that do not bind it. */
  address: string;
};

/** Laws and guidance beyond the policy that bind its body. */
export const OutsideRules = ({ body, rules: binding, address }: OutsideRulesProps) => (
  <PageSection title="Rules from outside" id="outside-rules">
    <p>
      These apply to {body.name} whatever the policy says. These are summaries; what counts is the text behind each
      link.
    </p>
    <ul className="list-none space-y-4">
      {binding.map((rule) => (
        <OutsideRuleItem key={rule.id} rule={rule}>
          {rule.means !== null && <p>{rule.means}</p>}
        </OutsideRuleItem>
      ))}
    </ul>
    <LinkLine href={`${address}#binding`}>Why they bind it, and what rests on them</LinkLine>
  </PageSection>
);

/** One of them, with its text behind the link. */
export const OutsideRuleItem = ({
  rule: { title, href },
  children,
}: {
  rule: OutsideRule;
  children: React.ReactNode;
}) => (
  <li data-keep="">
    <p className="font-bold">{href === null ? title : <Link href={href}>{title}</Link>}</p>
    {children}
  </li>
);

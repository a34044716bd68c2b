import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { type ReadablePolicy, getPolicyToRead } from "#server/policy/policy/queries.ts";
import { aboutAddress } from "./version-address.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";

/** What readers need to know of the policy as a document, and where the rest of it is. */
export function AboutDocument({ actor, policy: { version } }: { actor: Actor; policy: ReadablePolicy }) {
  const { owner, status, reviewDue, related, gaps } = version.frontMatter;
  const about = aboutAddress(version);
  return (
    <Section title="About this document" id="document-control">
      <SummaryList
        rows={[
          { term: "Status", value: STATUS_WORDS[status] },
          { term: "Owner", value: owner ?? <Missing what="owner" /> },
          { term: "Next review by", value: reviewDue ? dateInWords(reviewDue) : <Missing what="next review by" /> },
          { term: "Related policies", value: <RelatedPolicies actor={actor} related={related} /> },
        ]}
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
    </Section>
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
async function openable(actor: Actor, href: string | null): Promise<string | null> {
  if (href === null) return null;
  const slug = /^\/policies\/([a-z0-9-]+)(?:#[\w.-]+)?$/.exec(href)?.[1];
  if (slug !== undefined) return (await getPolicyToRead(actor, slug)) ? href : null;
  return URL.canParse(href) && new URL(href).protocol === "https:" ? href : null;
}

import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { aboutAddress } from "./about/about-address.ts";
import { RelatedPolicies } from "./related-policies.tsx";

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

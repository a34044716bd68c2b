import { ReviewTag } from "#app/_portal/review-tags.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { isInterimOverdue, reviewStanding } from "#domain/policy/policy/front-matter.ts";
import { clock } from "#server/base/clock.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { RelatedPolicies } from "../related-policies.tsx";

type DocumentControlProps = { actor: Actor; policy: ReadablePolicy };

/** Who is responsible for the document, and its dates. What it does not state is shown as a gap. */
export function DocumentControl({ actor, policy }: DocumentControlProps) {
  const { version, body, isPublished } = policy;
  const { frontMatter, hash } = version;
  const stated = (term: string, value: string | null) => ({
    term,
    value: value ?? <Missing what={term.toLowerCase()} />,
  });
  const dated = (term: string, date: string | null) => stated(term, date && dateInWords(date));
  return (
    <Stack as="section">
      <h2 id="document-control">Document control</h2>
      <SummaryList
        rows={[
          { term: "Body", value: body.name },
          { term: "Version", value: version.version },
          { term: "Status", value: STATUS_WORDS[frontMatter.status] },
          ...(frontMatter.status === "interim"
            ? [{ term: "Interim until", value: <InterimUntil policy={policy} /> }]
            : []),
          stated("Owner", frontMatter.owner),
          stated("Approver", frontMatter.approver),
          stated("Audience", frontMatter.audience),
          dated("Published", frontMatter.published),
          dated("In effect from", frontMatter.effective),
          dated("Last reviewed", frontMatter.reviewed),
          dated("Next review by", frontMatter.reviewDue),
          ...reviewRow(actor, policy),
          stated("Classification", frontMatter.classification),
          stated("Jurisdiction", frontMatter.jurisdiction),
          stated("What is kept, and how long", body.retention),
          {
            term: "Related policies",
            value: <RelatedPolicies actor={actor} related={frontMatter.related} />,
          },
          ...(isPublished ? [{ term: "Fingerprint of text, rules and questions (SHA-256)", value: hash }] : []),
        ]}
      />
    </Stack>
  );
}

function InterimUntil({ policy: { version } }: Pick<DocumentControlProps, "policy">) {
  const { interimUntil } = version.frontMatter;
  if (interimUntil === null) return <Missing what="interim until" />;
  return (
    <Cluster>
      <span>{dateInWords(interimUntil)}</span>
      {isInterimOverdue(version.frontMatter, calendarDay(clock.now())) && <Tag tone="warning">Replacement overdue</Tag>}
    </Cluster>
  );
}

/** What to say about the next review. A superseded version is history: nothing is due for it any more. */
function reviewRow(actor: Actor, { version, body, state }: ReadablePolicy) {
  if (state === "superseded") return [];
  const review = reviewStanding(version.frontMatter, calendarDay(clock.now()));
  if (review.kind === "due-soon" || review.kind === "overdue")
    return [{ term: "Review", value: <ReviewTag review={review} /> }];
  if (review.kind === "not-stated" && can(actor, "review.read", { body: body.slug }))
    return [{ term: "Review", value: "Set a review date in the next version." }];
  return [];
}

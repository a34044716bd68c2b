import { YourLineManager } from "#app/_portal/your-line-manager.tsx";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ReviewTag } from "#app/_portal/review-tags.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { CardGrid, Cluster, Link, LinkCard, LinkLine, Stack } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { hasComparison } from "#server/policy/policy/compare-queries.ts";
import { listPolicies, type PolicyEntry } from "#server/policy/policy/queries.ts";

const page = definePage({
  path: "/policies",
  read: async ({ actor }) => ({ policies: await listPolicies(actor), isCompared: await hasComparison(actor) }),
  heading: "Policies",
  gap: "section",
});

/** The library: the reader's own policies first, then those of the other bodies that this portal serves. */
const { generateMetadata, Page } = framedPage(page, ({ actor, view: { policies, isCompared } }) => {
  const mine = policies.filter(({ isMine }) => isMine);
  const others = policies.filter(({ isMine }) => !isMine);
  return (
    <>
      <Stack>
        <h2>Yours</h2>
        {mine.length > 0 ? (
          <Entries policies={mine} />
        ) : (
          <p>
            Your employer has no policy here yet. Ask <YourLineManager actor={actor} /> which rules apply to you.
          </p>
        )}
        {isCompared && others.length === 0 && (
          <p>
            <CompareLink />
          </p>
        )}
        {can(actor, "review.read", actor) && (
          <LinkLine href="/policies/reviews.ics">Add the review dates to your calendar</LinkLine>
        )}
        {can(actor, "policy.edit-draft", actor) && <LinkLine href="/drafts">Write a new version</LinkLine>}
      </Stack>
      {others.length > 0 && (
        <Stack>
          <h2>Other bodies</h2>
          <p>They do not bind you.{isCompared && <CompareLink />}</p>
          <Entries policies={others} />
        </Stack>
      )}
    </>
  );
});
export { generateMetadata, Page as default };

const CompareLink = () => (
  <>
    {" "}
    <Link href="/policies/compare">Compare policies</Link>
  </>
);

const Entries = ({ policies }: { policies: PolicyEntry[] }) => (
  <CardGrid>
    {policies.map((policy) => (
      <LinkCard key={policy.slug} href={`/policies/${policy.slug}`} title={policy.title} headingLevel={3}>
        <p className="text-small text-soft">
          {policy.bodyName}, version {policy.version}
        </p>
        <Cluster>
          <Tag tone={policy.status === "in force" ? "good" : "warning"}>{STATUS_WORDS[policy.status]}</Tag>
          {policy.isInterimOverdue && <Tag tone="warning">Replacement overdue</Tag>}
          <ReviewTag review={policy.review} />
        </Cluster>
        {"due" in policy.review && (
          <p className="text-small text-soft">
            {policy.review.kind === "overdue" ? "Review was due by" : "Next review by"} {dateInWords(policy.review.due)}
          </p>
        )}
        <p>{policy.firstPoint}</p>
      </LinkCard>
    ))}
  </CardGrid>
);

import { framedPage } from "#app/_portal/form/form.tsx";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  getPolicyToRead,
  getPolicyVersion,
  type ReadablePolicy,
  listVersions,
  type VersionEntry,
} from "#server/policy/policy/queries.ts";
import { coverageAddress, mapAddress, outcomeAddress } from "../version-address.ts";
import { versionPage } from "../version-page.ts";
import { STATE_WORDS, STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Cluster, Lines, Link, LinkLine, LinkList, PageSection, PrintHint, VisuallyHidden } from "#app/_ui/layout.tsx";
import { dateInWords, calendarDay } from "#domain/base/calendar/calendar.ts";
import {
  correctionWords,
  type FrontMatter,
  isInterimOverdue,
  reviewStanding,
} from "#domain/policy/policy/front-matter.ts";
import { ReviewTag } from "#app/_portal/review-tags.tsx";
import { DataTable, Missing, type SummaryFacts, SummaryList, Tag } from "#app/_ui/content.tsx";
import { clock } from "#server/base/clock.ts";
import { NOT_IN_SOURCE, RelatedPolicies } from "../about-document.tsx";

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
      <PageSection title="Versions" id="versions">
        <ChangeHistory actor={actor} slug={slug} shown={version} />
      </PageSection>
      <Rules actor={actor} policy={policy} />
      <Gaps gaps={frontMatter.gaps} />
      <PageSection title="What staff are asked to accept" id="acknowledgement">
        <p>{frontMatter.acknowledgement}</p>
      </PageSection>
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
    <PageSection title="Rules" id="rules">
      <LinkList links={links} />
    </PageSection>
  );
}

const Gaps = ({ gaps }: { gaps: readonly string[] }) =>
  gaps.length === 0 ? null : (
    <PageSection title="What it leaves open" id="gaps">
      <p>These are for the policy owner to fill. We have not guessed any of them.</p>
      <Lines lines={gaps} />
    </PageSection>
  );

type ChangeHistoryProps = {
  actor: Actor;
  slug: string;
  /** Number of the version whose page it is on. */
  shown: string;
};

/** Every version of a policy that the reader may read, newest first. */
async function ChangeHistory({ actor, slug, shown }: ChangeHistoryProps) {
  const versions = (await listVersions(actor, slug)) ?? [];
  return (
    <>
      <DataTable
        caption="Change history"
        captionHidden={false}
        columns={{
          Version: (entry) => <VersionLink slug={slug} entry={entry} isShown={entry.version.version === shown} />,
          Status: (entry) => (entry.isPublished ? STATE_WORDS[entry.state] : "Not published yet"),
          "In effect from": (entry) =>
            entry.version.frontMatter.effective ? (
              dateInWords(entry.version.frontMatter.effective)
            ) : (
              <Missing what="date" />
            ),
          "Everybody answers again": (entry) => MATERIAL_WORDS[entry.material ?? "minor"],
          "What changed": (entry) => <Note slug={slug} entry={entry} />,
        }}
        rows={versions}
      />
      <LinkLine href={`/policies/${slug}/on`} onPaper={false}>
        See what applied on a past day
      </LinkLine>
    </>
  );
}

const MATERIAL_WORDS = {
  first: "Yes, the first version",
  outcome: "Yes, material: outcomes change",
  raised: "Yes, material: its author asks for it",
  minor: "No, minor: earlier answers still count",
} as const satisfies Record<NonNullable<VersionEntry["material"]> | "minor", string>;

function VersionLink({ slug, entry: { version }, isShown }: { slug: string; entry: VersionEntry; isShown: boolean }) {
  const correction = correctionWords(version.frontMatter);
  return (
    <>
      {isShown ? (
        `${version.version} (this one)`
      ) : (
        <Link href={`/policies/${slug}/versions/${version.version}`} className="no-address">
          <VisuallyHidden>Version </VisuallyHidden>
          {version.version}
        </Link>
      )}
      {correction && `, ${correction}`}
    </>
  );
}

function Note({ slug, entry: { version, follows, material } }: { slug: string; entry: VersionEntry }) {
  const query = new URLSearchParams({ from: follows ?? "", to: version.version });
  return (
    <>
      {version.frontMatter.changeNote ?? <Missing what="change note" />}
      {material === "raised" && version.frontMatter.materialReason && ` ${version.frontMatter.materialReason}`}
      {follows !== null && (
        <>
          {" "}
          <Link href={`/policies/${slug}/changes?${query.toString()}`} className="no-print">
            Compare with {follows}
          </Link>
        </>
      )}
    </>
  );
}

type DocumentControlProps = { actor: Actor; policy: ReadablePolicy };

/** Who is responsible for the document, and its dates. What it does not state is shown as a gap. */
function DocumentControl({ actor, policy }: DocumentControlProps) {
  const { version, body, isPublished } = policy;
  const { frontMatter, hash } = version;
  const dated = (date: string | null) => date && dateInWords(date);
  return (
    <PageSection title="Document control" id="document-control">
      <SummaryList
        rows={{
          Body: body.name,
          Version: version.version,
          Status: STATUS_WORDS[frontMatter.status],
          "Interim until": frontMatter.status === "interim" && <InterimUntil policy={policy} />,
          ...stated(frontMatter, {
            Owner: frontMatter.owner,
            Approver: frontMatter.approver,
            Audience: frontMatter.audience,
            Published: dated(frontMatter.published),
            "In effect from": dated(frontMatter.effective),
            "Last reviewed": dated(frontMatter.reviewed),
            "Next review by": dated(frontMatter.reviewDue),
          }),
          Review: reviewOf(actor, policy),
          ...stated(frontMatter, {
            Classification: frontMatter.classification,
            Jurisdiction: frontMatter.jurisdiction,
          }),
          "What is kept, and how long": body.retention ?? <Missing what="what is kept, and how long" />,
          "Related policies": <RelatedPolicies actor={actor} related={frontMatter.related} />,
          "Fingerprint of text, rules and questions (SHA-256)": isPublished && hash,
        }}
      />
    </PageSection>
  );
}

/** What it states, or that it does not; of a restated document, that its source does not. */
const stated = ({ source }: FrontMatter, facts: Readonly<Record<string, string | null>>): SummaryFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([term, value]) => [
      term,
      value ?? <Missing what={term.toLowerCase()}>{source ? NOT_IN_SOURCE : undefined}</Missing>,
    ]),
  );

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
function reviewOf(actor: Actor, { version, body, state }: ReadablePolicy) {
  if (state === "superseded") return null;
  const review = reviewStanding(version.frontMatter, calendarDay(clock.now()));
  if (review.kind === "due-soon" || review.kind === "overdue") return <ReviewTag review={review} />;
  if (review.kind === "not-stated" && can(actor, "review.read", { body: body.slug }))
    return "Set a review date in the next version.";
  return null;
}

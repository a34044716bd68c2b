import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { VersionPills } from "#app/_portal/version-pills.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PillLinks } from "#app/_ui/pill-links.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { FEATURE_PAGES } from "#domain/policy/decision/feature.ts";
import { COVERAGE_KINDS, type CoverageKind } from "#domain/policy/policy/coverage.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getCoveragePage, type CoveragePage } from "#server/policy/policy/outcome-queries.ts";
import { coverageAddress } from "./coverage-address.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import { listOutsideRules } from "#server/policy/outside-rule/queries.ts";
import { CoverageTable } from "./coverage-table.tsx";
import { RulesOutside } from "./rules-outside.tsx";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const HEADING = "How each statement is covered";

const KIND_WORDS: Record<CoverageKind, string> = {
  decided: "Decided by a rule",
  served: "Served by the portal",
  information: "Information only",
  missing: "Missing",
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { version } = (await readPage(props)).page.policy;
  return { title: `${HEADING}: ${version.frontMatter.title}, version ${version.version}` };
}

/**
 * Every statement of the source, or clause, with its rule, the part of the portal that implements it, or why neither is
 * needed.
 */
export default async function CoveragePageOfPolicy(props: Props) {
  const { actor, page } = await readPage(props);
  const { policy, versions, of, counts, features, filter, lines } = page;
  const { version } = policy;
  const { slug, frontMatter } = version;
  const rules = await listOutsideRules(policy.body);
  const address = (change: Partial<CoveragePage["filter"]>) => coverageAddress(version, { ...filter, ...change });
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}/versions/${version.version}`}>The policy</BackLink>
          <PageHeading kicker={`${frontMatter.title}, version ${version.version}, ${policy.body.name}`}>
            {HEADING}
          </PageHeading>
          <p>
            {of === "statements"
              ? `The source of this policy, ${frontMatter.source?.id ?? ""}, has ${counts.all} statements. Each has its rule, a place in the portal, or a reason why neither is needed.`
              : `This policy was written for the portal and has no source. Each of its ${counts.all} clauses has its rule, a place in the portal, or a reason why neither is needed.`}
          </p>
        </Stack>
        <VersionPills versions={versions} shown={version} addressOf={coverageAddress} />
        <Stack as="section">
          <h2 id="statements">{of === "statements" ? "The statements" : "The clauses"}</h2>
          <PillLinks
            label="Kind"
            items={[
              { href: address({ kind: null }), label: `All ${counts.all}`, current: filter.kind === null },
              ...COVERAGE_KINDS.filter((kind) => counts[kind] > 0 || kind === filter.kind).map((kind) => ({
                href: address({ kind }),
                label: `${KIND_WORDS[kind]} ${counts[kind]}`,
                current: kind === filter.kind,
              })),
            ]}
          />
          {features.length > 1 && (
            <FilterForm
              action={`/policies/${slug}/coverage`}
              clearHref={filter.feature ? address({ feature: null }) : undefined}
            >
              <input type="hidden" name="version" value={version.version} />
              {filter.kind && <input type="hidden" name="kind" value={filter.kind} />}
              <SelectField
                name="feature"
                label="Served by"
                defaultValue={filter.feature ?? ""}
                options={[
                  { value: "", label: "Anything" },
                  ...features.map((feature) => ({ value: feature, label: FEATURE_PAGES[feature].label })),
                ]}
              />
            </FilterForm>
          )}
          <p role="status">{countInWords(lines.length, page)}</p>
          {lines.length > 0 && <CoverageTable version={version} of={of} lines={lines} />}
          <PrintHint />
        </Stack>
        <Origin frontMatter={frontMatter} />
        <RulesOutside actor={actor} version={version} rules={rules} />
      </Stack>
    </PortalPage>
  );
}

/** What the version restates and, where it is a correction of ours, what was corrected. */
function Origin({ frontMatter: { source, correction } }: { frontMatter: FrontMatter }) {
  if (!source) return null;
  return (
    <Stack as="section">
      <h2 id="origin">Where it comes from</h2>
      <p>
        Based on “{source.title}” ({source.statements} statements, numbered {source.id}.1 to {source.id}.
        {source.statements}), put in plain words.
      </p>
      <ul>
        {source.provenance.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {correction && (
        <>
          <h3>What we corrected</h3>
          <ul>
            {correction.because.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </Stack>
  );
}

function countInWords(shown: number, { of, counts, filter }: CoveragePage): string {
  const what = of === "statements" ? "statement" : "clause";
  const counted = `${shown} ${shown === 1 ? what : `${what}s`}`;
  const open = counts.planned > 0 ? ` ${counts.planned} of them wait for something that is still to come.` : "";
  if (shown === 0) return `Nothing matches. Choose something else.${open}`;
  return filter.kind || filter.feature ? `${counted}, of ${counts.all} in all.${open}` : `All ${counted}.${open}`;
}

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const page = await getCoveragePage(actor, (await params).slug, await searchParams);
  if (!page) notFound();
  return { actor, page };
});

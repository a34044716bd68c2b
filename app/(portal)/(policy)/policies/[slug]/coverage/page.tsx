import { ClauseLinks } from "#app/(portal)/(policy)/_policy-text/clause-links.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { VersionPills } from "#app/_portal/version-pills.tsx";
import { FilterForm, SelectField } from "#app/_ui/fields.tsx";
import { FEATURE_PAGES, featureHref, isPlanned, type Feature } from "#domain/policy/decision/feature.ts";
import { COVERAGE_KINDS, type CoverageKind, type CoverageLine } from "#domain/policy/policy/coverage.ts";
import { getCoveragePage, type CoveragePage } from "#server/policy/policy/outcome-queries.ts";
import { versionPage } from "../version-page.ts";
import { coverageAddress, outcomeAddress } from "../version-address.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import { listOutsideRules, type OutsideRulesOf } from "#server/policy/outside-rule/queries.ts";
import { RuleState } from "#app/(portal)/(policy)/outside-rules/rule-state.tsx";
import { Lines, Link, LinkLine, PageSection, PillLinks, PrintHint } from "#app/_ui/layout.tsx";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { OutsideRuleItem } from "../about-document.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { rulesOf } from "#domain/policy/policy/on-day.ts";

const KIND_WORDS: Record<CoverageKind, string> = {
  decided: "Decided by a rule",
  served: "Served by the portal",
  information: "Information only",
  missing: "Missing",
};

const page = versionPage({
  path: "/policies/[slug]/coverage",
  read: ({ actor, params, query }) => getCoveragePage(actor, params.slug, query),
  heading: "How each statement is covered",
  intro: ({
    view: {
      policy: { version },
      of,
      counts,
    },
  }) => (
    <p>
      {of === "statements"
        ? `The source of this policy, ${version.frontMatter.source?.id ?? ""}, has ${counts.all} statements. Each has its rule, a place in the portal, or a reason why neither is needed.`
        : `This policy was written for the portal and has no source. Each of its ${counts.all} clauses has its rule, a place in the portal, or a reason why neither is needed.`}
    </p>
  ),
});

/**
 * Every statement of the source, or clause, with its rule, the part of the portal that implements it, or why neither is
 * needed.
 */
const { generateMetadata, Page } = framedPage(page, async ({ actor, view }) => {
  const { policy, versions, of, counts, features, filter, lines } = view;
  const { version } = policy;
  const { slug, frontMatter } = version;
  const rules = await listOutsideRules(policy.body);
  const address = (change: Partial<CoveragePage["filter"]>) => coverageAddress(version, { ...filter, ...change });
  return (
    <>
      <VersionPills versions={versions} shown={version} addressOf={coverageAddress} />
      <PageSection title={of === "statements" ? "The statements" : "The clauses"} id="statements">
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
        <p role="status">{countInWords(lines.length, view)}</p>
        {lines.length > 0 && <CoverageTable version={version} of={of} lines={lines} />}
        <PrintHint />
      </PageSection>
      <Origin frontMatter={frontMatter} />
      <RulesOutside actor={actor} version={version} rules={rules} />
    </>
  );
});
export { generateMetadata, Page as default };

/** What the version restates and, where it is a correction of ours, what was corrected. */
const Origin = ({ frontMatter: { source, correction } }: { frontMatter: FrontMatter }) =>
  !source ? null : (
    <PageSection title="Where it comes from" id="origin">
      <p>
        Based on “{source.title}” ({source.statements} statements, numbered {source.id}.1 to {source.id}.
        {source.statements}), put in plain words.
      </p>
      <Lines lines={source.provenance} />
      {correction && (
        <>
          <h3>What we corrected</h3>
          <Lines lines={correction.because} />
        </>
      )}
    </PageSection>
  );

function countInWords(shown: number, { of, counts, filter }: CoveragePage): string {
  const what = of === "statements" ? "statement" : "clause";
  const counted = `${shown} ${shown === 1 ? what : `${what}s`}`;
  const open = counts.planned > 0 ? ` ${counts.planned} of them wait for something that is still to come.` : "";
  if (shown === 0) return `Nothing matches. Choose something else.${open}`;
  return filter.kind || filter.feature ? `${counted}, of ${counts.all} in all.${open}` : `All ${counted}.${open}`;
}

type Props = { actor: Actor; version: PolicyVersion; rules: OutsideRulesOf };

/** Every rule from outside: its state, whether it binds the body and why, and which clauses of the policy rest on it. */
function RulesOutside({ actor, version, rules: { binding, others } }: Props) {
  const mayAnswer = can(actor, "outside-rule.read-change", { body: version.frontMatter.body });
  const sections = [
    { id: "binding", title: "Rules from outside that bind this body", rules: binding },
    { id: "others", title: "Rules that do not bind this body", rules: others },
  ];
  return sections.map(({ id, title, rules }) =>
    rules.length === 0 ? null : (
      <PageSection key={id} title={title} id={id}>
        <ul className="list-none space-y-4">
          {rules.map((rule) => (
            <OutsideRuleItem key={rule.id} rule={rule}>
              <RuleState rule={rule} />
              <RestingClauses version={version} rule={rule} />
              <p className="text-small text-soft">
                {id === "binding" ? "It binds" : "It does not bind"} this body because{" "}
                {id === "binding" ? rule.because : rule.notBecause}
              </p>
              {mayAnswer && (id === "binding" || rule.clauses[version.slug]) && (
                <LinkLine href={`/outside-rules/${rule.id}`}>What changed, and what was said of it</LinkLine>
              )}
            </OutsideRuleItem>
          ))}
        </ul>
      </PageSection>
    ),
  );
}

function RestingClauses({ version: { slug, version, clauses }, rule }: { version: PolicyVersion; rule: OutsideRule }) {
  const own = clauses.filter(({ id }) => rule.clauses[slug]?.includes(id)).map(({ id }) => id);
  if (own.length === 0) return null;
  return (
    <p>
      Clauses that rest on it: <ClauseLinks slug={slug} version={version} ids={own} />
    </p>
  );
}

type CoverageTableProps = { version: PolicyVersion; of: "statements" | "clauses"; lines: readonly CoverageLine[] };

/** A row for each statement: where it is in the text, and how it is put into practice. */
function CoverageTable({ version, of, lines }: CoverageTableProps) {
  const isSourced = of === "statements";
  return (
    <DataTable
      caption={isSourced ? "Statements of the source" : "Clauses"}
      columns={{
        [isSourced ? "Statement" : "Clause"]: (line) =>
          isSourced ? line.id : <ClauseLink version={version} id={line.id} label={line.id} />,
        "In the policy": (line) => <Clauses version={version} line={line} isSourced={isSourced} />,
        "How it is covered": (line) => <Placed version={version} line={line} />,
      }}
      rows={lines}
    />
  );
}

type LineProps = { version: PolicyVersion; line: CoverageLine };

const Clauses = ({ version, line: { clauses }, isSourced }: LineProps & { isSourced: boolean }) =>
  clauses.length === 0 ? (
    <span className="text-soft">No clause carries it</span>
  ) : (
    <div className="space-y-1.5">
      {clauses.map(({ id, text }) => (
        <p key={id}>
          {isSourced && (
            <>
              <ClauseLink version={version} id={id} label={`Clause ${id}`} />:{" "}
            </>
          )}
          {text}
        </p>
      ))}
    </div>
  );

const ClauseLink = ({
  version: { slug, version },
  id,
  label,
}: {
  version: PolicyVersion;
  id: string;
  label: string;
}) => (
  <Link href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`} className="whitespace-nowrap">
    {label}
  </Link>
);

const Placed = ({ version, line: { rules, obligations, features, kind, reason } }: LineProps) => (
  <div className="space-y-1.5">
    {rules.length > 0 && <Rules version={version} ids={rules} />}
    {obligations.map(({ id, text, feature }) => (
      <p key={id}>
        <span className="text-soft">People are told:</span> {text}{" "}
        {feature && <FeatureLink feature={feature} policy={version.slug} />}
      </p>
    ))}
    {kind === "served" &&
      features.map((feature) => (
        <p key={feature}>
          <FeatureLink feature={feature} policy={version.slug} />
        </p>
      ))}
    {kind === "information" && <p className="text-soft">{reason}</p>}
    {kind === "missing" && <Tag tone="warning">Missing</Tag>}
  </div>
);

/** The rules based on it, by what they say; each answer links to its outcomes. */
function Rules({ version, ids }: { version: PolicyVersion; ids: readonly string[] }) {
  const rules = rulesOf(version).filter(({ id }) => ids.includes(id));
  const said = VERDICTS.map((verdict) => ({ verdict, own: rules.filter((rule) => rule.verdict === verdict) }));
  return (
    <ul className="list-none space-y-1">
      {said
        .filter(({ own }) => own.length > 0)
        .map(({ verdict, own }) => (
          <li key={verdict}>
            <Link href={`${outcomeAddress(version, { answers: {}, verdict })}#${verdict}`}>
              <VerdictWord verdict={verdict} words={version.words} />
            </Link>{" "}
            <span className="text-small text-soft">{own.map(({ id }) => id).join(", ")}</span>
          </li>
        ))}
    </ul>
  );
}

/** The feature that implements it, by name, with a link to it; features still to come have none. */
function FeatureLink({ feature, policy }: { feature: Feature; policy: string }) {
  const { label } = FEATURE_PAGES[feature];
  if (isPlanned(feature))
    return (
      <>
        {label} <Tag>Still to come</Tag>
      </>
    );
  return <Link href={featureHref(feature, policy)}>{label}</Link>;
}

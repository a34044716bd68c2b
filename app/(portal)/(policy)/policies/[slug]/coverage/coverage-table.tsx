import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { FEATURE_PAGES, featureHref, isPlanned, type Feature } from "#domain/policy/decision/feature.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { CoverageLine } from "#domain/policy/policy/coverage.ts";
import { rulesOf } from "#domain/policy/policy/on-day.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { outcomeAddress } from "../version-address.ts";

type Props = { version: PolicyVersion; of: "statements" | "clauses"; lines: readonly CoverageLine[] };

/** A row for each statement: where it is in the text, and how it is put into practice. */
export function CoverageTable({ version, of, lines }: Props) {
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

function Clauses({ version, line: { clauses }, isSourced }: LineProps & { isSourced: boolean }) {
  if (clauses.length === 0) return <span className="text-soft">No clause carries it</span>;
  return (
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
}

function ClauseLink({ version: { slug, version }, id, label }: { version: PolicyVersion; id: string; label: string }) {
  return (
    <Link href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`} className="whitespace-nowrap">
      {label}
    </Link>
  );
}

function Placed({ version, line: { rules, obligations, features, kind, reason } }: LineProps) {
  return (
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
}

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

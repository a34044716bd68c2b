import { Quotation } from "#app/_ui/quotation.tsx";
import { Section } from "#app/_ui/section.tsx";
import { accidentClauses } from "#domain/policy/policy/accident.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { OwnPolicy } from "#server/policy/policy/queries.ts";

/** What the body's policies say to do after an accident, in their own words. */
export function PolicySteps({ policies }: { policies: readonly OwnPolicy[] }) {
  if (policies.length === 0) return <p>Your employer has no policy here yet, so no further steps are known.</p>;
  return policies.map((policy) => <StepsOfPolicy key={policy.slug} policy={policy} />);
}

function StepsOfPolicy({ policy: { current } }: { policy: OwnPolicy }) {
  if (!current) return null;
  const clauses = accidentClauses(current);
  const { slug, version, frontMatter } = current;
  return (
    <Section title="What the policy says">
      <p className="text-small text-soft">
        {frontMatter.title}, version {version}
        {frontMatter.status === "draft" && ", a draft that is not in force"}
      </p>
      {clauses.length > 0 ? (
        clauses.map(({ id, text }) => (
          <Quotation
            key={id}
            number={id}
            link={{ href: `/policies/${slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
          >
            {text}
          </Quotation>
        ))
      ) : (
        <p>The policy says nothing about accidents. Do not wait for it: tell people, as above.</p>
      )}
    </Section>
  );
}

import { RuleState } from "#app/(portal)/(policy)/outside-rules/rule-state.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { OutsideRulesOf } from "#server/policy/outside-rule/queries.ts";
import { OutsideRuleItem } from "../outside-rules.tsx";

type Props = { actor: Actor; version: PolicyVersion; rules: OutsideRulesOf };

/** Every rule from outside: its state, whether it binds the body and why, and which clauses of the policy rest on it. */
export function RulesOutside({ actor, version, rules: { binding, others } }: Props) {
  const mayAnswer = can(actor, "outside-rule.read-change", { body: version.frontMatter.body });
  const sections = [
    { id: "binding", title: "Rules from outside that bind this body", rules: binding },
    { id: "others", title: "Rules that do not bind this body", rules: others },
  ];
  return sections.map(({ id, title, rules }) =>
    rules.length === 0 ? null : (
      <Section key={id} title={title} id={id}>
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
                <p>
                  <Link href={`/outside-rules/${rule.id}`}>What changed, and what was said of it</Link>
                </p>
              )}
            </OutsideRuleItem>
          ))}
        </ul>
      </Section>
    ),
  );
}

function RestingClauses({ version: { slug, version, clauses }, rule }: { version: PolicyVersion; rule: OutsideRule }) {
  const own = clauses.filter(({ id }) => rule.clauses[slug]?.includes(id));
  if (own.length === 0) return null;
  return (
    <p>
      Clauses that rest on it:{" "}
      {own.map(({ id }, at) => (
        <span key={id}>
          {at > 0 && ", "}
          <Link href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`}>{id}</Link>
        </span>
      ))}
    </p>
  );
}

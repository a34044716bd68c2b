import type { ReactNode } from "react";
import { Link, LinkLine } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { Body } from "#domain/policy/policy/body.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";

type OutsideRulesProps = {
  body: Body;
  rules: readonly OutsideRule[];
  /** Where the reasons are, and those that do not bind it. */
  address: string;
};

/** Laws and guidance beyond the policy that bind its body. */
export function OutsideRules({ body, rules: binding, address }: OutsideRulesProps) {
  return (
    <Section title="Rules from outside" id="outside-rules">
      <p>
        These apply to {body.name} whatever the policy says. These are summaries; what counts is the text behind each
        link.
      </p>
      <ul className="list-none space-y-4">
        {binding.map((rule) => (
          <OutsideRuleItem key={rule.id} rule={rule}>
            {rule.means !== null && <p>{rule.means}</p>}
          </OutsideRuleItem>
        ))}
      </ul>
      <LinkLine href={`${address}#binding`}>Why they bind it, and what rests on them</LinkLine>
    </Section>
  );
}

/** One of them, with its text behind the link. */
export function OutsideRuleItem({ rule: { title, href }, children }: { rule: OutsideRule; children: ReactNode }) {
  return (
    <li data-keep="">
      <p className="font-bold">{href === null ? title : <Link href={href}>{title}</Link>}</p>
      {children}
    </li>
  );
}

import type { ReactNode } from "react";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Body } from "#domain/policy/policy/body.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import type { OutsideRulesOf } from "#server/gather/review/outside-rule-queries.ts";

/**
 * Laws and guidance beyond the policy: those that bind its body and, folded away, those that do not, each with the
 * reason.
 */
export function OutsideRules({ body, rules: { binding, others } }: { body: Body; rules: OutsideRulesOf }) {
  return (
    <Stack as="section">
      <h2 id="outside-rules">Rules from outside</h2>
      <p>
        These hold for {body.name} whatever the policy says. They are put in short here; what counts is the text behind
        each link.
      </p>
      <ul className="list-none space-y-4">
        {binding.map((rule) => (
          <Rule key={rule.id} rule={rule}>
            <p>{rule.means}</p>
            <p className="text-small text-soft">It binds this body because {rule.because}</p>
          </Rule>
        ))}
      </ul>
      {others.length > 0 && (
        <Disclosure summary={`Rules that do not bind this body (${others.length}), and why`}>
          <ul className="list-none space-y-4">
            {others.map((rule) => (
              <Rule key={rule.id} rule={rule}>
                <p>It does not bind this body because {rule.notBecause}</p>
              </Rule>
            ))}
          </ul>
        </Disclosure>
      )}
    </Stack>
  );
}

function Rule({ rule: { title, href }, children }: { rule: OutsideRule; children: ReactNode }) {
  return (
    <li data-keep="">
      <p className="font-bold">{href === null ? title : <Link href={href}>{title}</Link>}</p>
      {children}
    </li>
  );
}

import { Stack } from "#app/_ui/stack.tsx";
import type { OutsideRulesOf } from "#server/gather/review/outside-rule-queries.ts";
import { OutsideRuleItem } from "../outside-rules.tsx";

/** Those that do not bind the body, each with the reason. */
export function OtherRules({ rules }: { rules: OutsideRulesOf["others"] }) {
  return (
    <Stack as="section">
      <h2 id="others">Rules that do not bind this body</h2>
      <ul className="list-none space-y-4">
        {rules.map((rule) => (
          <OutsideRuleItem key={rule.id} rule={rule}>
            <p>It does not bind this body because {rule.notBecause}</p>
          </OutsideRuleItem>
        ))}
      </ul>
    </Stack>
  );
}

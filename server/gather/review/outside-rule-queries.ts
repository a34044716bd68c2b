import "server-only";
import type { Body } from "#domain/policy/policy/body.ts";
import { bindsBody, type OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import { loadContent } from "#server/base/content/store.ts";

export interface OutsideRulesOf {
  binding: OutsideRule[];
  others: OutsideRule[];
}

/**
 * The laws and guidance from outside, with those that bind a body kept separate. Both lists are empty if none is named.
 */
export async function listOutsideRules(body: Pick<Body, "type" | "nation">): Promise<OutsideRulesOf> {
  const { outsideRules } = await loadContent();
  return {
    binding: outsideRules.filter((rule) => bindsBody(rule, body)),
    others: outsideRules.filter((rule) => !bindsBody(rule, body)),
  };
}

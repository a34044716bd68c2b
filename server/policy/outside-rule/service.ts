import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { ruleAnswerProblems, stateKey, type RuleAnswer } from "#domain/policy/policy/outside-rule.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getOutsideRule } from "./queries.ts";
import { hasReadRule, insertRuleReading, insertSeenStates, listSeenStates } from "./repository.ts";

/**
 * Records the state of each rule from outside where it is not the one seen last. Runs at every start, and when the
 * content changes; two servers may both record it, which is the same state twice.
 */
export async function recordRuleStates(): Promise<void> {
  const { outsideRules } = await loadContent();
  const seenAt = clock.now();
  await transact(async (tx) => {
    const last = new Map((await listSeenStates(tx)).map(({ rule, state }) => [rule, state]));
    const rows = outsideRules
      .map((rule) => ({ id: randomUUID(), rule: rule.id, state: stateKey(rule), seenAt }))
      .filter(({ rule, state }) => last.get(rule) !== state);
    if (rows.length > 0) await insertSeenStates(tx, rows);
    return { result: undefined, evidence: [] };
  });
}

export type ReadRuleResult =
  | { code: "read" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "refused"; message: string }
  | { code: "not-found" };

/**
 * Records that a policy owner read what changed in a rule from outside, and what follows. It settles the task for all
 * policy owners of the body.
 * @param sent `startKey` is made by the page, so that sending its form twice records it once
 */
export async function readRuleChange(
  actor: Actor,
  sent: { id: string; startKey: string; answer: RuleAnswer | null; reason: string },
): Promise<ReadRuleResult> {
  const { id, startKey, answer, reason } = sent;
  if ((await getOutsideRule(actor, id)) === null) return { code: "not-found" };
  const problems = ruleAnswerProblems(sent);
  if (problems.length > 0) return { code: "invalid", problems };
  const { body, personId } = actor;
  const at = clock.now();
  return untilUnique("OutsideRuleReading", () =>
    transact(async (tx): Promise<Change<ReadRuleResult>> => {
      if (await hasReadRule(tx, personId, startKey)) return { result: { code: "read" }, evidence: [] };
      const view = await getOutsideRule(actor, id, tx);
      if (!view?.change) return { result: { code: "refused", message: NOTHING_NEW }, evidence: [] };
      const state = stateKey(view.rule);
      const changes = answer === "new-version";
      const row = { id: randomUUID(), body, rule: id, state, changes, reason, at, personId, startKey };
      await insertRuleReading(tx, row);
      const clauses = view.resting.flatMap(({ version, clauses }) => clauses.map(({ id }) => `${version.slug} ${id}`));
      const data = { state, changes, clauses: clauses.join(", ") };
      const event = "outside-rule.change-read" as const;
      const evidence = { body, event, at, actor: personId, subject: id, data, detail: { reason } };
      return { result: { code: "read" }, evidence: [evidence] };
    }),
  );
}

const NOTHING_NEW = "There is nothing new to read: somebody else has answered this meanwhile.";

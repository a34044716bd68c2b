import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { debtReasonProblems } from "#domain/policy/exception/policy-debt.ts";
import { clock } from "#server/base/clock.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getClauseDebt } from "./debt-queries.ts";
import { hasConsidered, insertConsideration } from "./debt-repository.ts";

export type ConsiderDebtResult =
  | { code: "considered" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** There is no policy debt at the clause, or somebody has looked at it meanwhile. */
  | { code: "refused"; message: string }
  | { code: "not-found" };

/**
 * Records that a policy owner looked at a clause from which there are many exceptions, and keeps the policy as it is.
 * It holds until there are more than now. @param sent `startKey` is made by the page, so that sending its form twice
 * records it once
 */
export async function considerDebt(
  actor: Actor,
  sent: { slug: string; clause: string; startKey: string; reason: string },
): Promise<ConsiderDebtResult> {
  const { slug, clause, startKey, reason } = sent;
  if ((await getClauseDebt(actor, slug, clause)) === null) return { code: "not-found" };
  const problems = debtReasonProblems(reason);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  return untilUnique("DebtConsideration", () =>
    transact(async (tx): Promise<Change<ConsiderDebtResult>> => {
      if (await hasConsidered(tx, personId, startKey)) return { result: { code: "considered" }, evidence: [] };
      const view = await getClauseDebt(actor, slug, clause, tx);
      if (!view?.debt) return { result: { code: "refused", message: NO_DEBT }, evidence: [] };
      const { version, approvals, extension } = view;
      const figures = { approvals, extension };
      const on = { policy: slug, version: version.version, hash: version.hash };
      await insertConsideration(tx, {
        id: randomUUID(),
        body,
        policy: slug,
        clause,
        ...figures,
        reason,
        at,
        personId,
        startKey,
      });
      const event = "policy.debt-considered" as const;
      const evidence = { body, event, at, actor: personId, subject: clause, on, data: figures, detail: { reason } };
      return { result: { code: "considered" }, evidence: [evidence] };
    }),
  );
}

const NO_DEBT = "Nobody has to look at this clause now: the policy has changed, or somebody else has looked at it.";

import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import {
  approvalsInWords,
  debtLimits,
  debtTitle,
  LOOK_AT_DEBT_WITHIN_WORKING_DAYS,
  policyDebt,
} from "#domain/policy/exception/policy-debt.ts";
import { startDay, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getOwnBody, listOwnCurrent } from "#server/policy/policy/queries.ts";
import {
  listClauseApprovals,
  listConsiderations,
  listLastConsiderations,
  type ConsiderationRecord,
} from "./debt-repository.ts";

/**
 * The exceptions from a clause of the current version of a policy of the actor's body, for its policy owners; null for
 * others, and where there is no such clause.
 */
export async function getClauseDebt(actor: Actor, slug: string, clauseId: string, tx: Tx = getDatabase()) {
  if (!can(actor, "policy-debt.consider", actor)) return null;
  const version = (await listOwnCurrent(actor)).find((one) => one.slug === slug);
  const clause = version?.clauses.find(({ id }) => id === clauseId);
  if (!version || !clause) return null;
  const on = { body: actor.body, policy: slug, clause: clauseId };
  const considered = await listConsiderations(tx, on);
  const [found] = await listClauseApprovals(tx, readingOf(actor, considered.slice(0, 1), [version]), on);
  return {
    version,
    clause,
    /** In the last twelve months, and the highest number of extensions of any. */
    approvals: found?.approvals ?? 0,
    extension: found?.extension ?? 0,
    /** Null if there is none, or no more than was considered. */
    debt: found ? policyDebt(found, startDay(version)) : null,
    /** What policy owners said before, the newest first. */
    considered,
  };
}

/** The clauses that the actor, as policy owner, has to look at because of their exceptions, as tasks. */
export async function listDebtTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "policy-debt.consider", actor)) return [];
  const [body, versions] = await Promise.all([getOwnBody(actor), listOwnCurrent(actor)]);
  if (versions.length === 0) return [];
  const tx = getDatabase();
  const considered = await listLastConsiderations(tx, actor.body);
  const found = await listClauseApprovals(tx, readingOf(actor, considered, versions));
  return found.flatMap(({ policy, clause, ...approvals }): Task[] => {
    const version = versions.find(({ slug }) => slug === policy);
    const debt = version?.clauses.some(({ id }) => id === clause) ? policyDebt(approvals, startDay(version)) : null;
    if (!version || !debt) return [];
    return [
      {
        kind: "policy-debt",
        key: `policy-debt ${policy} ${clause}`,
        title: debtTitle(clause, debt),
        reason: `“${version.frontMatter.title}”: ${approvalsInWords(debt)} Change the policy, or say why it stays as it is.`,
        due: workingDayAfter(body, calendarDay(debt.since), LOOK_AT_DEBT_WITHIN_WORKING_DAYS),
        href: `/policies/${policy}/debt?clause=${encodeURIComponent(clause)}`,
      },
    ];
  });
}

function readingOf({ body }: Actor, considered: readonly ConsiderationRecord[], versions: readonly PolicyVersion[]) {
  const now = clock.now();
  return {
    body,
    now,
    from: startOfDay(addMonths(calendarDay(now), -12)),
    limits: considered.map((one) => ({ policy: one.policy, clause: one.clause, limits: debtLimits(one) })),
    versions: versions.flatMap((version) => {
      const day = startDay(version);
      return day === "" ? [] : [{ policy: version.slug, at: startOfDay(day) }];
    }),
  };
}

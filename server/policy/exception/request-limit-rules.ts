import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { MitigationOwner } from "#domain/base/risk/risk.ts";
import type { RequestLimits } from "#domain/policy/exception/request.ts";
import { currentVersion, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listHeldRoles } from "./decider-repository.ts";
import { NO_POLICY } from "./decider-rules.ts";
import type { ExceptionRecord } from "./repository.ts";

/** What the current version of its policy and the directory let a request of the actor's be. */
export async function readRequestLimits(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { policy, requester }: Pick<ExceptionRecord, "policy" | "requester">,
): Promise<RequestLimits> {
  const today = calendarDay(clock.now());
  const version = await ownVersion(actor, policy);
  const held = await listHeldRoles(tx, actor.body, ["governance-officer", "policy-owner"], today);
  const owners: MitigationOwner[] = ["requester", ...(requester.managerId ? (["line-manager"] as const) : [])];
  for (const role of ["governance-officer", "policy-owner"] as const) if (held.includes(role)) owners.push(role);
  return { today, rules: version?.exceptionRules ?? NO_POLICY, owners };
}

/**
 * The current published version of a policy of the actor's own body, or null. Queries no rows, because it is called
 * within transactions.
 */
export async function ownVersion(actor: Actor, slug: string): Promise<PolicyVersion | null> {
  const policy = (await loadContent()).policies.find((candidate) => candidate.slug === slug);
  const isMine = ({ isPublished, frontMatter }: PolicyVersion) => isPublished && frontMatter.body === actor.body;
  return policy ? currentVersion(policy.versions.filter(isMine), calendarDay(clock.now())) : null;
}

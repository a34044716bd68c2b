import type { ExceptionRecord } from "./repository.ts";
import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { MitigationOwner } from "#domain/base/risk/risk.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { RequestContent, RequestLimits } from "#domain/policy/exception/request.ts";
import { currentVersion, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getConnections } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listOwnTeams } from "#server/people/directory/queries.ts";
import { listHeldRoles } from "./decider-repository.ts";
import { NO_POLICY, readExceptionRules } from "./decider-rules.ts";

/** What the current version of its policy and the directory let a request of the actor's be. */
export async function readRequestLimits(
  tx: Tx,
  actor: Actor,
  { policy, requester }: { policy: string; requester: { managerId: string | null } },
): Promise<RequestLimits> {
  const today = clock.today();
  const version = await ownVersion(actor, policy);
  const held = await listHeldRoles(tx, actor.body, ["governance-officer", "policy-owner"], today);
  const owners: MitigationOwner[] = ["requester", ...(requester.managerId ? (["line-manager"] as const) : [])];
  for (const role of ["governance-officer", "policy-owner"] as const) if (held.includes(role)) owners.push(role);
  return { today, rules: version?.exceptionRules ?? NO_POLICY, owners };
}

/** What is wrong with the team or the chat group that a request is for: it has to be one of the actor's own. */
export async function whomProblems(
  tx: Tx,
  actor: Actor,
  { scope, teamId, groupId }: Pick<RequestContent, "scope" | "teamId" | "groupId">,
): Promise<FieldProblem[]> {
  if (scope === "team" && teamId !== null && !(await listOwnTeams(actor, tx)).some(({ id }) => id === teamId))
    return [{ field: "scope", message: "Choose one of your own teams: this one is not yours." }];
  if (scope !== "group" || groupId === null) return [];
  const groups = await getConnections().listAdministeredGroups(actor, tx);
  return groups.some(({ id }) => id === groupId)
    ? []
    : [{ field: "scope", message: "Choose a registered chat group that you administer: this one is none." }];
}

/**
 * The current published version of a policy of the actor's own body, or null. Queries no rows, because it is called
 * within transactions.
 */
export async function ownVersion(actor: Actor, slug: string): Promise<PolicyVersion | null> {
  const policy = (await loadContent()).policies.find((candidate) => candidate.slug === slug);
  const isMine = ({ isPublished, frontMatter }: PolicyVersion) => isPublished && frontMatter.body === actor.body;
  return policy ? currentVersion(policy.versions.filter(isMine), clock.today()) : null;
}

/**
 * The day by which a request of a body is to be decided or changed, from the moment when it was somebody's turn: the
 * target of its policy, in working days.
 */
export async function readDueDays(
  body: string,
): Promise<(request: Pick<ExceptionRecord, "policy" | "version" | "hash">, since: Date) => string> {
  const found = (await loadContent()).bodies.find(({ slug }) => slug === body);
  const rulesFor = await readExceptionRules();
  return (request, since) => workingDayAfter(found, calendarDay(since), rulesFor(request).target.workingDays);
}

/** The ids among `clauses` that the version has, each once, in the order of its text. */
export const knownClauses = (version: PolicyVersion, clauses: readonly string[]): string[] =>
  version.clauses.map(({ id }) => id).filter((id) => clauses.includes(id));

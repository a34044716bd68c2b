import type { Actor } from "#domain/access/permission/permission.ts";
import { evaluateRequest } from "#domain/answers/api/evaluate.ts";
import { type ApiAnswer, type EvaluateResponse, found, refuse } from "#domain/answers/api/evaluation-schema.ts";
import type { OutcomeList } from "#domain/answers/api/outcome-schema.ts";
import { listOutcomes } from "#domain/answers/api/outcomes.ts";
import {
  clauseList,
  historyEntry,
  policySummary,
  policyVersion,
  questionList,
  type HistoricVersion,
} from "#domain/answers/api/policy-resource.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { readHeadSize } from "#domain/evidence/head/head.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { makeHeadFile } from "#server/evidence/head/queries.ts";
import {
  getPolicy,
  getPolicyToRead,
  getPolicyVersion,
  listVersions,
  type ReadablePolicy,
} from "#server/policy/policy/queries.ts";

// What programs read. The actor is a program, or anybody who may read published policies;
// server/policy/policy/queries.ts decides.

/** Which version an address is about: its number or, without one, the version that decides today. */
export interface VersionAddress {
  slug: string;
  version?: string | undefined;
  /** The day to decide for, YYYY-MM-DD; today where it is left out. */
  on?: string | undefined;
}

/** The newest published head of the program's body. It says nothing about anybody, so any token that reads has it. */
export async function getHeadResource({ body }: Actor, query: URLSearchParams) {
  const typed = query.get("since");
  const since = readHeadSize(typed);
  const detail = `"${typed}" is no number of rows. Send one such as 412, or leave it out.`;
  if (typed !== null && since === undefined) return refuse([{ detail, parameter: "since" }]);
  const file = await makeHeadFile(body, undefined, since);
  return found(file === "waits" ? null : file);
}

/** Every policy that the actor may read, by slug. */
export async function listPolicyResources(actor: Actor) {
  const content = await loadContent();
  const slugs = content.policies.map(({ slug }) => slug).sort();
  const readable = await Promise.all(slugs.map((slug) => getPolicyToRead(actor, slug)));
  const today = calendarDay(clock.now());
  const policies = readable.flatMap((policy) => (policy ? [policySummary({ ...policy, today }, policy.body)] : []));
  return found({ policies });
}

/**
 * One version with its document control; without a number, the one that `/policies/[slug]` shows, including a
 * withdrawal.
 */
export async function getVersionResource(actor: Actor, { slug, version }: VersionAddress) {
  const policy =
    version === undefined ? await getPolicyToRead(actor, slug) : await getPolicyVersion(actor, slug, version);
  const history = policy && (await listHistory(actor, policy));
  const standing = history?.find((one) => one.version.version === policy?.version.version);
  return found(policy && standing ? policyVersion(standing, policy.body) : null);
}

/** The versions of a policy, newest first. */
export async function listVersionResources(actor: Actor, { slug }: VersionAddress) {
  const policy = (await getPolicyToRead(actor, slug)) ?? (await anyVersion(actor, slug));
  return found(policy && { policy: slug, versions: (await listHistory(actor, policy)).map(historyEntry) });
}

export async function listClauseResources(actor: Actor, address: VersionAddress) {
  const policy = await findVersion(actor, address);
  return found(policy && clauseList(policy.version));
}

export async function listQuestionResources(actor: Actor, address: VersionAddress) {
  const policy = await findVersion(actor, address);
  return found(policy && questionList(policy.version));
}

/** @param query fact and answer: see domain/answers/api/outcomes.ts */
export async function listOutcomeResources(
  actor: Actor,
  address: VersionAddress,
  query: Iterable<[string, string]>,
): Promise<ApiAnswer<OutcomeList>> {
  const policy = await findVersion(actor, address);
  return policy ? listOutcomes(policy, query) : found<OutcomeList>(null);
}

/** @param sent the parsed JSON, of any shape */
export async function evaluateSituations(
  actor: Actor,
  address: VersionAddress,
  sent: unknown,
): Promise<ApiAnswer<EvaluateResponse>> {
  const policy = await findVersion(actor, address);
  if (!policy) return found<EvaluateResponse>(null);
  const { questions: shared } = await loadContent();
  return evaluateRequest({ ...policy, shared }, sent);
}

function findVersion(actor: Actor, { slug, version, on }: VersionAddress): Promise<ReadablePolicy | null> {
  return version === undefined ? getPolicy(actor, slug, on) : getPolicyVersion(actor, slug, version, on);
}

/** A policy whose versions are all in the future has no version to show, but versions to list. */
async function anyVersion(actor: Actor, slug: string): Promise<ReadablePolicy | null> {
  const [newest] = (await listVersions(actor, slug)) ?? [];
  return newest ? getPolicyVersion(actor, slug, newest.version.version) : null;
}

async function listHistory(
  actor: Actor,
  { version: { slug }, current }: { version: PolicyVersion; current: string | null },
): Promise<HistoricVersion[]> {
  const today = calendarDay(clock.now());
  return ((await listVersions(actor, slug)) ?? []).map((entry) => ({ ...entry, current, today }));
}

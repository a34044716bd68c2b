import { type Actor, can } from "#domain/access/permission/permission.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { checkSituationsOf } from "#domain/policy/understanding/check-situation.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import {
  rateOf,
  ratesByVerdict,
  responseRate,
  sampledStateOf,
  writePopulation,
} from "#domain/registers/understanding-check/sample.ts";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getOwnBody, listOwnPolicies, titles } from "#server/policy/policy/queries.ts";
import {
  findOwnSampled,
  findSample,
  listParts,
  listPopulation,
  listSamples,
  type SampleRecord,
  listWaitingSampled,
  type OwnSampledRecord,
} from "./sample-repository.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";

/** The choices of the form that starts a check; null for those who may not. */
export async function getSampleChoices(actor: Actor) {
  if (!can(actor, "check-sample.run", actor)) return null;
  const [body, own, parts] = await Promise.all([
    getOwnBody(actor),
    listOwnPolicies(actor),
    listParts(getDatabase(), actor.body),
  ]);
  if (!body) return null;
  const policies = own.flatMap(({ current }) =>
    current && checkSituationsOf(current.table).length > 0 ? [current] : [],
  );
  const named = [
    { kind: "body" as const, value: "", name: `Everybody at ${body.name}` },
    ...parts.employers.map((value) => ({ kind: "employer" as const, value, name: `Employer: ${value}` })),
    ...parts.kinds.map((value) => ({ kind: "kind" as const, value, name: `Kind: ${PERSON_KIND_NAMES[value]}` })),
    ...parts.teams.map(({ id, name }) => ({ kind: "team" as const, value: id, name: `Team: ${name}` })),
  ];
  const today = clock.today();
  const populations = [];
  for (const { name, ...population } of named) {
    const ids = await listPopulation(getDatabase(), actor.body, population, today);
    const people = ids.filter((id) => id !== actor.personId).length;
    if (people > 0) populations.push({ value: writePopulation(population), name, people });
  }
  return { body, policies, populations };
}

/** What a check can be started on, and among whom, without who asks. */
export type SampleChoices = NonNullable<Awaited<ReturnType<typeof getSampleChoices>>>;

/** The newest checks of the body; null for those who may not. */
export async function listSampleChecks(actor: Actor) {
  if (!can(actor, "check-sample.read", actor)) return null;
  const today = clock.today();
  const [rows, titleOf] = await Promise.all([listSamples(getDatabase(), actor.body, MOST_LISTED), titles()]);
  return rows.map(({ reference, policy, version, populationName, startedAt, lastDay, closedAt, _count }) => ({
    reference,
    policyTitle: titleOf(policy, version),
    version,
    populationName,
    startedAt,
    lastDay,
    asked: _count.sampled,
    isOver: closedAt !== null || lastDay < today,
  }));
}

const MOST_LISTED = 100;

/** One check; null if it does not exist or the actor may not read it. */
export async function getSampleCheck(actor: Actor, typed: string) {
  const reference = parseReference("CHK", typed);
  if (!reference || !can(actor, "check-sample.read", actor)) return null;
  const sample = await findSample(getDatabase(), actor.body, reference);
  if (!sample) return null;
  const isOver = isOverOn(sample, clock.today());
  const people = sample.sampled.map((one) => {
    const { person, personId, answeredAt, excusedAt, right, situations, excusedBecause } = one;
    const state = sampledStateOf({ answeredAt, excusedAt, hasLeft: person.status === "left" }, isOver);
    const head = { personId, name: person.name, email: person.email, team: person.team?.name ?? null };
    return { ...head, state, answeredAt, right, situations, excusedBecause };
  });
  const answers = await answersOf(sample);
  const seesNames = can(actor, "check-sample.run", actor);
  const isFew = people.filter(({ answeredAt }) => answeredAt).length < SMALLEST_SHOWN;
  const all = rateOf(answers.map(({ isRight }) => isRight));
  const byVerdict = ratesByVerdict(answers).filter(({ rate }) => seesNames || rate.of >= SMALLEST_SHOWN);
  const { sampled: _, person, ...head } = sample;
  return {
    ...head,
    policyTitle: (await titles())(sample.policy, sample.version),
    isOver,
    startedBy: person.name,
    asked: people.length,
    response: responseRate(people.map(({ state }) => state)),
    /** Null where fewer than five have answered and the reader may not see names. */
    rates: seesNames || !isFew ? { all, byVerdict } : null,
    /** Null for those who may not see names. */
    people: seesNames ? people : null,
  };
}

/** A check as officers see it; owners and auditors without names, and without figures of a few. */
export type SampleView = NonNullable<Awaited<ReturnType<typeof getSampleCheck>>>;

/** Somebody whom a check asks, for governance officers. */
export type SampledView = NonNullable<SampleView["people"]>[number];

/** Those who can still answer. @param today YYYY-MM-DD */
export function waitingOf(sample: SampleRecord, today: string): SampleRecord["sampled"] {
  const isOver = isOverOn(sample, today);
  return sample.sampled.filter(({ answeredAt, excusedAt, person }) => {
    return sampledStateOf({ answeredAt, excusedAt, hasLeft: person.status === "left" }, isOver) === "waiting";
  });
}

const isOverOn = ({ closedAt, lastDay }: Pick<SampleRecord, "closedAt" | "lastDay">, today: string): boolean =>
  closedAt !== null || lastDay < today;

/** Each answer with what the policy says of its situation; those of a version that is gone are left out. */
async function answersOf(sample: SampleRecord): Promise<{ verdict: Verdict; isRight: boolean }[]> {
  const version = await versionOf(sample);
  const situations = new Map(version && checkSituationsOf(version.table).map((one) => [one.id, one.rule.verdict]));
  return sample.sampled.flatMap(({ situations: ids, right }) =>
    right.flatMap((isRight, at) => {
      const verdict = situations.get(ids[at] ?? "");
      return verdict ? [{ verdict, isRight }] : [];
    }),
  );
}

async function versionOf(sample: { policy: string; version: string; hash: string }): Promise<PolicyVersion | null> {
  const policy = (await loadContent()).policies.find(({ slug }) => slug === sample.policy);
  return policy?.versions.find(({ version, hash }) => version === sample.version && hash === sample.hash) ?? null;
}

/** The situations that a check asks the actor about; null if it does not ask them. */
export async function getOwnSituations(actor: Actor, typed: string) {
  const reference = parseReference("CHK", typed);
  if (!reference || !can(actor, "check-sample.answer", actor)) return null;
  const own = await findOwnSampled(getDatabase(), actor.body, reference, actor.personId);
  const version = own && (await versionOf(own.sample));
  if (!own || !version) return null;
  const known = checkSituationsOf(version.table);
  const situations = own.situations.flatMap((id) => known.find((one) => one.id === id) ?? []);
  const { policy, hash, lastDay } = own.sample;
  return {
    sampleId: own.sampleId,
    reference,
    on: { policy, version: version.version, hash },
    version,
    lastDay,
    situations,
    /** Whether it takes an answer. */
    isOpen: !own.answeredAt && !own.excusedAt && !isOverOn(own.sample, clock.today()),
    /** What they chose, once they have answered both. */
    answers: own.answeredAt && own.choices.map((chosen, at) => ({ chosen, isRight: own.right[at] === true })),
  };
}

/** The checks for which the actor was drawn and which wait for their answer, as tasks. By person. */
export async function listCheckTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const waiting = await listWaitingSampled(getDatabase(), first.body, ids, clock.today());
  const byPerson = grouped(waiting, ({ personId }) => personId);
  if (byPerson.size === 0) return new Map();
  const { policies } = await loadContent();
  const titleOf = ({ policy, hash }: OwnSampledRecord["sample"]) =>
    policies.find(({ slug }) => slug === policy)?.versions.find((one) => one.hash === hash)?.frontMatter.title ??
    policy;
  return new Map(
    [...byPerson].map(([personId, own]) => [personId, own.map((one) => toTask(one, titleOf(one.sample)))]),
  );
}

const toTask = ({ sample: { reference, lastDay } }: OwnSampledRecord, title: string): Task =>
  newTask("answer-check", reference, {
    title: `Say what the policy says about two situations: ${reference}`,
    reason: `You were chosen at random for a check of “${title}”. It takes two minutes.`,
    due: lastDay,
    href: `/checks-held/samples/${reference}/answer`,
  });

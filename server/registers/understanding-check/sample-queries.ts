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
import type { Population } from "#domain/registers/understanding-check/sample.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { isAbsentThroughout, pausedLastDay } from "#domain/base/calendar/period.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { listAbsences } from "#server/people/absence/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
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
  const today = clock.today();
  const lastDayOf = await lastDaysFor(sample.body, [sample]);
  const people = sample.sampled.map((one) => {
    const { person, personId, answeredAt, right, situations, excusedBecause } = one;
    const state = stateOn(sample, one, lastDayOf(sample, personId), today);
    const head = { personId, name: person.name, email: person.email, team: person.team?.name ?? null };
    return { ...head, state, answeredAt, right, situations, excusedBecause };
  });
  const isOver = isOverOn(sample, sample.lastDay, today) && people.every(({ state }) => state !== "waiting");
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
export async function waitingOf(sample: SampleRecord, today: string): Promise<SampleRecord["sampled"]> {
  const lastDayOf = await lastDaysFor(sample.body, [sample]);
  return sample.sampled.filter((one) => stateOn(sample, one, lastDayOf(sample, one.personId), today) === "waiting");
}

type Asking = Pick<SampleRecord, "closedAt" | "lastDay" | "startedAt">;

const stateOn = (
  sample: Asking,
  { answeredAt, excusedAt, person }: SampleRecord["sampled"][number],
  lastDay: string,
  today: string,
) => sampledStateOf({ answeredAt, excusedAt, hasLeft: person.status === "left" }, isOverOn(sample, lastDay, today));

const isOverOn = ({ closedAt }: Pick<SampleRecord, "closedAt">, lastDay: string, today: string): boolean =>
  closedAt !== null || lastDay < today;

/** The last day of each person to answer a check: leave that they take meanwhile pauses their time. */
async function lastDaysFor(body: string, samples: readonly (Asking & { sampled: readonly { personId: string }[] })[]) {
  const ids = samples.flatMap(({ sampled }) => sampled.map(({ personId }) => personId));
  const [absences, { bodies }] = await Promise.all([listAbsences(getDatabase(), ids), loadContent()]);
  const own = bodies.find(({ slug }) => slug === body);
  return ({ startedAt, lastDay }: Asking, personId: string): string => {
    const from = calendarDay(startedAt);
    const away = (absences.get(personId) ?? []).filter((one) => one.lastDay >= from);
    if (away.length === 0) return lastDay;
    const furthest = away.reduce((day, one) => (one.lastDay > day ? one.lastDay : day), lastDay);
    return pausedLastDay(from, lastDay, { absences: away, daysOff: daysOff(own, from, furthest) });
  };
}

/** Who of a body a check can ask: who works there, and not who is away on every working day of it. */
export async function listAvailable(
  tx: Tx,
  body: Body,
  population: Population,
  days: { today: string; lastDay: string },
) {
  const ids = await listPopulation(tx, body.slug, population, days.today);
  const absences = await listAbsences(tx, ids);
  const off = daysOff(body, days.today, days.lastDay);
  return ids.filter((id) => {
    const away = absences.get(id) ?? [];
    return away.length === 0 || !isAbsentThroughout(days.today, days.lastDay, { absences: away, daysOff: off });
  });
}

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
  const { policy, hash } = own.sample;
  const lastDayOf = await lastDaysFor(actor.body, [{ ...own.sample, sampled: [own] }]);
  const lastDay = lastDayOf(own.sample, actor.personId);
  return {
    sampleId: own.sampleId,
    reference,
    on: { policy, version: version.version, hash },
    version,
    lastDay,
    situations,
    /** Whether it takes an answer. */
    isOpen: !own.answeredAt && !own.excusedAt && !isOverOn(own.sample, lastDay, clock.today()),
    /** What they chose, once they have answered both. */
    answers: own.answeredAt && own.choices.map((chosen, at) => ({ chosen, isRight: own.right[at] === true })),
  };
}

/** The checks for which the actor was drawn and which wait for their answer, as tasks. By person. */
export async function listCheckTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const today = clock.today();
  const asked = await listWaitingSampled(getDatabase(), first.body, ids, today);
  if (asked.length === 0) return new Map();
  const lastDayOf = await lastDaysFor(
    first.body,
    asked.map((one) => ({ ...one.sample, sampled: [one] })),
  );
  const waiting = asked
    .map((one) => ({ ...one, lastDay: lastDayOf(one.sample, one.personId) }))
    .filter(({ lastDay }) => lastDay >= today);
  const byPerson = grouped(waiting, ({ personId }) => personId);
  const { policies } = await loadContent();
  const titleOf = ({ policy, hash }: OwnSampledRecord["sample"]) =>
    policies.find(({ slug }) => slug === policy)?.versions.find((one) => one.hash === hash)?.frontMatter.title ??
    policy;
  return new Map(
    [...byPerson].map(([personId, own]) => [personId, own.map((one) => toTask(one, titleOf(one.sample)))]),
  );
}

const toTask = ({ sample: { reference }, lastDay }: OwnSampledRecord & { lastDay: string }, title: string): Task =>
  newTask("answer-check", reference, {
    title: `Say what the policy says about two situations: ${reference}`,
    reason: `You were chosen at random for a check of “${title}”. It takes two minutes.`,
    due: lastDay,
    href: `/checks-held/samples/${reference}/answer`,
  });

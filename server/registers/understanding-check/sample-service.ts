import { tellAll, tellOwner } from "#domain/evidence/notice/notice.ts";
import type { Outcome, Refused, Started } from "#domain/base/form/outcome.ts";
import { eventBy, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { checkSituationsOf } from "#domain/policy/understanding/check-situation.ts";
import { askingOrder, drawPair } from "#domain/policy/understanding/draw.ts";
import { neededOf, verdictFrom } from "#domain/policy/understanding/reading.ts";
import {
  excuseProblems,
  readPopulation,
  sampleProblems,
  sampleSize,
  type SampleDraft,
} from "#domain/registers/understanding-check/sample.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getOwnSituations, getSampleChoices, listAvailable, waitingOf, type SampleChoices } from "./sample-queries.ts";
import { drawSample, populationHash } from "./sample-rules.ts";
import {
  findSample,
  insertSample,
  writeAnswers,
  writeClosed,
  writeExcuse,
  type SampleRecord,
} from "./sample-repository.ts";

/**
 * Starts a check: draws whom it asks among those who work there now, without who starts it and who is away all the time,
 * and tells each of them.
 * @param startKey made by the page, so that sending its form twice starts one
 */
export async function startSample(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: SampleDraft },
): Promise<Started<"started">> {
  const choices = await getSampleChoices(actor);
  if (!choices) return { code: "not-found" };
  const at = clock.now();
  const today = calendarDay(at);
  const size = sampleSize(draft.size);
  const lastDay = draft.lastDay.kind === "day" ? draft.lastDay.day : today;
  const holidays = daysOff(choices.body, today, lastDay < today ? today : lastDay);
  const problems = sampleProblems(draft, offeredBy(choices), today, (day) => isWorkingDay(day, holidays));
  const version = choices.policies.find(({ slug }) => slug === draft.policy);
  const population = readPopulation(draft.population);
  if (problems.length > 0 || !version || !population || size === null) return { code: "invalid", problems };
  const { body, personId } = actor;
  return startEntry("CHK", { personId, startKey }, { code: "started" }, async (tx, entry) => {
    const ids = (await listAvailable(tx, choices.body, population, { today, lastDay })).filter((id) => id !== personId);
    if (ids.length === 0) return { instead: { code: "invalid" as const, problems: [NOBODY] } };
    const seed = randomBytes(16).toString("hex");
    const drawn = drawSample(ids, seed, size);
    const { reference } = entry;
    const on = { policy: version.slug, version: version.version, hash: version.hash };
    const figures = { population: draft.population, populationSize: ids.length, seed, lastDay };
    await insertSample(tx, {
      ...entry,
      body,
      personId,
      ...on,
      ...figures,
      populationName: choices.populations.find(({ value }) => value === draft.population)?.name ?? draft.population,
      populationHash: populationHash(ids),
      startedAt: at,
      sampled: { create: withSituations(drawn, version.table, seed) },
    });
    const { population: _, ...codes } = figures;
    const data = { ...codes, kind: population.kind, asked: drawn.length, populationHash: populationHash(ids) };
    const event = eventBy(actor, at, "check-sample.started", reference, { on, data });
    const { title } = version.frontMatter;
    const notices = tellAll(drawn, {
      body,
      kind: "check-asked",
      subject: `Two situations from “${title}”`,
      paragraphs: [
        `You were chosen at random, with others, to say what “${title}” says about two situations. It takes two minutes.`,
        `Answer by ${dateInWords(lastDay)}. It shows where the policy is hard to understand. A wrong answer has no consequences.`,
      ],
      href: `/checks-held/samples/${reference}/answer`,
    });
    return { evidence: [event], notices };
  });
}

function offeredBy({ policies, populations }: SampleChoices) {
  return { policies: policies.map(({ slug }) => slug), populations: populations.map(({ value }) => value) };
}

const NOBODY: FieldProblem = {
  field: "population",
  message: "Nobody works there now that you could ask, or all are away until the last day.",
};

/** Two situations for each, drawn from the same seed and who they are: no pair twice while there are enough. */
function withSituations(ids: readonly string[], table: DecisionTable, seed: string) {
  const all = checkSituationsOf(table);
  const taken: string[] = [];
  return ids.map((personId) => {
    const own = `${seed} ${personId}`;
    const pair = drawPair(all, own, taken)?.pair ?? "";
    taken.push(pair);
    return {
      id: randomUUID(),
      personId,
      situations: askingOrder(all, own, pair)
        .slice(0, neededOf(all))
        .map(({ id }) => id),
    };
  });
}

/** Records what the actor chose for each situation: one try, and right or wrong is kept for this check alone. */
export async function answerSample(
  actor: Actor,
  reference: string,
  choices: readonly string[],
): Promise<Outcome<"answered"> | Refused> {
  const own = await getOwnSituations(actor, reference);
  if (!own) return { code: "not-found" };
  if (own.answers) return { code: "answered" };
  if (!own.isOpen) return { code: "refused", message: OVER };
  const chosen = own.situations.map(({ choices: offered }, at) => {
    const verdict = verdictFrom(choices[at] ?? "");
    return verdict && offered.includes(verdict) ? verdict : null;
  });
  const problems = chosen.flatMap((verdict, at) =>
    verdict ? [] : [{ field: `choice${at + 1}`, message: `Choose what the policy says of situation ${at + 1}.` }],
  );
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { personId } = actor;
  const right = own.situations.map(({ rule }, index) => rule.verdict === chosen[index]);
  return transact(async (tx): Promise<Change<Outcome<"answered"> | Refused>> => {
    const answers = { choices: chosen.flatMap((one) => one ?? []), right, answeredAt: at };
    const isWritten = await writeAnswers(tx, { sampleId: own.sampleId, personId }, answers);
    if (!isWritten) return { result: { code: "refused", message: OVER }, evidence: [] };
    const event = eventBy(actor, at, "check-sample.answered", own.reference, { on: own.on });
    return { result: { code: "answered" }, evidence: [event] };
  });
}

const OVER = "This check takes no more answers: it is over, or you have answered it in another window.";

/** Excuses somebody who has not answered, with the reason: they are asked no more, and do not count. */
export async function excuseSampled(
  actor: Actor,
  reference: string,
  sent: { personId: string; reason: string },
): Promise<Outcome<"done"> | Refused> {
  const sample = await findToRun(actor, reference);
  if (!sample) return { code: "not-found" };
  const waiting = await waitingOf(sample, clock.today());
  const problems = excuseProblems(
    sent.personId,
    sent.reason,
    waiting.map(({ personId }) => personId),
  );
  if (problems.length > 0) return { code: "invalid", problems };
  const excuse = { excusedAt: clock.now(), excusedBecause: sent.reason, excusedById: actor.personId };
  return transact(async (tx): Promise<Change<Outcome<"done"> | Refused>> => {
    const isWritten = await writeExcuse(tx, { sampleId: sample.id, personId: sent.personId }, excuse);
    if (!isWritten)
      return { result: { code: "refused", message: "They have answered since you opened this page." }, evidence: [] };
    const more = { data: { person: sent.personId }, detail: { reason: sent.reason } };
    const words = "You have nothing to do for it.";
    const notice = { subject: `You are excused from the check ${sample.reference}`, words, href: "/tasks" };
    return {
      result: { code: "done" },
      evidence: [eventOf(actor, sample, "check-sample.excused", more)],
      notices: tellOwner(actor, sent.personId, notice),
    };
  });
}

/** Ends a check: nobody can answer it any more. */
export async function closeSample(actor: Actor, reference: string): Promise<Outcome<"done"> | Refused> {
  const sample = await findToRun(actor, reference);
  if (!sample) return { code: "not-found" };
  return transact(async (tx): Promise<Change<Outcome<"done"> | Refused>> => {
    const isClosed = await writeClosed(tx, sample.id, { closedAt: clock.now(), closedById: actor.personId });
    if (!isClosed) return { result: { code: "done" }, evidence: [] };
    const answered =
      (await findSample(tx, actor.body, sample.reference))?.sampled.filter((one) => one.answeredAt) ?? [];
    const data = {
      answered: answered.length,
      situations: answered.flatMap(({ right }) => right).length,
      right: answered.flatMap(({ right }) => right).filter(Boolean).length,
    };
    const { reference: of } = sample;
    const words = "Its result is on its page: how many answered right, without names.";
    const notice = { subject: `The check ${of} has ended`, words, href: `/checks-held/samples/${of}` };
    const owners = await listPeopleWithRole(tx, actor.body, "policy-owner");
    return {
      result: { code: "done" },
      evidence: [eventOf(actor, sample, "check-sample.closed", { data })],
      notices: owners.flatMap(({ id }) => tellOwner(actor, id, notice)),
    };
  });
}

async function findToRun(actor: Actor, reference: string): Promise<SampleRecord | null> {
  if (!can(actor, "check-sample.run", actor)) return null;
  return findSample(getDatabase(), actor.body, reference);
}

function eventOf(actor: Actor, sample: SampleRecord, event: EvidenceEventName, more: Parameters<typeof eventBy>[4]) {
  const { policy, version, hash, reference } = sample;
  return eventBy(actor, clock.now(), event, reference, { on: { policy, version, hash }, ...more });
}

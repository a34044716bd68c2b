import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, dateInWords, isWorkingDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Tx } from "#server/base/db/database.ts";
import { FOLLOW_UP_WORDS, REMINDED_STATES, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";
import { lockReminders } from "./follow-up-repository.ts";
import { endExemptions, insertExemptions, insertHandOvers } from "./repository.ts";
import {
  readFollowUp,
  readFollowUpFilter,
  type FollowUpFilter,
  type FollowUpPerson,
  type FollowUpScope,
} from "./follow-up-queries.ts";

/** What came of an act on several people; `not-found` also means that the actor may not know about the policy. */
export type FollowUpResult =
  { code: "done"; people: number } | { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

const LONGEST_REASON = 1_000;

/**
 * Exempts people of the body from answering a policy, with the reason, until it is ended or the last day is over. Nobody
 * exempts themselves.
 * @param lastDay YYYY-MM-DD, "" for none
 */
export async function exemptFromAnswering(
  actor: Actor,
  slug: string,
  chosen: readonly string[],
  { reason, lastDay }: { reason: string; lastDay: string },
): Promise<FollowUpResult> {
  const today = clock.today();
  return actOnPeople(actor, slug, { chosen, states: REMINDED_STATES }, (people) => {
    const problems = textProblems("reason", reason, "Say why they do not have to answer.", LONGEST_REASON);
    if (lastDay !== "" && lastDay < today)
      problems.push({ field: "lastDay", message: "Give a last day from today on, or none." });
    if (people.some(({ id }) => id === actor.personId))
      problems.push({ field: "person", message: "You cannot exempt yourself. Somebody else can." });
    if (problems.length > 0) return problems;
    return async (tx, { body, on, at }) => {
      const exempted = await insertExemptions(
        tx,
        people.map(({ id }) => id),
        { body, policy: slug, reason, lastDay: lastDay || null, givenAt: at, givenById: actor.personId },
      );
      const event = { body, event: "policy.exempted" as const, at, actor: actor.personId, on };
      const until = lastDay === "" ? {} : { lastDay };
      return {
        count: exempted.length,
        evidence: exempted.map((subject) => ({ ...event, subject, data: until, detail: { reason } })),
        notices: tellOfExemption(actor, slug, exempted, "You need not answer a policy"),
      };
    };
  });
}

/** Ends people's exemptions from a policy: they are asked again, with the days that they had. */
export const endExemption = async (actor: Actor, slug: string, chosen: readonly string[]): Promise<FollowUpResult> =>
  actOnPeople(actor, slug, { chosen, states: ["exempt"] }, (people) => async (tx, { body, on, at }) => {
    const ended = await endExemptions(
      tx,
      people.map(({ id }) => id),
      { policy: slug, endedAt: at, endedById: actor.personId },
    );
    const event = { body, event: "policy.exemption-ended" as const, at, actor: actor.personId, on };
    return {
      count: ended.length,
      evidence: ended.map((subject) => ({ ...event, subject })),
      notices: tellOfExemption(actor, slug, ended, "You are asked to answer a policy again"),
    };
  });

function tellOfExemption(actor: Actor, slug: string, people: readonly string[], subject: string): Notice[] {
  const words = `${actor.name} decided that. Ask them why, if you do not know.`;
  return people.flatMap((to) => tellOwner(actor, to, { subject, words, href: `/policies/${slug}` }));
}

/** Asks the line managers of people to see to their answers: it becomes the managers' task. */
export const handToManagers = async (actor: Actor, slug: string, chosen: readonly string[]): Promise<FollowUpResult> =>
  actOnPeople(actor, slug, { chosen, states: REMINDED_STATES }, (people) => async (tx, { body, on, at }) => {
    const ids = people.map(({ id }) => id);
    await insertHandOvers(tx, ids, { body, ...on, at, byId: actor.personId });
    const event = { body, event: "policy.handed-over" as const, at, actor: actor.personId, subject: slug, on };
    return { count: ids.length, evidence: [{ ...event, data: { people: ids.length } }] };
  });

type Write = (
  tx: Tx,
  of: { body: string; on: { policy: string; version: string; hash: string }; at: Date },
) => Promise<{ count: number; evidence: EvidenceEvent[]; notices?: Notice[] }>;

/** Finds the chosen people of the body who are in these states, and acts on them in one transaction. */
async function actOnPeople(
  actor: Actor,
  slug: string,
  { chosen, states }: { chosen: readonly string[]; states: readonly FollowUpState[] },
  prepare: (people: readonly FollowUpPerson[]) => Write | FieldProblem[],
): Promise<FollowUpResult> {
  const found = await readFollowUp(actor, slug, { ...readFollowUpFilter({}), ids: chosen }, "body");
  if (!found) return { code: "not-found" };
  const people: FollowUpPerson[] = [];
  for await (const person of found.people) if (states.includes(person.state)) people.push(person);
  const words = states.map((state) => FOLLOW_UP_WORDS[state].toLowerCase()).join(", ");
  const nobody = { field: "person", message: `Tick at least one person in one of these states: ${words}.` };
  const write = people.length === 0 ? [nobody] : prepare(people);
  if (Array.isArray(write)) return { code: "invalid", problems: write };
  const { version, hash } = found.chosen.current;
  return transact(async (tx): Promise<Change<FollowUpResult>> => {
    const of = { body: actor.body, on: { policy: slug, version, hash }, at: clock.now() };
    const { count, evidence, notices = [] } = await write(tx, of);
    return { result: { code: "done", people: count }, evidence, notices };
  });
}

/** What came of a reminder; `not-found` also means that the actor may not know about the policy. */
export type AnswerReminderResult =
  | { code: "reminded"; reminded: number; already: number }
  | { code: "refused"; message: string }
  | { code: "not-found" };

/**
 * Reminds people of a policy that they have not answered: some by name, or all who match a filter. Each person once a
 * working day, however many remind them: what is said on days off waits for the mail of the next one. Officers and policy
 * owners remind anybody of the body, line managers their own people.
 * @param chosen ids of people; null for everybody who matches
 * @param whose among whom: the body's people, or the actor's own
 */
export async function remindToAnswer(
  actor: Actor,
  slug: string,
  filter: Omit<FollowUpFilter, "managerId">,
  { chosen, whose }: { chosen: readonly string[] | null; whose: FollowUpScope },
): Promise<AnswerReminderResult> {
  const found = await readFollowUp(actor, slug, { ...filter, ...(chosen && { ids: chosen }) }, whose);
  if (!found) return { code: "not-found" };
  if (chosen?.length === 0) return { code: "refused", message: "Choose at least one person to remind." };
  const { frontMatter, version, hash } = found.chosen.current;
  const { daysOff } = found.chosen.asking;
  const due: FollowUpPerson[] = [];
  for await (const person of found.people) if (REMINDED_STATES.includes(person.state)) due.push(person);
  if (due.length === 0)
    return { code: "refused", message: "Nobody of these has anything to answer: choose people who have not answered." };
  return transact(async (tx) => {
    await lockReminders(tx, actor.body);
    const at = clock.now();
    const href = `/policies/${slug}/acknowledge`;
    const since = startOfDay(firstDayOfMail(calendarDay(at), daysOff));
    const known = new Set(await listNotifiedSince(tx, { kind: "acknowledgement-reminder", href }, since));
    const notices = due
      .filter(({ id }) => !known.has(id))
      .map(({ id, due: day }): Notice => {
        const late = day !== null && day < calendarDay(at);
        const subject = `Accept or decline “${frontMatter.title}”`;
        const by =
          day === null ? "" : late ? `It was due on ${dateInWords(day)}.` : `It is due by ${dateInWords(day)}.`;
        return { body: actor.body, to: id, kind: "acknowledgement-reminder", subject, paragraphs: [by], href };
      });
    const result: AnswerReminderResult = {
      code: "reminded",
      reminded: notices.length,
      already: due.length - notices.length,
    };
    if (notices.length === 0) return { result, evidence: [] };
    const event = { body: actor.body, event: "policy.reminded", at, actor: actor.personId, subject: slug } as const;
    const on = { policy: slug, version, hash };
    return { result, notices, evidence: [{ ...event, on, data: { people: notices.length } }] };
  });
}

/** The first of the days whose news go into one mail: the day itself, and the days off right before it. */
function firstDayOfMail(day: string, daysOff: ReadonlySet<string>): string {
  const before = addDays(day, -1);
  return isWorkingDay(before, daysOff) ? day : firstDayOfMail(before, daysOff);
}

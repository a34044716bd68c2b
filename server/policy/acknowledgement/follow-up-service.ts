import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay, dateInWords, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";
import { lockReminders } from "./follow-up-repository.ts";
import { readFollowUp, type FollowUpFilter, type FollowUpPerson, type FollowUpScope } from "./follow-up-queries.ts";

/** What came of a reminder; `not-found` also means that the actor may not know about the policy. */
export type AnswerReminderResult =
  | { code: "reminded"; reminded: number; already: number }
  | { code: "refused"; message: string }
  | { code: "not-found" };

/**
 * Reminds people of a policy that they have not answered: some by name, or all who match a filter. Each person once a
 * day, however many remind them. Officers and policy owners remind anybody of the body, line managers their own people.
 * @param chosen ids of people; null for everybody who matches
 * @param whose among whom: the body's people, or the actor's own
 */
export async function remindToAnswer(
  actor: Actor,
  slug: string,
  filter: Omit<FollowUpFilter, "managerId">,
  { chosen, whose }: { chosen: readonly string[] | null; whose: FollowUpScope },
): Promise<AnswerReminderResult> {
  const found = await readFollowUp(actor, slug, filter, whose);
  if (!found) return { code: "not-found" };
  if (chosen?.length === 0) return { code: "refused", message: "Choose at least one person to remind." };
  const { frontMatter, version, hash } = found.chosen.current;
  const due: FollowUpPerson[] = [];
  for await (const person of found.people)
    if (REMINDED_STATES.includes(person.state) && (chosen === null || chosen.includes(person.id))) due.push(person);
  if (due.length === 0)
    return { code: "refused", message: "Nobody of these has anything to answer: choose people who have not answered." };
  return transact(async (tx) => {
    await lockReminders(tx, actor.body);
    const at = clock.now();
    const href = `/policies/${slug}/acknowledge`;
    const known = new Set(
      await listNotifiedSince(tx, { kind: "acknowledgement-reminder", href }, startOfDay(calendarDay(at))),
    );
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

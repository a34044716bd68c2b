import { addDays, calendarDay, endOfDay, lastDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { isMissed } from "#domain/policy/exception/request.ts";
import { noticesOfStep, WARN_DAYS_BEFORE_END } from "#domain/policy/exception/notice.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { readDeciderRelations } from "./decider-rules.ts";
import { notToldSince, toldOfEnd } from "./effects.ts";
import { listEnding, listWithMissedConditions, lockException } from "./repository.ts";

/**
 * Tells who holds an exception, and who approved it or the officers in their place, thirty days, seven days and one day
 * before its end, once each, unless an approved extension continues it; and who holds it and who can revoke it that a
 * condition was not met in time.
 */
export const warnOfEnds: Job = {
  name: "warn-of-exception-ends",
  title: "Tell people that an exception ends soon, or that a condition was missed",
  cron: "20 7-18 * * *",
  async run(at) {
    const today = calendarDay(at);
    const [furthest] = WARN_DAYS_BEFORE_END;
    let warned = 0;
    let after = "";
    for (;;) {
      const until = endOfDay(addDays(today, furthest));
      const found = await listEnding(getDatabase(), { from: at, until, after, take: AT_ONCE });
      for (const one of found) if (await warn(one, today)) warned++;
      const last = found.at(-1);
      if (!last || found.length < AT_ONCE) break;
      after = last.id;
    }
    for (const one of await listWithMissedConditions(getDatabase(), at, today))
      if (await tellOfMissed(one, today)) warned++;
    return warned === 0 ? "Nothing new ends soon or was missed" : `${warned} told`;
  },
};

const AT_ONCE = 200;

/** @returns whether somebody was told now */
async function warn({ body, reference }: { body: string; reference: string }, today: string): Promise<boolean> {
  return transact(async (tx) => {
    const nothing = { result: false, evidence: [] };
    const exception = await lockException(tx, body, reference);
    if (exception?.state !== "approved" || !exception.endsAt || exception.extended?.continues) return nothing;
    const on = lastDay(exception.endsAt);
    // The nearest of the days on which to tell that has come; what was told since then is not told again.
    const days = WARN_DAYS_BEFORE_END.findLast((before) => addDays(on, -before) <= today);
    if (days === undefined) return nothing;
    const { hasDeciderLeft, ...concerned } = await toldOfEnd(tx, exception, today);
    const notices = noticesOfStep(exception, { kind: "ending", on, hasDeciderLeft }, concerned);
    const due = await notToldSince(tx, notices, startOfDay(addDays(on, -days)));
    return { result: due.length > 0, evidence: [], notices: due };
  });
}

/** @returns whether somebody was told now of the condition that was missed last */
async function tellOfMissed({ body, reference }: { body: string; reference: string }, today: string): Promise<boolean> {
  return transact(async (tx) => {
    const nothing = { result: false, evidence: [] };
    const exception = await lockException(tx, body, reference);
    if (exception?.state !== "approved") return nothing;
    const missed = exception.conditions.filter((one) => isMissed(one, today)).flatMap(({ dueOn }) => dueOn ?? []);
    const on = missed.sort().at(-1);
    if (on === undefined) return nothing;
    const deciders = (await readDeciderRelations(tx, { body }, [exception])).revokersOf(exception);
    const recipients = { requester: (await toldOfEnd(tx, exception, today)).requester, deciders };
    const notices = noticesOfStep(exception, { kind: "condition-missed", on }, recipients);
    const due = await notToldSince(tx, notices, startOfDay(addDays(on, 1)));
    return { result: due.length > 0, evidence: [], notices: due };
  });
}

import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { changePerson, markAsLeft } from "./person-change.ts";
import { listBodiesWithLeavers, listPastLastDay } from "./repository.ts";

/** In one transaction. */
const LEAVERS_AT_ONCE = 100;

/** People are marked as having left within an hour of the end of their last day, London time. */
export const markLeavers: Job = {
  name: "mark-leavers",
  title: "Sign out people whose leaving date has passed",
  cron: "2 * * * *",
  run: (at) => markLeaversAt(at),
};

/** @param take leavers in one transaction */
export async function markLeaversAt(at: Date, take = LEAVERS_AT_ONCE): Promise<string> {
  const today = calendarDay(at);
  let left = 0;
  let staying = 0;
  for (const body of await listBodiesWithLeavers(getDatabase(), today))
    for (let after = ""; ;) {
      const ids = await listPastLastDay(getDatabase(), body, { today, after, take });
      const last = ids.at(-1);
      if (last === undefined) break;
      const { count, administrators } = await transact((tx) =>
        markAsLeft(tx, body, ids, { by: PORTAL_ACTOR, at, today }),
      );
      left += count;
      for (const personId of administrators) {
        const code = await markAdministrator({ body, personId }, at);
        if (code === "done") left++;
        if (code === "last-administrator") staying++;
      }
      after = last;
    }
  const found = left === 0 ? "Nobody’s leaving date had passed" : `${left} left`;
  return staying === 0 ? found : `${found}; ${staying} stayed as the only administrator of a body`;
}

/** Somebody without whom the body might have no administrator. */
async function markAdministrator(who: { body: string; personId: string }, at: Date) {
  return transact(async (tx) => {
    const done = await changePerson(tx, who, { status: "left" }, { by: PORTAL_ACTOR, authority: null, at });
    if (done === null || done === "last-administrator") return { result: done, evidence: [] };
    return { result: done.code, evidence: done.evidence, notices: done.notices };
  });
}

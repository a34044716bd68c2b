import "server-only";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { changePerson } from "./person-change.ts";
import { listPastLastDay } from "./repository.ts";

/** People are marked as having left within an hour of the end of their last day, London time. */
export const markLeavers: Job = {
  name: "mark-leavers",
  title: "Sign out for good those whose leaving date is over",
  cron: "2 * * * *",
  async run(at) {
    let left = 0;
    let staying = 0;
    for (const { id: personId, body } of await listPastLastDay(getDatabase(), calendarDay(at))) {
      const code = await transact(async (tx) => {
        const done = await changePerson(
          tx,
          { body, personId },
          { status: "left" },
          { by: PORTAL_ACTOR, authority: null, at },
        );
        if (done === null || done === "last-administrator") return { result: done, evidence: [] };
        return { result: done.code, evidence: done.evidence, notices: done.notices };
      });
      if (code === "done") left++;
      if (code === "last-administrator") staying++;
    }
    const found = left === 0 ? "Nobody's leaving date was over" : `${left} left`;
    return staying === 0 ? found : `${found}; ${staying} stayed as the only administrator of a body`;
  },
};

import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Job } from "#server/base/job.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { settleAbsences } from "./effects.ts";

/** Absences grow long, people come back, and deputies begin and end on their days, without anybody doing anything. */
export const handDutiesOver: Job = {
  name: "hand-duties-over",
  title: "Hand over the duties of people who are away for long, and give them back",
  cron: "3 * * * *",
  async run(at) {
    let changes = 0;
    for (const { slug: body } of (await loadContent()).bodies)
      changes += await transact(async (tx) => {
        await lockDirectory(tx, body);
        const followed = await settleAbsences(tx, body, null, { by: PORTAL_ACTOR, at });
        return { result: followed.evidence.length, ...followed };
      });
    return changes === 0 ? "Nothing changed" : `${changes} changes`;
  },
};

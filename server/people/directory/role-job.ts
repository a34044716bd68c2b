import { lapseDay } from "#domain/access/identity/unconfirmed-roles.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { writeRolesConfirmed } from "#server/access/identity/effects.ts";
import { listUnconfirmed, lockDirectory } from "#server/access/identity/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { changePerson } from "./person-change.ts";

/** Runs every hour; roles end on the day that their person and the administrators were told. */
export const lapseUnconfirmedRoles: Job = {
  name: "lapse-unconfirmed-roles",
  title: "End roles that the sign-in service has not confirmed for too long",
  cron: "8 * * * *",
  async run(at) {
    let count = 0;
    for (const { slug, unconfirmedRolesLimitDays } of (await loadContent()).bodies) {
      const isDue = ({ since }: { since: Date }) => lapseDay(since, unconfirmedRolesLimitDays) <= calendarDay(at);
      const due = (await listUnconfirmed(getDatabase(), slug)).filter(isDue);
      for (const { id } of due) if (await lapse({ body: slug, personId: id }, at)) count++;
    }
    return count === 0 ? "No roles lapsed" : `The roles of ${count} lapsed`;
  },
};

/** @returns false if they were confirmed in the meantime */
async function lapse(who: { body: string; personId: string }, at: Date): Promise<boolean> {
  const changedBy = { by: PORTAL_ACTOR, authority: null, at };
  return transact(async (tx): Promise<Change<boolean>> => {
    await lockDirectory(tx, who.body);
    if (!(await writeRolesConfirmed(tx, who.personId))) return { result: false, evidence: [] };
    const changed = await changePerson(tx, who, { roles: [] }, changedBy);
    const isLast = changed === "last-administrator";
    const settled = isLast ? await changePerson(tx, who, { roles: ["administrator"] }, changedBy) : changed;
    if (settled === null || settled === "last-administrator") return { result: false, evidence: [] };
    const lapsed: EvidenceEvent = {
      body: who.body,
      event: "person.roles-lapsed",
      at,
      actor: PORTAL_ACTOR,
      subject: who.personId,
      data: { kept: isLast ? "administrator" : null },
    };
    return { result: true, evidence: [lapsed, ...settled.evidence], notices: settled.notices };
  });
}

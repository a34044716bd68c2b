import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { tellAll } from "#domain/evidence/notice/notice.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { REMOVE_WITHIN_WORKING_DAYS } from "#domain/registers/group/member.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { writeSteps } from "./change.ts";
import { listLateRemovals, lockChatGroup, updateMember } from "./repository.ts";

/** The administrators' last day for taking somebody out of a group, before officers are notified; YYYY-MM-DD. */
export const removalDueDay = (body: Parameters<typeof workingDayAfter>[0], wantedAt: Date): string =>
  workingDayAfter(body, calendarDay(wantedAt), REMOVE_WITHIN_WORKING_DAYS);

/** Notifies officers, once per person, if nobody has taken somebody out of a group within three working days. */
export const escalateRemovals: Job = {
  name: "escalate-group-removals",
  title: "Tell governance officers who has not been taken out of a group",
  cron: "10 7-18 * * *",
  async run(at) {
    const { bodies } = await loadContent();
    const today = calendarDay(at);
    let notified = 0;
    for (const { id, removalWantedAt, group } of await listLateRemovals(getDatabase(), at)) {
      const body = bodies.find(({ slug }) => slug === group.body);
      if (!body || !removalWantedAt || removalDueDay(body, removalWantedAt) >= today) continue;
      if (await escalate(group.body, group.reference, id, at)) notified++;
    }
    return notified === 0 ? "Nobody is late" : `${notified} late`;
  },
};

async function escalate(body: string, reference: string, memberId: string, at: Date): Promise<boolean> {
  return transact(async (tx) => {
    const group = await lockChatGroup(tx, body, reference);
    const member = group?.members.find(({ id }) => id === memberId);
    if (!group || !member?.removalWantedAt || member.removedAt || member.escalatedAt)
      return { result: false, evidence: [] };
    await updateMember(tx, memberId, { escalatedAt: at });
    const step = { step: "escalated", detail: member.name, data: { member: memberId } } as const;
    const officers = await listPeopleWithRole(tx, body, "governance-officer");
    return {
      result: true,
      evidence: await writeSteps(tx, group, null, at, [step]),
      notices: tellAll(
        officers.map(({ id }) => id),
        {
          body,
          kind: "group-removal-late",
          href: `/groups/${reference}`,
          subject: `Somebody is still in “${group.name}” who should be out`,
          paragraphs: [
            `No administrator has confirmed in ${REMOVE_WITHIN_WORKING_DAYS} working days that they took a member out of the group ${reference}. Ask them.`,
          ],
        },
      ),
    };
  });
}

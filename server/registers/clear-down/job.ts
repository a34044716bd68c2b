import { tellAll } from "#domain/evidence/notice/notice.ts";
import { PORTAL_ACTOR, eventBy } from "#domain/evidence/journal/event.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { CALL_LEVELS, callLevel, type CallLevel } from "#domain/registers/clear-down/period.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { holdTimesOnGroups } from "#server/registers/hold/queries.ts";
import type { Job } from "#server/base/job.ts";
import * as repository from "./repository.ts";
import { clearersOf, currentMembers, dueClearDownsOf, missedUntil } from "./schedule-rules.ts";

/** Notifies deputies and governance officers of missed clear-downs: once for each period and level. */
export const callForMissedClearDowns: Job = {
  name: "call-for-missed-clear-downs",
  title: "Tell deputies and governance officers of missed clear-downs",
  cron: "20 7 * * *",
  async run(at) {
    const { bodies } = await loadContent();
    let calls = 0;
    for (const body of bodies) calls += await callInBody(body, at);
    return calls === 1 ? "1 call" : `${calls} calls`;
  },
};

const GROUPS_AT_ONCE = 100;

async function callInBody(body: Body, at: Date): Promise<number> {
  const tx = getDatabase();
  const likely = { ...missedUntil(at, "deputy", (await loadContent()).clearChat), take: GROUPS_AT_ONCE };
  let calls = 0;
  for (let after = ""; ;) {
    const ids = await repository.listIdsLikelyMissed(tx, body.slug, { ...likely, after });
    const last = ids.at(-1);
    if (last === undefined) return calls;
    calls += await callAbout(body, ids, at);
    after = last;
  }
}

/** @param ids of groups of the body */
async function callAbout(body: Body, ids: readonly string[], at: Date): Promise<number> {
  const tx = getDatabase();
  const [groups, { clearChat }, lasts, holdsOf] = await Promise.all([
    repository.listGroupsWithRule(tx, { ids }),
    loadContent(),
    repository.listLastCleared(tx, ids),
    holdTimesOnGroups(body.slug, tx),
  ]);
  const today = calendarDay(at);
  let calls = 0;
  for (const group of groups) {
    const last = lasts.get(group.id) ?? new Map<string, string>();
    const missed = clearersOf(group, clearChat)
      .map((clearedFor) => {
        const of = { clearedFor, last: last.get(clearedFor) ?? "", holds: holdsOf(group.id), today };
        return dueClearDownsOf(group, clearChat, of);
      })
      .filter(({ open, holds }) => open.length > 0 && holds.length === 0)
      .sort((a, b) => a.promptedOn.localeCompare(b.promptedOn))[0];
    if (!missed) continue;
    const { promptedOn } = missed;
    const reached = callLevel(promptedOn, today, daysOff(body, promptedOn, today));
    // After several days off, a server catches up on both levels.
    for (const level of CALL_LEVELS.slice(0, reached === null ? 0 : CALL_LEVELS.indexOf(reached) + 1))
      if (await call(group, level, promptedOn, at)) calls++;
  }
  return calls;
}

/** @returns false if they were notified already */
async function call(group: repository.GroupToClear, level: CallLevel, dueOn: string, at: Date): Promise<boolean> {
  return transact(async (tx) => {
    if (!(await repository.insertCall(tx, { groupId: group.id, dueOn, level, calledAt: at })))
      return { result: false, evidence: [] };
    const { body, reference, name } = group;
    const to = await listCalled(tx, group, level);
    const data = { dueOn, level, people: to.length };
    return {
      result: true,
      evidence: [eventBy({ body, personId: PORTAL_ACTOR }, at, "clear-down.escalated", reference, { data })],
      notices: tellAll(to, {
        body,
        kind: "clear-down-missed",
        href: `/groups/${reference}/clear-downs`,
        subject: `A clear-down of ${reference} was missed`,
        paragraphs: [
          `The messages of “${name}” were due to be cleared on ${dateInWords(dueOn)}. Nobody has confirmed it.`,
          "Before anything is deleted, the portal asks whether it has to be kept.",
        ],
      }),
    };
  });
}

async function listCalled(tx: Tx, group: repository.GroupToClear, level: CallLevel): Promise<string[]> {
  if (level === "governance-officer")
    return (await listPeopleWithRole(tx, group.body, "governance-officer")).map(({ id }) => id);
  const deputies = currentMembers(group).filter(({ role }) => role === "deputy");
  return deputies.flatMap(({ personId }) => personId ?? []);
}

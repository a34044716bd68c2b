import type { Actor } from "#domain/access/permission/permission.ts";
import {
  addDays,
  addWorkingDays,
  calendarDay,
  isOfficeTime,
  startOfDay,
  workingDaysBefore,
  workingDaysBetween,
} from "#domain/base/calendar/calendar.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Job } from "#server/base/job.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { withCurrent } from "#server/policy/policy/queries.ts";
import { listAskedPolicies } from "./asking-queries.ts";
import { listActsOn } from "#server/evidence/journal/queries.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { policyToFollowUp, readFollowUp, readFollowUpFilter, type CurrentPolicy } from "./follow-up-queries.ts";
import { countOverdueByManager, lockReminders } from "./follow-up-repository.ts";

/** Working days after the last one from which the line manager is told, once a week; and from which officers are. */
const MANAGER_AFTER_WORKING_DAYS = 5;
const OFFICER_AFTER_WORKING_DAYS = 10;
/** Nobody is told twice of one policy within so many days: a week, whatever the hour. */
const DAYS_BETWEEN = 6;

/**
 * Tells line managers which of their people have not answered a policy a week after the last day, and governance
 * officers after two weeks; each of them once a week for each policy. The people themselves are told in their digests.
 */
export const escalateOverdueAnswers: Job = {
  name: "escalate-overdue-answers",
  title: "Tell line managers, and then officers, of answers to policies that are overdue",
  cron: "15 8-16 * * 1-5",
  async run(at) {
    let count = 0;
    for (const body of (await loadContent()).bodies) {
      const today = calendarDay(at);
      if (!isOfficeTime(at, daysOff(body, addDays(today, -60), today))) continue;
      for (const policy of withCurrent(await listAskedPolicies(portalOf(body))))
        count += await escalate(body, policy, at);
    }
    return count === 0 ? "Nobody to tell" : `${count} told`;
  },
};

/**
 * On the days on which a campaign reminds people in their digests, writes down that it did, so that channels that take
 * the event hear of it as well: how many, and nobody's name.
 */
export const announceReminders: Job = {
  name: "announce-reminders",
  title: "Tell channels on which days a campaign reminds people",
  cron: "20 8-16 * * 1-5",
  async run(at) {
    let count = 0;
    for (const body of (await loadContent()).bodies) {
      const today = calendarDay(at);
      if (!isOfficeTime(at, daysOff(body, today, today))) continue;
      for (const policy of withCurrent(await listAskedPolicies(portalOf(body))))
        for (const campaign of policy.asking.campaigns)
          if (isReminderDay(campaign, today, policy.asking.daysOff))
            count += await announce(body, policy, campaign, at);
    }
    return count === 0 ? "No reminder today" : `${count} told`;
  },
};

/** As the digests count: so many working days before the last one of those asked first, and on the last one. */
function isReminderDay(
  { state, startDay, workingDays, remindBefore }: CampaignTerms,
  today: string,
  off: ReadonlySet<string>,
) {
  const due = addWorkingDays(startDay, workingDays, off);
  return state === "running" && today <= due && [...remindBefore, 0].includes(workingDaysBetween(today, due, off));
}

/** Once a day for each campaign. @returns 1, or 0 where nobody is to answer or it was told already */
async function announce({ slug: body }: Body, policy: CurrentPolicy, campaign: CampaignTerms, at: Date) {
  const { slug, current } = policy;
  const found = await readFollowUp(portalOf({ slug: body }), slug, readFollowUpFilter({}), "body");
  let people = 0;
  for await (const { state } of found?.people ?? []) if (REMINDED_STATES.includes(state)) people++;
  if (people === 0) return 0;
  return transact(async (tx) => {
    await lockReminders(tx, body);
    const earlier = await listActsOn(tx, body, campaign.reference, ["policy.reminded"]);
    if (earlier.some((one) => calendarDay(one.at) === calendarDay(at))) return { result: 0, evidence: [] };
    const on = { policy: slug, version: current.version, hash: current.hash };
    const event = { body, event: "policy.reminded" as const, at, actor: PORTAL_ACTOR, subject: campaign.reference };
    return { result: 1, evidence: [{ ...event, on, data: { people } }] };
  });
}

/** The portal itself, as somebody who may know of all that a body is asked. */
function portalOf({ slug, employers = [] }: Pick<Body, "slug"> & Partial<Body>): Actor {
  return {
    personId: PORTAL_ACTOR,
    body: slug,
    roles: ["governance-officer"],
    name: PORTAL_ACTOR,
    email: "",
    employer: employers[0] ?? "",
    team: null,
  };
}

/** @returns how many were told */
async function escalate(body: Body, policy: CurrentPolicy, at: Date): Promise<number> {
  const today = calendarDay(at);
  const off = daysOff(body, addDays(today, -60), today);
  const dueBy = (days: number) => workingDaysBefore(today, days, off);
  const { slug, current } = policy;
  return transact(async (tx) => {
    await lockReminders(tx, body.slug);
    const [late, longLate] = [dueBy(MANAGER_AFTER_WORKING_DAYS), dueBy(OFFICER_AFTER_WORKING_DAYS)];
    const rows = await countOverdueByManager(tx, policyToFollowUp(portalOf(body), policy), late, longLate);
    const title = current.frontMatter.title;
    const managers = rows.flatMap(({ managerId, late: count }): Notice[] =>
      managerId === null || count === 0
        ? []
        : [noticeOf(body.slug, managerId, `/team?policy=${slug}`, `${people(count)} of yours`, title)],
    );
    const long = rows.reduce((sum, row) => sum + row.longLate, 0);
    const officers = long === 0 ? [] : await listPeopleWithRole(tx, body.slug, "governance-officer");
    const href = `/governance/people?policy=${slug}&state=overdue`;
    const all = [...managers, ...officers.map(({ id }) => noticeOf(body.slug, id, href, people(long), title))];
    const since = startOfDay(addDays(today, -DAYS_BETWEEN));
    const known = new Map<string, ReadonlySet<string>>();
    for (const one of new Set(all.map((notice) => notice.href)))
      known.set(one, new Set(await listNotifiedSince(tx, { kind: "answers-overdue", href: one }, since)));
    const notices = all.filter((notice) => !known.get(notice.href)?.has(notice.to));
    return { result: notices.length, evidence: [], notices };
  });
}

const people = (count: number) => (count === 1 ? "One person" : `${count} people`);

function noticeOf(body: string, to: string, href: string, who: string, title: string): Notice {
  const subject = `Answers to “${title}” are overdue`;
  const paragraphs = [`${who} should have answered it at least a week ago. Speak to them; you can remind them too.`];
  return { body, to, kind: "answers-overdue", subject, paragraphs, href };
}

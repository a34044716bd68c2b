import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapPage, type PageCursor } from "#domain/base/list/page.ts";
import { NOTICE_KINDS } from "#domain/evidence/notice/notice.ts";
import { isConfidential } from "#domain/evidence/outbox/content.ts";
import { renderMail } from "#domain/evidence/outbox/render.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import { getEnv } from "#server/base/environment/env.ts";
import {
  countMails,
  countToSeeTo,
  findMail,
  listMails,
  listUndelivered,
  listUnreached,
  mailList,
  type MailRecord,
  type MailState,
} from "./repository.ts";

export type { MailState };

/** A mail in a list; the subject is null if it is confidential and the reader is not its recipient. */
export type MailLine = ReturnType<typeof toLine>;

/** The filters for administrators: waiting, not sent, given up, sent. */
export const MAIL_LISTS = ["unsent", "dead", "sent"] as const;
export type MailListName = (typeof MAIL_LISTS)[number];

const STATES_OF = {
  unsent: ["waiting", "unsent"],
  dead: ["dead"],
  sent: ["sent"],
} as const satisfies Record<MailListName, readonly MailState[]>;

export const MOST_COUNTED = 1_000;

/** A page of the outbox of the actor's body, and how many there are, MOST_COUNTED at most; null for those who may not see it. */
export async function getMailList(actor: Actor, which: MailListName, cursor: PageCursor = null) {
  if (!can(actor, "mail.manage", actor)) return null;
  const { body } = actor;
  const count = (name: MailListName) => countMails(getDatabase(), { body, states: STATES_OF[name] }, MOST_COUNTED);
  const [unsent, dead, sent] = await Promise.all([count("unsent"), count("dead"), count("sent")]);
  const counts = { unsent, dead, sent };
  const page = await readPage(mailList(getDatabase(), body, STATES_OF[which]), cursor);
  return { hasServer: getEnv().smtpUrl !== null, counts, page: mapPage(page, (row) => toLine(actor, row)) };
}

/** One mail of the actor's body, for administrators, or one to the actor; null for anybody else. */
export async function getMail(actor: Actor, id: string) {
  const { body, personId } = actor;
  const filter = can(actor, "mail.manage", actor) ? { body } : { personId };
  const row = await findMail(getDatabase(), id, filter);
  if (!row) return null;
  const text = isHidden(actor, row) ? null : await mailText(row.content);
  return { ...toLine(actor, row), hasServer: getEnv().smtpUrl !== null, text };
}

/** What the portal sent the actor, or would have sent, newest first. */
export async function getOwnMail(actor: Actor, take?: number) {
  const filter = { personId: actor.personId };
  const [count, rows] = await Promise.all([countMails(getDatabase(), filter), listMails(getDatabase(), filter, take)]);
  const lines = rows.map((row) => toLine(actor, row));
  return { hasServer: getEnv().smtpUrl !== null, count, lines };
}

/** All mail to the actor, in full, for the export of their own data. */
export async function exportOwnMail(actor: Actor) {
  const rows = await listMails(getDatabase(), { personId: actor.personId });
  return Promise.all(
    rows.map(async ({ subject, content, state, createdAt, sentAt }) => ({
      subject,
      state,
      createdAt,
      sentAt,
      text: await mailText(content),
    })),
  );
}

/** As it is sent, or would be. */
async function mailText(content: MailRecord["content"]): Promise<string> {
  const { mailClosing } = (await loadContent()).branding;
  return renderMail(content, getEnv().appUrl, mailClosing).text;
}

const isHidden = ({ personId }: Actor, { person, content }: MailRecord): boolean =>
  person.id !== personId && isConfidential(content);

function toLine(actor: Actor, row: MailRecord) {
  const { content: _content, body: _body, digestDay: _day, notice, person, subject, ...mail } = row;
  const hidden = isHidden(actor, row);
  const known = Object.entries(NOTICE_KINDS).find(([kind]) => kind === notice?.kind)?.[1].label;
  return {
    ...mail,
    kind: notice === null ? "Digest" : hidden ? "Urgent" : (known ?? "Urgent"),
    personId: person.id,
    subject: hidden ? null : subject,
    to: person.id === actor.personId ? "You" : person.name,
  };
}

/**
 * The names of people whom a mail about a page did not reach, for pages that say who was told. The page authorises.
 * @param href the address that the notice gave
 */
export const listNamesNotReached = async ({ body }: Actor, href: string): Promise<string[]> =>
  listUnreached(getDatabase(), body, href);

/** How many mails of the body did not arrive and nobody has seen to; null for those who may not know. */
export const countUndeliveredMail = async (actor: Actor): Promise<number | null> =>
  can(actor, "mail.manage", actor) ? countToSeeTo(getDatabase(), actor.body) : null;

/** Working days to see to mail that did not arrive: our own figure. */
const WITHIN_WORKING_DAYS = 2;
/** With more people, one task for all of them says more than a task each. */
const MOST_BY_NAME = 10;

/** People whom mail did not reach, as tasks for administrators: one a person, or one for all if there are many. */
export async function listMailTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "mail.manage", actor)) return [];
  const people = await listUndelivered(getDatabase(), actor.body);
  const [first] = people;
  if (!first) return [];
  const body = (await loadContent()).bodies.find(({ slug }) => slug === actor.body);
  const dueFrom = (at: Date) => {
    const from = calendarDay(at);
    return addWorkingDays(from, WITHIN_WORKING_DAYS, daysOff(body, from, from));
  };
  const head = { kind: "undelivered-mail", href: "/admin/mail?list=dead" } as const;
  const toDo = "Correct the address, then send it again, or say that they know already.";
  if (people.length > MOST_BY_NAME) {
    const title = `Follow up mail that did not reach ${people.length} people`;
    return [{ ...head, key: "undelivered-mail", title, reason: toDo, due: dueFrom(first.since) }];
  }
  return people.map(({ personId, name, count, since }): Task => {
    const what = count === 1 ? "A mail" : `${count} mails`;
    return {
      ...head,
      key: `undelivered-mail ${personId}`,
      title: `Follow up mail that did not reach ${name}`,
      titleOutside: "Follow up mail that did not reach somebody",
      reason: `${what} did not arrive. ${toDo}`,
      due: dueFrom(since),
    };
  });
}

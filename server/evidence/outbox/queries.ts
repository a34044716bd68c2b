import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { isConfidential } from "#domain/evidence/outbox/content.ts";
import { renderMail } from "#domain/evidence/outbox/render.ts";
import { NOTICE_KINDS } from "#domain/evidence/notice/notice.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { countMails, findMail, listMails, type MailRecord, type MailState } from "./repository.ts";

export type { MailState };

/** A mail as shown in a list. */
export interface MailLine {
  id: string;
  /** What kind of mail it is, in words. */
  kind: string;
  /** Null if it is confidential and the reader is not its recipient. */
  subject: string | null;
  to: string;
  state: MailState;
  /** Why it was not sent, or not yet; null if there is no reason to give. */
  reason: string | null;
  tries: number;
  nextTryAt: Date;
  createdAt: Date;
  sentAt: Date | null;
}

export interface MailView extends MailLine {
  /** False if no mail server is configured. */
  hasServer: boolean;
  /** As plain text; null if it is confidential and the reader is not its recipient. */
  text: string | null;
}

/** The filters for administrators: waiting, not sent, given up, sent. */
export const MAIL_LISTS = ["unsent", "dead", "sent"] as const;
export type MailListName = (typeof MAIL_LISTS)[number];

const STATES_OF = {
  unsent: ["waiting", "unsent"],
  dead: ["dead"],
  sent: ["sent"],
} as const satisfies Record<MailListName, readonly MailState[]>;

export interface MailList {
  /** False if no mail server is configured. */
  hasServer: boolean;
  counts: Record<MailListName, number>;
  lines: MailLine[];
  page: number;
  pages: number;
}

const PAGE = 25;

/**
 * The outbox of the actor's body; null for those who may not see it.
 * @param page from 1; any page beyond the last shows the last
 */
export async function getMailList(actor: Actor, which: MailListName, page: number): Promise<MailList | null> {
  if (!can(actor, "mail.manage", actor)) return null;
  const { body } = actor;
  const count = (name: MailListName) => countMails(getDatabase(), { body, states: STATES_OF[name] });
  const [unsent, dead, sent] = await Promise.all([count("unsent"), count("dead"), count("sent")]);
  const counts = { unsent, dead, sent };
  const pages = Math.max(1, Math.ceil(counts[which] / PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const filter = { body, states: STATES_OF[which] };
  const rows = await listMails(getDatabase(), filter, { skip: (shown - 1) * PAGE, take: PAGE });
  const lines = rows.map((row) => toLine(actor, row));
  return { hasServer: getEnv().smtpUrl !== null, counts, lines, page: shown, pages };
}

/** One mail of the actor's body, for administrators, or one to the actor; null for anybody else. */
export async function getMail(actor: Actor, id: string): Promise<MailView | null> {
  const { body, personId } = actor;
  const filter = can(actor, "mail.manage", actor) ? { body } : { personId };
  const row = await findMail(getDatabase(), id, filter);
  if (!row) return null;
  const text = isHidden(actor, row) ? null : renderMail(row.content, getEnv().appUrl).text;
  return { ...toLine(actor, row), hasServer: getEnv().smtpUrl !== null, text };
}

/** What the portal sent the actor, or would have sent, newest first. */
export async function getOwnMail(
  actor: Actor,
  take?: number,
): Promise<{ hasServer: boolean; count: number; lines: MailLine[] }> {
  const filter = { personId: actor.personId };
  const [count, rows] = await Promise.all([
    countMails(getDatabase(), filter),
    listMails(getDatabase(), filter, take === undefined ? {} : { take }),
  ]);
  const lines = rows.map((row) => toLine(actor, row));
  return { hasServer: getEnv().smtpUrl !== null, count, lines };
}

/** All mail to the actor, in full, for the export of their own data. */
export async function exportOwnMail(actor: Actor) {
  const rows = await listMails(getDatabase(), { personId: actor.personId });
  return rows.map(({ subject, content, state, createdAt, sentAt }) => ({
    subject,
    state,
    createdAt,
    sentAt,
    text: renderMail(content, getEnv().appUrl).text,
  }));
}

function isHidden({ personId }: Actor, { person, content }: MailRecord): boolean {
  return person.id !== personId && isConfidential(content);
}

function toLine(actor: Actor, row: MailRecord): MailLine {
  const { id, state, reason, tries, nextTryAt, createdAt, sentAt, notice, person } = row;
  const hidden = isHidden(actor, row);
  const known = Object.entries(NOTICE_KINDS).find(([kind]) => kind === notice?.kind)?.[1].label;
  const kind = notice === null ? "Digest" : hidden ? "Urgent" : (known ?? "Urgent");
  return {
    id,
    kind,
    state,
    reason,
    tries,
    nextTryAt,
    createdAt,
    sentAt,
    subject: hidden ? null : row.subject,
    to: person.id === actor.personId ? "You" : person.name,
  };
}

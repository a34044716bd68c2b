/** The digest: at most one mail per person and working day, with all their tasks and whatever is new to them. */
import { addDays, workingDaysBetween } from "#domain/base/calendar/calendar.ts";
import { groupTasks, dueInWords, isOverdue, outsideTitle, type Task } from "./task.ts";
import type { MailContent, MailSection } from "#domain/evidence/outbox/content.ts";

/** Non-urgent, and not in a digest yet. */
export interface DigestNotice {
  subject: string;
  paragraphs: readonly string[];
  href: string;
}

export interface DigestInput {
  /** What the portal is called. */
  name: string;
  tasks: readonly Task[];
  notices: readonly DigestNotice[];
  /** What `taskKey` returned for the tasks of the previous working day. */
  earlierKeys: readonly string[];
  /** Calendar day, YYYY-MM-DD. */
  today: string;
  /** The present moment: what is due at an hour is overdue after it. */
  at?: Date;
  /** Days off, YYYY-MM-DD. */
  holidays: ReadonlySet<string>;
  /** The newest row of the evidence, for those who may read it, so that its hash is also known outside the portal. */
  evidenceHead?: string | null;
  /**
   * The thumbprint of the key that signs exports of it, as read aloud: noted elsewhere, it shows who signed an export.
   */
  thumbprint?: string | null;
}

/** Distinguishes a task from others, and from itself with other work in it: a key seen before is nothing new. */
export const taskKey = ({ key, title }: Pick<Task, "key" | "title">): string => `${key} ${title}`;

/** So many working days before its last day somebody is told of a task again, and on the day itself. Our own figures. */
const REMIND_WORKING_DAYS_BEFORE = [10, 5, 1];
/** More calendar days than one working day can take up, with holidays: saves counting far ahead. */
const MOST_DAYS_A_WORKING_DAY = 3;
const WORKING_DAYS_A_WEEK = 5;

/** Whether a task is to be said again today because it falls due. A day off counts as the working day before it. */
function fallsDue({ due, remindBefore }: Task, today: string, holidays: ReadonlySet<string>): boolean {
  const before = [...(remindBefore ?? REMIND_WORKING_DAYS_BEFORE), 0];
  if (due < today || due > addDays(today, (Math.max(...before) + 10) * MOST_DAYS_A_WORKING_DAY)) return false;
  return before.includes(workingDaysBetween(today, due, holidays));
}

const isSaidLate = ({ due, isSaidWeekly }: Task, today: string, holidays: ReadonlySet<string>): boolean =>
  !isSaidWeekly || workingDaysBetween(due, today, holidays) % WORKING_DAYS_A_WEEK === 0;

/** The digest of today; null if there is nothing to say: no new task or notice, and nothing overdue or falling due. */
export function makeDigest(given: DigestInput): MailContent | null {
  const { name, tasks, notices, earlierKeys, today, at, holidays, evidenceHead, thumbprint } = given;
  const fresh = tasks.filter((task) => !earlierKeys.includes(taskKey(task)));
  const now = at ?? today;
  const late = tasks.filter((task) => isOverdue(task, now));
  const near = tasks.filter((task) => fallsDue(task, today, holidays));
  const said = [fresh, near, notices, late.filter((task) => isSaidLate(task, today, holidays))];
  if (said.every(({ length }) => length === 0)) return null;
  const sections: MailSection[] = groupTasks(tasks, now, holidays).map(({ label, tasks: grouped }) => ({
    heading: label,
    items: grouped.map((task) => ({
      title: outsideTitle(task),
      note: `${dueInWords(task, now, holidays)}${fresh.includes(task) ? ". New." : "."}`,
      href: task.href,
    })),
  }));
  if (notices.length > 0)
    sections.push({
      heading: "For your information",
      items: notices.map(({ subject, paragraphs, href }) => ({ title: subject, note: paragraphs.join(" "), href })),
    });
  sections.push(...toNote(evidenceHead, thumbprint));
  return {
    schemaVersion: 1,
    sections,
    subject: subjectOf(name, tasks.length, late.length, near.length, notices.length),
    paragraphs: [tasks.length > 0 ? "What you have to do, most urgent first." : "What is new for you."],
    action: tasks.length > 0 ? { label: "See your tasks", href: "/tasks" } : { label: "Open the portal", href: "/" },
    because:
      "You get this once a working day at most, and only when something is new, falls due or is overdue. Switch it off under “You in this portal”. Do not reply: nobody reads this address.",
  };
}

/** What whoever answers for the evidence keeps outside the portal. */
function toNote(evidenceHead: DigestInput["evidenceHead"], thumbprint: DigestInput["thumbprint"]): MailSection[] {
  const noted: MailSection[] = [];
  if (evidenceHead)
    noted.push({
      heading: "The newest row of the evidence",
      items: [
        {
          title: evidenceHead,
          note: "Keep this mail. It shows later that no row up to this one was changed or cut off.",
          href: "/evidence",
        },
      ],
    });
  if (thumbprint)
    noted.push({
      heading: "The key that signs exports of the evidence",
      items: [
        {
          title: thumbprint,
          note: "Keep this mail. Whoever checks an export gives this thumbprint: node verify.mjs --key, and then the thumbprint.",
          href: "/evidence",
        },
      ],
    });
  return noted;
}

function subjectOf(name: string, tasks: number, late: number, near: number, notices: number): string {
  const parts = [
    tasks > 0 && `${tasks} ${tasks === 1 ? "thing" : "things"} to do`,
    late > 0 && `${late} overdue`,
    near > 0 && `${near} falling due`,
    notices > 0 && `${notices} ${notices === 1 ? "update" : "updates"}`,
  ].filter((part) => part !== false);
  return `${name}: ${parts.join(", ")}`;
}

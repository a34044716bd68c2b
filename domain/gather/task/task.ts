/** Something a person has to do: a reason, a due day and one place to do it (docs/glossary.md, "Task"). */
import {
  addDays,
  addWorkingDays,
  calendarDay,
  dateInWords,
  momentInWords,
  workingDaysBetween,
} from "#domain/base/calendar/calendar.ts";
import { timeLeft } from "#domain/base/calendar/time-left.ts";
import type { DutyRole } from "#domain/people/deputy/stand-in.ts";

/**
 * Every kind of task, and whose duty it is, so that none is ever nobody's:
 * - a role: whoever has it or stands in as it (domain/people/deputy/stand-in.ts), else administrators give it to somebody;
 * - `named`: a person by name; it goes to somebody else when they leave, as its noun says;
 * - `own`: nobody else can do it, so that it ends with its person.
 */
export const TASK_DUTIES = {
  acknowledge: "own",
  "answer-decline": "policy-owner",
  "propose-campaign": "policy-owner",
  "start-campaign": "policy-owner",
  "see-to-answers": "named",
  "answer-check": "own",
  "answer-question": "policy-owner",
  "sign-version": "named",
  "name-signer": "administrator",
  "publish-version": "policy-owner",
  "correct-content": "policy-owner",
  "review-policy": "policy-owner",
  "change-exception": "named",
  "decide-exception": "named",
  "name-decider": "administrator",
  "complete-mitigation": "named",
  "meet-condition": "named",
  "review-exception": "governance-officer",
  "exception-ends": "named",
  "policy-debt": "policy-owner",
  "read-outside-rule": "policy-owner",
  "take-over-exception": "named",
  "end-exception": "named",
  "finish-draft": "own",
  "look-at-results": "own",
  "review-continuity": "governance-officer",
  "consent-to-group": "own",
  "decide-group": "governance-officer",
  "change-group": "named",
  "remove-from-group": "named",
  "appoint-group-administrator": "governance-officer",
  "review-group": "named",
  "update-group-details": "named",
  "confirm-group-settings": "named",
  "review-app": "governance-officer",
  "state-phone-return": "own",
  "check-phone-return": "named",
  "phone-group-members": "named",
  "dispose-record": "governance-officer",
  "classify-record": "governance-officer",
  "finish-incident": "own",
  "look-at-incident": "own",
  "open-incident": "governance-officer",
  "rule-on-incident": "governance-officer",
  "decide-incident": "governance-officer",
  "report-incident": "governance-officer",
  "tell-people": "governance-officer",
  "do-incident-action": "named",
  "confirm-hold": "own",
  "answer-search": "named",
  "acknowledge-complaint": "governance-officer",
  "answer-request": "governance-officer",
  "review-hold": "governance-officer",
  "end-photo-use": "named",
  "clear-down": "named",
  "clear-down-missed": "governance-officer",
  "name-role-holder": "administrator",
  "renew-api-token": "administrator",
  "confirm-roles": "administrator",
  "undelivered-mail": "administrator",
  "undelivered-events": "administrator",
} as const satisfies Record<string, DutyRole | "named" | "own">;
export type TaskKind = keyof typeof TASK_DUTIES;
export const TASK_KINDS = Object.keys(TASK_DUTIES) as TaskKind[];

/** People with more tasks see the ones due first; the rest appear as these are completed. */
export const MOST_TASKS = 100;

export interface Task {
  kind: TaskKind;
  /** Unique among a person's tasks. */
  key: string;
  /** What to do, a verb first. */
  title: string;
  /** What to do, without other people's names if the title has any: for calendars and mail, which others may see. */
  titleOutside?: string | undefined;
  /** Why they have to do it. */
  reason: string;
  /** Last day, YYYY-MM-DD. */
  due: string;
  /** The moment on that day by which it has to be done, for what is counted in hours. */
  dueAt?: Date | undefined;
  /** Address of the one place to do it. */
  href: string;
  /** So many working days before the last one it is said again; if not set, 10, 5 and 1. */
  remindBefore?: readonly number[] | undefined;
  /** Once overdue it is said again after every five working days, instead of on each. */
  isSaidWeekly?: true | undefined;
  /** Set if pressing one button is all it takes: the form that the list of tasks shows beside the task. */
  act?: TaskAct | undefined;
}

/** A task of a kind about one thing. @param about reference or id that tells it from others of its kind */
export const newTask = (kind: TaskKind, about: string, task: Omit<Task, "kind" | "key">): Task => ({
  kind,
  key: `${kind} ${about}`,
  ...task,
});

export interface TaskAct {
  /** Address of the route handler that the form posts to; it redirects back to the tasks. */
  action: string;
  /** On the button, a verb first. */
  label: string;
  /** What the handler needs to know. */
  hidden: Readonly<Record<string, string>>;
}

/** Working days to decide or change a request once it is somebody's turn. Our own figure: no source gives one. */
export const ANSWER_WITHIN_WORKING_DAYS = 5;
/** How many days before an exception ends its holder is told. */
export const WARN_BEFORE_END_DAYS = 30;

/** Days for people to look at results they kept that a new version answers differently. */
export const LOOK_WITHIN_DAYS = 14;

/** Working days for people to confirm a hold that concerns them. It applies at once; our own figure. */
export const CONFIRM_HOLD_WITHIN_WORKING_DAYS = 1;

/** Earliest due first; those due on the same day by the hour, those without one after them, by title. */
export function sortTasks(tasks: readonly Task[]): Task[] {
  const hour = ({ dueAt }: Task) => dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return [...tasks].sort(
    (a, b) => a.due.localeCompare(b.due) || hour(a) - hour(b) || a.title.localeCompare(b.title, "en-GB"),
  );
}

/** The present: the calendar day, YYYY-MM-DD, or the moment, by which tasks that are due at an hour are overdue too. */
type Today = string | Date;

const dayOf = (now: Today): string => (typeof now === "string" ? now : calendarDay(now));

export const isOverdue = ({ due, dueAt }: Pick<Task, "due" | "dueAt">, now: Today): boolean =>
  dueAt && typeof now !== "string" ? dueAt <= now : due < dayOf(now);

/** The title of a task where others may see it. */
export const outsideTitle = ({ title, titleOutside }: Pick<Task, "title" | "titleOutside">) => titleOutside ?? title;

/** Beyond this many working days, the date alone says more than a number. */
const COUNTED_WORKING_DAYS = 20;

/**
 * When a task is due, in words, and whether it is overdue; for one that is due at an hour, that hour and what is left.
 * @param holidays days off, YYYY-MM-DD; without them no working days are counted
 */
export function dueInWords({ due, dueAt }: Pick<Task, "due" | "dueAt">, now: Today, holidays?: ReadonlySet<string>) {
  if (dueAt && typeof now !== "string") {
    const { isOver, words } = timeLeft(dueAt, now);
    return `${isOver ? "Overdue since" : "Due by"} ${momentInWords(dueAt)}, ${words}`;
  }
  const today = dayOf(now);
  if (due < today) return `Overdue since ${dateInWords(due)}`;
  if (due === today) return "Due today";
  if (due === addDays(today, 1)) return "Due tomorrow";
  const left = holidays && due <= addDays(today, 40) ? workingDaysBetween(today, due, holidays) : 0;
  if (left === 0 || left > COUNTED_WORKING_DAYS) return `Due by ${dateInWords(due)}`;
  return `Due in ${left} working ${left === 1 ? "day" : "days"}, by ${dateInWords(due)}`;
}

/** "1 working day", "3 working days". */
export const workingDaysInWords = (count: number): string => `${count} working ${count === 1 ? "day" : "days"}`;

/** What is left until a day that was promised: "2 working days left", "1 working day over". */
export function daysLeftInWords(daysLeft: number): string {
  if (daysLeft === 0) return "Today is the last day";
  return daysLeft > 0 ? `${workingDaysInWords(daysLeft)} left` : `${workingDaysInWords(-daysLeft)} over`;
}

/** Working days that make up "this week", whatever day it is today: our own figure. */
const WEEK_WORKING_DAYS = 5;

export interface TaskGroup {
  key: "overdue" | "today" | "week" | "later";
  label: string;
  tasks: Task[];
}

/**
 * Tasks by how soon they are due: overdue, today, within five working days, later; groups without tasks are left out.
 * @param holidays days off, YYYY-MM-DD
 */
export function groupTasks(tasks: readonly Task[], now: Today, holidays: ReadonlySet<string>): TaskGroup[] {
  const today = dayOf(now);
  const weekEnds = addWorkingDays(today, WEEK_WORKING_DAYS, holidays);
  const open = tasks.filter((task) => !isOverdue(task, now));
  const groups: TaskGroup[] = [
    { key: "overdue", label: "Overdue", tasks: tasks.filter((task) => isOverdue(task, now)) },
    { key: "today", label: "Today", tasks: open.filter(({ due }) => due === today) },
    { key: "week", label: "This week", tasks: open.filter(({ due }) => due > today && due <= weekEnds) },
    { key: "later", label: "Later", tasks: open.filter(({ due }) => due > weekEnds) },
  ];
  return groups.filter((group) => group.tasks.length > 0);
}

/** Something a person owes: a reason, a due day and one place to do it (vocabulary, "Task"). */
import { addDays, dateInWords } from "../calendar/calendar.ts";

export const TASK_KINDS = [
  "acknowledge",
  "answer-decline",
  "answer-question",
  "correct-content",
  "review-policy",
  "change-exception",
  "decide-exception",
  "complete-mitigation",
  "exception-ends",
  "look-at-results",
  "review-continuity",
  "consent-to-group",
  "decide-group",
  "change-group",
  "remove-from-group",
  "appoint-group-administrator",
  "review-group",
  "update-group-details",
  "phone-group-members",
  "dispose-record",
  "classify-record",
  "finish-incident",
  "look-at-incident",
  "open-incident",
  "rule-on-incident",
  "decide-incident",
  "do-incident-action",
  "confirm-hold",
  "clear-down",
  "clear-down-missed",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export interface Task {
  kind: TaskKind;
  /** Unique among a person's tasks. */
  key: string;
  /** What to do, a verb first. */
  title: string;
  /** Why they owe it. */
  reason: string;
  /** Last day, YYYY-MM-DD. */
  due: string;
  /** Address of the one place to do it. */
  href: string;
  /** Where one press is all of it: the form that the list of tasks draws beside the task. */
  act?: TaskAct | undefined;
}

export interface TaskAct {
  /** Address of the route handler that takes the form; it leads back to the tasks. */
  action: string;
  /** On the button, a verb first. */
  label: string;
  /** What the handler has to know. */
  hidden: Readonly<Record<string, string>>;
}

/** Working days within which a request is decided, or changed, once it is somebody's turn. Our own figure: no source gives one. */
export const ANSWER_WITHIN_WORKING_DAYS = 5;
/** Days before the end of an exception from which its holder is told. */
export const WARN_BEFORE_END_DAYS = 14;

/** Days within which people look at results they kept that a new version answers differently. */
export const LOOK_WITHIN_DAYS = 14;
/** Days after which a business continuity activity is looked at again, every time they have passed. */
export const REVIEW_CONTINUITY_EVERY_DAYS = 7;

/** Working days within which people confirm a hold that concerns them. It stands at once; our own figure. */
export const CONFIRM_HOLD_WITHIN_WORKING_DAYS = 1;

/** Earliest due first; of those due on one day in the order of their titles. */
export function sortTasks(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => a.due.localeCompare(b.due) || a.title.localeCompare(b.title, "en-GB"));
}

/** @param today calendar day, YYYY-MM-DD */
export function isOverdue(task: Pick<Task, "due">, today: string): boolean {
  return task.due < today;
}

/** When a task is due, in words, and that it is late where it is. @param today calendar day, YYYY-MM-DD */
export function dueInWords({ due }: Pick<Task, "due">, today: string): string {
  if (due < today) return `Overdue since ${dateInWords(due)}`;
  if (due === today) return "Due today";
  return due === addDays(today, 1) ? "Due tomorrow" : `Due by ${dateInWords(due)}`;
}

import { TaskList } from "#app/_ui/task-list.tsx";
import { calendarDay } from "#domain/calendar/calendar.ts";
import { dueInWords, isOverdue, type Task } from "#domain/task/task.ts";
import { clock } from "#server/clock.ts";

/** Tasks as a list: what, why, by when, and the one place to do each. */
export function TaskItems({ id, tasks }: { id: string; tasks: readonly Task[] }) {
  const today = calendarDay(clock.now());
  return (
    <TaskList
      id={id}
      items={tasks.map((task) => ({
        href: task.href,
        title: task.title,
        hint: task.reason,
        status: { text: dueInWords(task, today), tone: isOverdue(task, today) ? "warning" : "neutral" },
      }))}
    />
  );
}

import { Button } from "../_ui/layout.tsx";
import { TaskList } from "../_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { dueInWords, isOverdue, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { listDaysOff } from "#server/gather/task/queries.ts";
import { PostForm } from "./post-form.tsx";

/** Tasks as a list: what, why, by when, and the one place to do each; a button if one press is enough. */
export async function TaskItems({ actor, id, tasks }: { actor: Actor; id: string; tasks: readonly Task[] }) {
  const now = clock.now();
  const daysOff = await listDaysOff(actor);
  return (
    <TaskList
      id={id}
      items={tasks.map((task) => ({
        href: task.href,
        title: task.title,
        hint: task.reason,
        status: { text: dueInWords(task, now, daysOff), tone: isOverdue(task, now) ? "warning" : "neutral" },
        action: task.act && (
          <PostForm actor={actor} action={task.act.action} hidden={{ ...task.act.hidden, backTo: "tasks" }}>
            <Button look="quiet" about={`: ${task.title}`}>
              {task.act.label}
            </Button>
          </PostForm>
        ),
      }))}
    />
  );
}

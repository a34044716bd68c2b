import { getEnv } from "#server/base/environment/env.ts";
import { getBrand } from "#server/gather/statement/queries.ts";
import { listFeedTasks } from "#server/gather/task/queries.ts";
import { taskCalendar } from "../task-calendar.ts";

/** Somebody's tasks as a calendar, at their secret address /tasks/feed/SECRET.ics; needs no sign-in. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const tasks = token.endsWith(".ics") ? await listFeedTasks(token.slice(0, -".ics".length)) : null;
  if (!tasks) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return new Response(taskCalendar(tasks, getEnv().appUrl, (await getBrand()).name), {
    headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-store" },
  });
}

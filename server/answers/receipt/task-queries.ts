import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { startDay } from "#domain/policy/policy/policy.ts";
import { LOOK_WITHIN_DAYS, type Task } from "#domain/gather/task/task.ts";
import { listChangedResults, listChangedResultsOf, type ChangedResults } from "./queries.ts";

/** Results that the actor kept and that a version now in force answers differently, as one task for each policy. */
export async function listReceiptTasks(actor: Actor): Promise<Task[]> {
  return (await listChangedResults(actor)).map(toLookAt);
}

/** The same for many people of one body, by person. */
export async function listReceiptTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const changed = await listChangedResultsOf(actors);
  return new Map([...changed].map(([personId, results]) => [personId, results.map(toLookAt)]));
}

function toLookAt({ current, receipts }: ChangedResults): Task {
  const { slug, version, frontMatter, servedAt } = current;
  const count = receipts.length;
  const [only] = receipts;
  const since = [startDay(current), calendarDay(servedAt)].sort().at(-1) ?? calendarDay(servedAt);
  return {
    kind: "look-at-results",
    key: `look-at-results ${slug} ${version}`,
    title:
      count === 1
        ? "Look at a result you kept: the answer is different now"
        : `Look at ${count} results you kept: the answers are different now`,
    reason: `Version ${version} of “${frontMatter.title}” applies now.`,
    due: addDays(since, LOOK_WITHIN_DAYS),
    href: count === 1 && only ? `/decisions/${only.reference}#again` : `/decisions?policy=${slug}`,
    act: {
      action: "/decisions/seen/send",
      label: count === 1 ? "I have looked at it" : "I have looked at them",
      hidden: { policy: slug },
    },
  };
}

import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { outsideTitle } from "#domain/gather/task/task.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { findFeedOf, findPersonByFeed } from "./feed-repository.ts";
import { hashFeedSecret } from "./feed-secret.ts";
import { listTasks } from "./queries.ts";

/** When the secret calendar address of the actor's tasks was made; null if they have none. It was shown once. */
export async function getOwnFeed({ personId }: Actor): Promise<{ madeAt: Date } | null> {
  const feed = await findFeedOf(getDatabase(), personId);
  return feed && { madeAt: feed.madeAt };
}

/** A task as seen by others who can look at somebody's calendar. */
export interface FeedTask {
  key: string;
  title: string;
  /** Last day, YYYY-MM-DD. */
  due: string;
  /** The moment on that day, for what is counted in hours. */
  dueAt?: Date | undefined;
  href: string;
}

/**
 * The tasks of whoever has this secret address: no names, no reasons. Needs no sign-in.
 * @returns null if the address is wrong or ended, or its person has left
 */
export async function listFeedTasks(secret: string): Promise<FeedTask[] | null> {
  const personId = await findPersonByFeed(getDatabase(), hashFeedSecret(secret));
  const actor = personId && (await findActor(personId));
  if (!actor) return null;
  const tasks = await listTasks(actor);
  return tasks.map((task) => ({
    key: task.key,
    title: outsideTitle(task),
    due: task.due,
    dueAt: task.dueAt,
    href: task.href,
  }));
}

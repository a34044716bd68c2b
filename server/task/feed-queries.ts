import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { outsideTitle } from "#domain/task/task.ts";
import { getDatabase } from "#server/db/database.ts";
import { getEnv } from "#server/env.ts";
import { findActor } from "#server/identity/queries.ts";
import { findFeedOf, findPersonByFeed } from "./feed-repository.ts";
import { feedSecret, hashFeedSecret } from "./feed-secret.ts";
import { listTasks } from "./queries.ts";

export interface OwnFeed {
  madeAt: Date;
  /** Null where the portal's secret has changed since, so that nobody can tell the address any more. */
  address: string | null;
}

/** The secret address of the actor's tasks as a calendar, or null where there is none. */
export async function getOwnFeed({ personId }: Actor): Promise<OwnFeed | null> {
  const feed = await findFeedOf(getDatabase(), personId);
  if (!feed) return null;
  const secret = feedSecret(personId, feed.salt);
  const isSame = hashFeedSecret(secret) === feed.hash;
  return { madeAt: feed.madeAt, address: isSame ? `${getEnv().appUrl}/tasks/feed/${secret}.ics` : null };
}

/** A task as others may see it who look into somebody's calendar. */
export interface FeedTask {
  key: string;
  title: string;
  /** Last day, YYYY-MM-DD. */
  due: string;
  href: string;
}

/**
 * The tasks of whoever has this secret address: no names, no reasons. Needs no sign-in.
 * @returns null where the address is wrong or ended, or its person has left
 */
export async function listFeedTasks(secret: string): Promise<FeedTask[] | null> {
  const personId = await findPersonByFeed(getDatabase(), hashFeedSecret(secret));
  const actor = personId && (await findActor(personId));
  if (!actor) return null;
  const tasks = await listTasks(actor);
  return tasks.map((task) => ({ key: task.key, title: outsideTitle(task), due: task.due, href: task.href }));
}

import type { Actor } from "#domain/access/permission/actor.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { getCurrentActivity } from "#server/registers/continuity/queries.ts";

/**
 * Who reads a page; sends anybody else to the sign-in page. What the frame shows them is asked for at once, so that it
 * goes to the database together with what the page itself asks (docs/decisions/050).
 */
export async function requireReader(): Promise<Actor> {
  const actor = await requireActor();
  // Who waits for it is the frame; a page that needs none, or cannot have it, is none the worse.
  void Promise.all([listTasks(actor), getCurrentActivity(actor)]).catch(() => {});
  return actor;
}

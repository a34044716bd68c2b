import type { Actor } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { getCurrentActivity } from "#server/registers/continuity/queries.ts";

/**
 * Who is reading a page; redirects anybody else to the sign-in page. What the frame shows them is queried at once, so
 * that it goes to the database together with the page's own queries (docs/decisions/050).
 */
export async function requireReader(): Promise<Actor> {
  const actor = await requireActor();
  // The frame waits for it; a page that does not need it, or cannot have it, is unaffected.
  void Promise.all([listTasks(actor), getCurrentActivity(actor)]).catch(() => {});
  return actor;
}

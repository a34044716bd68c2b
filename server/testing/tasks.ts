import type { Actor } from "#domain/access/permission/permission.ts";
import type { Task } from "#domain/gather/task/task.ts";

/** The tasks of one person, of a noun that lists those of many. */
export const tasksOfOne =
  (listOf: (actors: readonly Actor[]) => Promise<ReadonlyMap<string, Task[]>>) =>
  async (actor: Actor): Promise<Task[]> =>
    (await listOf([actor])).get(actor.personId) ?? [];

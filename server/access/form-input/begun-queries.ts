import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findBegun, listBegun, type BegunRecord } from "./begun-repository.ts";

/** Days within which somebody is asked to finish what a program began for them. Our own figure. */
const FINISH_WITHIN_DAYS = 14;

/** What a program began for the actor and they have not finished; null for anything else. @param at its id, or the address of the draft that it is */
export async function getBegun(actor: Actor, at: string) {
  const begun = at === "" ? null : await findBegun(getDatabase(), actor.personId, at);
  return begun && { id: begun.id, path: begun.path, program: begun.token.name };
}

/** Tasks to finish or discard what programs began, by person. */
export async function listBegunTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const begun = await listBegun(
    getDatabase(),
    actors.map(({ personId }) => personId),
  );
  return new Map([...grouped(begun, ({ personId }) => personId)].map(([id, theirs]) => [id, theirs.map(taskOf)]));
}

const taskOf = ({ id, path, begunAt, token }: BegunRecord): Task =>
  newTask("finish-draft", id, {
    title: `Finish ${WHAT[path.split("/")[1] ?? ""] ?? "what was begun"}, or discard it`,
    reason: `Begun for you by ${token.name}. Nothing takes effect until you send it.`,
    due: addDays(calendarDay(begunAt), FINISH_WITHIN_DAYS),
    href: addressOfBegun({ id, path }),
    // A draft of an exception is discarded on its own page, which asks first and minds holds.
    ...(!isDraft(path) && { act: { action: "/tasks/begun/send", label: "Discard it", hidden: { begun: id } } }),
  });

const WHAT: Readonly<Record<string, string>> = {
  exceptions: "a request for an exception",
  records: "a captured record",
  groups: "the registration of a chat group",
};

/** Where it is finished. A draft has its own page; a form shows what was begun as if it had been typed. */
export const addressOfBegun = ({ id, path }: Pick<BegunRecord, "id" | "path">): string =>
  isDraft(path) ? path : `${path}?kept=${id}`;

const isDraft = (path: string) => path.startsWith("/exceptions/");

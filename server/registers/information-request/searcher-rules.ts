import type { Tx } from "#server/base/db/database.ts";
import { readActingManagers } from "#server/people/deputy/queries.ts";
import { listDecidersBut } from "#server/registers/entry/effects.ts";
import type { listWaitingSearches, RequestHandler, Searcher } from "./repository.ts";

/** The roles that handle requests. */
const HANDLING_ROLES = ["governance-officer", "senior-information-risk-owner"];

/** Whether whoever handles a request has left, is away for longer than the limit, or may not handle it any more. */
export const isHandlerThere = (handler: RequestHandler | null): handler is RequestHandler =>
  handler?.status === "active" &&
  handler.handedOverOn === null &&
  HANDLING_ROLES.some((role) => handler.roles.includes(role));

/** Who hears about a request: its handler, or everybody who may take it where there is none. */
export const listHandlersOf = async (
  tx: Tx,
  { body, handler, complainantId }: { body: string; handler: RequestHandler | null; complainantId: string | null },
): Promise<{ id: string }[]> => (isHandlerThere(handler) ? [handler] : listDecidersBut(tx, body, complainantId));

/** Whether somebody answers searches themselves: they work here, and are not away for longer than the limit. */
export const isSearcherThere = ({ status, handedOverOn }: Searcher): boolean =>
  status === "active" && handedOverOn === null;

/**
 * Reads, once for many searches, who answers a search: whoever was asked; while they are not there, who acts as their
 * line manager, then who handles the request. Never whose complaint it is.
 */
export async function readSearchers(tx: Tx, body: string) {
  const managersOf = await readActingManagers(tx, body);
  return async (
    { person }: { person: Searcher },
    request: { body: string; handler: RequestHandler | null; complainantId: string | null },
  ): Promise<{ id: string }[]> => {
    if (isSearcherThere(person)) return [person];
    const managers = managersOf(person).filter(({ id }) => id !== request.complainantId && id !== person.id);
    const others = managers.length > 0 ? managers : await listHandlersOf(tx, request);
    return others.filter(({ id }) => id !== person.id);
  };
}

export type WaitingSearch = Awaited<ReturnType<typeof listWaitingSearches>>[number];

/** Whether somebody may see and answer a search: whose it is, who stands in, and who did and may correct that. */
export async function mayAnswerSearch(
  tx: Tx,
  personId: string,
  search: { person: Searcher; answers: readonly { answeredById: string | null }[] },
  request: Parameters<Awaited<ReturnType<typeof readSearchers>>>[1],
): Promise<boolean> {
  if (search.person.id === personId || search.answers.some(({ answeredById }) => answeredById === personId))
    return true;
  const searchers = await (await readSearchers(tx, request.body))(search, request);
  return searchers.some(({ id }) => id === personId);
}

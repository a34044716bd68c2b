import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import type { Followed, PersonListener } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listOpenRequests, listWaitingSearches } from "./repository.ts";
import {
  isHandlerThere,
  isSearcherThere,
  listHandlersOf,
  readSearchers,
  type WaitingSearch,
} from "./searcher-rules.ts";

const NOT_THERE = "Whoever it was with is not there. It is among your tasks until they are back, or for good.";

type Leaver = { body: string; personId: string };

/** Tells who sees now to the requests that somebody handled and to the searches that wait for them. */
async function passOn(tx: Tx, { body, personId }: Leaver): Promise<Notice[]> {
  const searchersOf = await readSearchers(tx, body);
  const notices: Notice[] = [];
  for (const search of await listWaitingSearches(tx, body)) {
    if (isSearcherThere(search.person) || !isTheirs(search, personId)) continue;
    const { reference } = search.request;
    const to = await searchersOf(search, search.request);
    const subject = `${reference}: search in place of ${search.person.name}`;
    const href = `/requests/${reference}/searches/${search.position}`;
    notices.push(...tell(to, personId, { body, subject, href }));
  }
  for (const request of await listOpenRequests(tx, body)) {
    if (request.handler?.id !== personId || isHandlerThere(request.handler)) continue;
    const { reference } = request;
    const subject = `${reference}: nobody handles this request, take it`;
    notices.push(
      ...tell(await listHandlersOf(tx, request), personId, { body, subject, href: `/requests/${reference}` }),
    );
  }
  return notices;
}

const tell = (to: readonly { id: string }[], but: string, words: Pick<Notice, "body" | "subject" | "href">) =>
  tellAll(
    to.map(({ id }) => id).filter((id) => id !== but),
    { ...words, kind: "duties-handed-over", paragraphs: [NOT_THERE] },
  );

/** Whether a search was with somebody until now: their own, or one of somebody they manage, who is not there. */
const isTheirs = ({ person, request }: WaitingSearch, personId: string): boolean =>
  [person.id, person.manager?.id, person.team?.manager?.id, request.handler?.id].includes(personId);

/** When somebody leaves, the requests that they handle and the searches that they were asked for go to others. */
export const handOverRequests: Required<PersonListener>["onLeaving"] = async (tx, person, { reason }) => ({
  evidence: [],
  notices: reason === "left" ? await passOn(tx, person) : [],
  groups: 0,
});

/** The same while somebody is away for long, or once they may not handle requests any more. */
export const passRequestsOn = async (tx: Tx, person: Leaver): Promise<Followed> => ({
  evidence: [],
  notices: await passOn(tx, person),
});

/** Ids of those with whom requests or searches are: for imports that mark many people as having left. */
export const listPeopleWithRequests: Required<PersonListener>["listConcerned"] = async (tx, body) => {
  const [searches, requests] = [await listWaitingSearches(tx, body), await listOpenRequests(tx, body)];
  const ids = [
    ...searches.flatMap(({ person }) => [person.id, person.manager?.id, person.team?.manager?.id]),
    ...requests.map(({ handler }) => handler?.id),
  ];
  return new Set(ids.filter((id) => id !== undefined));
};

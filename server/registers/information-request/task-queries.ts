import { type Actor, can } from "#domain/access/permission/permission.ts";
import { newTask, ANSWER_WITHIN_WORKING_DAYS, type Task } from "#domain/gather/task/task.ts";
import { dueDay } from "#domain/registers/information-request/due.ts";
import { mayHandleRequest, REQUEST_KINDS } from "#domain/registers/information-request/information-request.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOffInLaw, workingDayAfter } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { requestKind, listOpenRequests, listWaitingSearches } from "./repository.ts";
import { isHandlerThere, isSearcherThere, readSearchers, type WaitingSearch } from "./searcher-rules.ts";

type OpenRequest = Awaited<ReturnType<typeof listOpenRequests>>[number];

/** The actor's tasks about requests: searches to answer, and requests to answer of those who handle them. By person. */
export async function listRequestTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const handlers = actors.filter((actor) => can(actor, "information-request.handle", actor));
  const tx = getDatabase();
  const [searches, searchersOf, open, body, places] = await Promise.all([
    listWaitingSearches(tx, first.body),
    readSearchers(tx, first.body),
    handlers.length > 0 ? listOpenRequests(tx, first.body) : [],
    getOwnBody(first),
    handlers.length > 0 ? listPlaces(tx, first.body) : [],
  ]);
  const waiting: { search: WaitingSearch; by: { id: string }[] }[] = [];
  for (const search of searches) waiting.push({ search, by: await searchersOf(search, search.request) });
  const deputies = (id: string) =>
    places.flatMap(({ deputyId, principal }) => (principal.personId === id ? deputyId : []));
  return new Map(
    actors.map((actor) => [
      actor.personId,
      [
        ...waiting.flatMap(({ search, by }) => (by.some(({ id }) => id === actor.personId) ? searchTask(search) : [])),
        ...open.flatMap((request) => requestTask(request, actor, body, deputies(request.handler?.id ?? ""))),
      ],
    ]),
  );
}

function searchTask({ position, answerBy, person, request: { reference } }: WaitingSearch): Task {
  const isOwn = isSearcherThere(person);
  const outside = isOwn ? `Search for ${reference}, and say what you found` : `Search for ${reference} for somebody`;
  return newTask("answer-search", `${reference} ${position}`, {
    href: `/requests/${reference}/searches/${position}`,
    title: isOwn ? outside : `Search for ${reference} in place of ${person.name}, who is not there`,
    titleOutside: outside,
    reason: "Somebody asked for information that you may hold",
    due: answerBy,
  });
}

/**
 * Theirs, also as a deputy; of a request whose handler is gone, away for long or may not handle it any more, the task of
 * all who may.
 */
function requestTask(request: OpenRequest, actor: Actor, body: Body | null, deputies: readonly string[]): Task[] {
  const { reference, handler, state, searches, acknowledgedOn } = request;
  const kind = requestKind(request.kind);
  if (!mayHandleRequest(actor, request)) return [];
  const isHandled = isHandlerThere(handler);
  if (isHandled && ![handler.id, ...deputies].includes(actor.personId)) return [];
  const today = clock.today();
  const due = dueOfRequest(request, body) ?? workingDayAfter(body, today, ANSWER_WITHIN_WORKING_DAYS);
  const late = searches.filter(({ answerBy }) => answerBy < today).length;
  const isToAcknowledge = kind === "complaint" && acknowledgedOn === null;
  const facts = [
    REQUEST_KINDS[kind].label,
    ...(isHandled ? [] : ["Nobody handles it: take it"]),
    ...(state === "paused" ? ["Its clock is stopped"] : []),
    ...(late > 0 ? [`${late} ${late === 1 ? "person is" : "people are"} late with a search`] : []),
  ];
  return [
    {
      kind: isToAcknowledge ? "acknowledge-complaint" : "answer-request",
      key: `answer-request ${reference}`,
      href: `/requests/${reference}`,
      title: isToAcknowledge ? `Acknowledge the complaint ${reference}` : `Answer the request ${reference}`,
      reason: facts.join(". "),
      due,
    },
  ];
}

/** By when the next step of a request is due, by the days off of its law; null where no day is set. */
export function dueOfRequest(
  request: Pick<OpenRequest, "kind" | "receivedOn" | "dueOn" | "acknowledgedOn" | "pauses">,
  body: Body | null,
): string | null {
  const today = clock.today();
  const { receivedOn } = request;
  const kind = requestKind(request.kind);
  const about = REQUEST_KINDS[kind].clock === "working-days" ? "information" : "personal-data";
  const holidays = daysOffInLaw(body, about, receivedOn, today > receivedOn ? today : receivedOn);
  return dueDay({ ...request, kind }, holidays, today);
}

/** The open requests that the actor handles or audits, counted; null for those who may not see them. */
export async function countOpenRequests(actor: Actor) {
  if (!can(actor, "information-request.read-register", actor)) return null;
  const [all, body] = await Promise.all([listOpenRequests(getDatabase(), actor.body), getOwnBody(actor)]);
  const open = all.filter(({ complainantId }) => complainantId !== actor.personId);
  const today = clock.today();
  const dated = open
    .flatMap((request) => {
      const due = dueOfRequest(request, body);
      return due === null || request.state === "paused" ? [] : [{ reference: request.reference, due }];
    })
    .sort((a, b) => a.due.localeCompare(b.due));
  return {
    all: open.length,
    overdue: dated.filter(({ due }) => due < today).length,
    paused: open.filter(({ state }) => state === "paused").length,
    /** The one that is due first; null where none has a day. */
    next: dated[0] ?? null,
  };
}

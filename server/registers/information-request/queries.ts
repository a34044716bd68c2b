import { listDecidersBut } from "#server/registers/entry/effects.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { openMoves, requestSight } from "#domain/registers/information-request/information-request.ts";
import { costLimit } from "#domain/registers/information-request/search-request.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver, type RowOf } from "#server/base/db/list-page.ts";
import { getHeadToNote } from "#server/evidence/journal/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import {
  requestKind,
  countRequestsBetween,
  findRequest,
  listComplaintsOf,
  listSearchesOf,
  listWaitingSearches,
  requestList,
  type RequestRecord,
  type SearchRecord,
} from "./repository.ts";
import { isHandlerThere, mayAnswerSearch } from "./searcher-rules.ts";
import { dueOfRequest } from "./task-queries.ts";

/** One request; null if there is none or the actor may not know about it, with no difference between the two. */
export async function getInformationRequest(actor: Actor, typed: string) {
  const reference = parseReference("REQ", typed);
  const tx = getDatabase();
  const [request, body] = await Promise.all([reference && findRequest(tx, actor.body, reference), getOwnBody(actor)]);
  const sight = request && requestSight(actor, request);
  if (!request || !body || !sight) return null;
  const [people, head] = await Promise.all([
    listDecidersBut(tx, request.body, request.complainantId),
    sight === "own" ? null : getHeadToNote(actor),
  ]);
  const kind = requestKind(request.kind);
  const { requester, asked, outcome } = request;
  const { revision, state, receivedOn, dueOn, acknowledgedOn, closedOn, enteredAt } = request;
  return {
    reference: request.reference,
    revision,
    kind,
    state,
    receivedOn,
    dueOn,
    acknowledgedOn,
    closedOn,
    enteredAt,
    /** Last day of the next step, YYYY-MM-DD; null where nobody has set one. */
    due: dueOfRequest(request, body),
    isOwn: sight === "own",
    /** Null for those who read no free text. */
    texts: sight === "figures" ? null : { requester, asked, outcome },
    body,
    handlers: people.length,
    /** For who handles or audits it; null for who complains. Others could handle it, and the chain's head is to be noted. */
    file: sight === "own" ? null : { ...fileOf(request, sight === "whole", body), others: people, head },
  };
}

/** A request, as far as its reader may see it. */
export type RequestView = NonNullable<Awaited<ReturnType<typeof getInformationRequest>>>;
export type RequestFile = NonNullable<RequestView["file"]>;

function fileOf(request: RequestRecord, isWhole: boolean, body: Body) {
  const { complainant, handler, hold, pauses, searches, records, steps } = request;
  const kind = requestKind(request.kind);
  const minutes = searches.reduce((sum, { answers }) => sum + (answers.at(-1)?.minutes ?? 0), 0);
  return {
    complainant: complainant?.name ?? null,
    handler: handler && { id: handler.id, name: handler.name, isThere: isHandlerThere(handler) },
    hold,
    pauses: isWhole ? pauses : pauses.map((pause) => ({ ...pause, words: "" })),
    searches: searches.map((search) => searchView(search, isWhole)),
    /** What all searches took so far, corrections in place of what they corrected. */
    minutes,
    limit: costLimit(kind, body),
    records: isWhole ? records : records.map(({ reference }) => ({ reference, about: "" })),
    history: steps.map(({ at, person, step, reason }) => ({
      at,
      by: person.name,
      step,
      reason: isWhole ? reason : null,
    })),
    /** What the reader may do with it now; nothing for auditors. */
    moves: isWhole ? openMoves({ ...request, kind }) : [],
  };
}

/** A search as shown to who handles the request, or audits it without free text. */
export type SearchView = ReturnType<typeof searchView>;

type SearchWords = Pick<SearchRecord, "lookFor" | "chats" | "apps" | "devices" | "firstDay" | "lastDay" | "endReason">;

function searchView(search: SearchRecord, isWhole: boolean) {
  const { position, askedAt, answerBy, endedAt, answers, person, askedBy } = search;
  const what: SearchWords = search;
  return {
    position,
    askedAt,
    answerBy,
    endedAt,
    answers: answers.map(({ answeredBy, words, ...answer }) => ({
      ...answer,
      words: isWhole ? words : "",
      /** Who answered in place of whoever was asked; null for themselves. */
      inPlace: answeredBy && answeredBy.id !== person.id ? answeredBy.name : null,
    })),
    person: { name: person.name, hasLeft: person.status === "left" },
    askedBy: askedBy.name,
    /** Null for those who read no free text. */
    what: isWhole ? what : null,
  };
}

/** A search that the actor was asked for, or stands in for, with what was answered. */
export type OwnSearch = Awaited<ReturnType<typeof listSearchesOf>>[number];

/** One of them, or of somebody for whom the actor stands in; null if it is not theirs. @param position of the search within the request, as typed */
export async function getOwnSearch(actor: Actor, reference: string, position: string): Promise<OwnSearch | null> {
  const isIt = (one: OwnSearch) => one.request.reference === reference && String(one.position) === position;
  const tx = getDatabase();
  const found =
    (await listOwnSearches(actor)).find(isIt) ?? (await listWaitingSearches(tx, actor.body)).find((one) => isIt(one));
  return found && (await mayAnswerSearch(tx, actor.personId, found, found.request)) ? found : null;
}

/** All searches that the actor was ever asked for, the newest first. */
export const listOwnSearches = async (actor: Actor): Promise<OwnSearch[]> =>
  (await listSearchesOf(getDatabase(), [actor.personId])).filter(({ request }) => request.body === actor.body);

/** The complaints that the actor made about their own data, as they see them, the newest first. */
export async function listOwnComplaints(actor: Actor) {
  const complaints = await listComplaintsOf(getDatabase(), actor.body, actor.personId);
  return complaints.map(({ reference, state, receivedOn, acknowledgedOn, closedOn, asked, outcome }) => ({
    reference,
    state,
    receivedOn,
    acknowledgedOn,
    closedOn,
    asked,
    outcome,
  }));
}

/** The open request that a record is captured for: only its id, for whoever was asked to search for it or handles it. */
export async function findRequestToCaptureFor(actor: Actor, typed: string) {
  const reference = parseReference("REQ", typed);
  const request = reference && (await findRequest(getDatabase(), actor.body, reference));
  if (!request) return null;
  let isAsked = false;
  for (const search of request.searches)
    isAsked ||= await mayAnswerSearch(getDatabase(), actor.personId, search, request);
  const isHandler = requestSight(actor, request) === "whole";
  return isAsked || isHandler ? { id: request.id, reference: request.reference } : null;
}

/** The requests of the body; null for those who may not read them. Auditors neither read nor search free text. */
export async function getRequestRegister(actor: Actor, asked: Asked) {
  if (!can(actor, "information-request.read-register", actor)) return null;
  const isWhole = can(actor, "information-request.handle", actor);
  const body = await getOwnBody(actor);
  const list = requestList(getDatabase(), actor.body, asked, { isWhole, notOf: actor.personId });
  return registerOver(list, (rows) =>
    rows.map((request) => {
      const { reference, state, receivedOn, closedOn, handler, searches } = request;
      const last = searches.map(({ answers }) => answers.toSorted((a, b) => a.position - b.position).at(-1)?.minutes);
      return {
        reference,
        kind: requestKind(request.kind),
        state,
        receivedOn,
        due: dueOfRequest(request, body),
        closedOn,
        handler: handler?.name ?? null,
        searches: searches.length,
        answered: last.filter((minutes) => minutes !== undefined).length,
        minutes: last.reduce<number>((sum, minutes = 0) => sum + minutes, 0),
        /** Null for those who read no free text. */
        asked: isWhole ? request.asked : null,
      };
    }),
  );
}

/** A request in the register: how many people were asked to search and have answered, and the minutes it took. */
export type RequestEntry = RowOf<typeof getRequestRegister>;

/** Requests received in a period by kind, and searches asked for in it. For figures, which have authorised already. */
export async function readRequestFigures(body: string, period: Parameters<typeof countRequestsBetween>[2]) {
  const { byKind, ...searched } = await countRequestsBetween(getDatabase(), body, period);
  return { byKind: byKind.map(({ kind, count }) => ({ kind: requestKind(kind), count })), ...searched };
}

import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import {
  isMoveOpen,
  requestSight,
  type RequestKind,
  type RequestMove,
  type RequestState,
} from "#domain/registers/information-request/information-request.ts";
import { costLimit, type CostLimit } from "#domain/registers/information-request/search-request.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { getHeadToNote } from "#server/evidence/journal/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listRequestHandlers } from "./change.ts";
import {
  REQUEST_KIND_NAMES,
  findRequest,
  listComplaintsOf,
  listSearchesOf,
  requestList,
  type RequestRecord,
  type SearchRecord,
} from "./repository.ts";
import { dueOfRequest } from "./task-queries.ts";

/** A search as shown to who handles the request, or audits it without free text. */
export interface SearchView extends Pick<SearchRecord, "position" | "askedAt" | "answerBy" | "endedAt" | "answers"> {
  person: { name: string; hasLeft: boolean };
  askedBy: string;
  /** Null for those who read no free text. */
  what: Pick<SearchRecord, "lookFor" | "chats" | "apps" | "devices" | "firstDay" | "lastDay" | "endReason"> | null;
}

/** A request, as far as its reader may see it. */
export interface RequestView {
  reference: string;
  revision: number;
  kind: RequestKind;
  state: RequestState;
  receivedOn: string;
  /** Last day of the next step, YYYY-MM-DD; null where nobody has set one. */
  due: string | null;
  dueOn: string | null;
  acknowledgedOn: string | null;
  closedOn: string | null;
  enteredAt: Date;
  isOwn: boolean;
  /** Null for those who read no free text. */
  texts: { requester: string; asked: string; outcome: string | null } | null;
  body: Body;
  /** How many people may handle it now. */
  handlers: number;
  /** For who handles or audits it; null for who complains. */
  file: RequestFile | null;
}

export interface RequestFile {
  /** Name of the employee whose complaint it is. */
  complainant: string | null;
  handler: { id: string; name: string; hasLeft: boolean } | null;
  /** Those who could handle it. */
  others: { id: string; name: string }[];
  hold: RequestRecord["hold"];
  pauses: Pick<RequestRecord["pauses"][number], "why" | "words" | "firstDay" | "lastDay">[];
  searches: SearchView[];
  /** What all searches took so far, corrections in place of what they corrected. */
  minutes: number;
  limit: CostLimit | null;
  records: RequestRecord["records"];
  history: { at: Date; by: string; step: string; reason: string | null }[];
  /** What the reader may do with it now; nothing for auditors. */
  moves: readonly RequestMove[];
  /** Where the chain of evidence stands, to be noted; null for those who may not read evidence. */
  head: string | null;
}

const MOVES: readonly RequestMove[] = [
  "correct",
  "pass-on",
  "set-day",
  "pause",
  "resume",
  "acknowledge",
  "hold",
  "search",
  "close",
  "reopen",
];

/** One request; null if there is none or the actor may not know about it, with no difference between the two. */
export async function getInformationRequest(actor: Actor, typed: string): Promise<RequestView | null> {
  const reference = parseReference("REQ", typed);
  const tx = getDatabase();
  const [request, body] = await Promise.all([reference && findRequest(tx, actor.body, reference), getOwnBody(actor)]);
  const sight = request && requestSight(actor, request);
  if (!request || !body || !sight) return null;
  const [people, head] = await Promise.all([
    listRequestHandlers(tx, request),
    sight === "own" ? null : getHeadToNote(actor),
  ]);
  const kind = REQUEST_KIND_NAMES[request.kind];
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
    due: dueOfRequest(request, body),
    isOwn: sight === "own",
    texts: sight === "figures" ? null : { requester, asked, outcome },
    body,
    handlers: people.length,
    file: sight === "own" ? null : { ...fileOf(request, sight === "whole", body), others: people, head },
  };
}

function fileOf(request: RequestRecord, isWhole: boolean, body: Body): Omit<RequestFile, "others" | "head"> {
  const { complainant, handler, hold, pauses, searches, records, steps } = request;
  const kind = REQUEST_KIND_NAMES[request.kind];
  const minutes = searches.reduce((sum, { answers }) => sum + (answers.at(-1)?.minutes ?? 0), 0);
  return {
    complainant: complainant?.name ?? null,
    handler: handler && { id: handler.id, name: handler.name, hasLeft: handler.status === "left" },
    hold,
    pauses: isWhole ? pauses : pauses.map((pause) => ({ ...pause, words: "" })),
    searches: searches.map((search) => searchView(search, isWhole)),
    minutes,
    limit: costLimit(kind, body),
    records: isWhole ? records : records.map(({ reference }) => ({ reference, about: "" })),
    history: steps.map(({ at, person, step, reason }) => ({
      at,
      by: person.name,
      step,
      reason: isWhole ? reason : null,
    })),
    moves: isWhole ? MOVES.filter((move) => isMoveOpen({ ...request, kind }, move)) : [],
  };
}

function searchView(search: SearchRecord, isWhole: boolean): SearchView {
  const { position, askedAt, answerBy, endedAt, answers, person, askedBy } = search;
  return {
    position,
    askedAt,
    answerBy,
    endedAt,
    answers: isWhole ? answers : answers.map((answer) => ({ ...answer, words: "" })),
    person: { name: person.name, hasLeft: person.status === "left" },
    askedBy: askedBy.name,
    what: isWhole ? search : null,
  };
}

/** A search that the actor was asked for, with what they answered. */
export type OwnSearch = Awaited<ReturnType<typeof listSearchesOf>>[number];

/** One of them; null if it is not theirs. @param position of the search within the request, as typed */
export async function getOwnSearch(actor: Actor, reference: string, position: string): Promise<OwnSearch | null> {
  const own = await listOwnSearches(actor);
  return own.find((one) => one.request.reference === reference && String(one.position) === position) ?? null;
}

/** All searches that the actor was ever asked for, the newest first. */
export async function listOwnSearches(actor: Actor): Promise<OwnSearch[]> {
  return (await listSearchesOf(getDatabase(), [actor.personId])).filter(({ request }) => request.body === actor.body);
}

/** A complaint that the actor made about their own data, as they see it. */
export interface OwnComplaint {
  reference: string;
  state: RequestState;
  receivedOn: string;
  acknowledgedOn: string | null;
  closedOn: string | null;
  asked: string;
  outcome: string | null;
}

/** All of them, the newest first. */
export async function listOwnComplaints(actor: Actor): Promise<OwnComplaint[]> {
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
export async function findRequestToCaptureFor(
  actor: Actor,
  typed: string,
): Promise<{ id: string; reference: string } | null> {
  const reference = parseReference("REQ", typed);
  const request = reference && (await findRequest(getDatabase(), actor.body, reference));
  if (!request) return null;
  const isAsked = request.searches.some(({ personId }) => personId === actor.personId);
  const isHandler = requestSight(actor, request) === "whole";
  return isAsked || isHandler ? { id: request.id, reference: request.reference } : null;
}

/** A request in the register. */
export interface RequestEntry {
  reference: string;
  kind: RequestKind;
  state: RequestState;
  receivedOn: string;
  due: string | null;
  closedOn: string | null;
  handler: string | null;
  /** How many people were asked to search, how many of them have answered, and the minutes it took. */
  searches: number;
  answered: number;
  minutes: number;
  /** Null for those who read no free text. */
  asked: string | null;
}

/** The requests of the body; null for those who may not read them. Auditors neither read nor search free text. */
export async function getRequestRegister(actor: Actor, asked: Asked): Promise<Register<RequestEntry> | null> {
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
        kind: REQUEST_KIND_NAMES[request.kind],
        state,
        receivedOn,
        due: dueOfRequest(request, body),
        closedOn,
        handler: handler?.name ?? null,
        searches: searches.length,
        answered: last.filter((minutes) => minutes !== undefined).length,
        minutes: last.reduce<number>((sum, minutes = 0) => sum + minutes, 0),
        asked: isWhole ? request.asked : null,
      };
    }),
  );
}

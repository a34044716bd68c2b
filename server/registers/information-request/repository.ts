import { oneOf, type Asked } from "#domain/base/list/page.ts";
import {
  REQUEST_KINDS,
  REQUEST_STATES,
  type RequestKind,
} from "#domain/registers/information-request/information-request.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { withLineManager } from "#server/base/db/line-manager.ts";
import { orderFor, type List, type ListOrder } from "#server/base/db/list-page.ts";
import { findBy, withReference } from "#server/base/db/part-of-text.ts";

export const requestKind = (stored: RequestRow["kind"]): RequestKind =>
  stored === "subject_access" ? "subject-access" : stored;

/** A kind as it is stored: the database client uses underscores. */
export const storedKind = (kind: RequestKind): RequestRow["kind"] =>
  kind === "subject-access" ? "subject_access" : kind;

type RequestRow = Prisma.InformationRequestGetPayload<object>;

const person = { select: { id: true, name: true, status: true, roles: true, handedOverOn: true } } as const;
const searcher = { select: { ...person.select, ...withLineManager } } as const;

/** Who handles a request. */
export type RequestHandler = Prisma.PersonGetPayload<typeof person>;
/** Who was asked to search, with their line manager. */
export type Searcher = Prisma.PersonGetPayload<typeof searcher>;

const all = {
  enteredBy: person,
  complainant: person,
  handler: person,
  hold: { select: { reference: true, placedAt: true, endedAt: true } },
  pauses: { orderBy: { position: "asc" } },
  searches: {
    orderBy: { position: "asc" },
    include: {
      person: searcher,
      askedBy: person,
      answers: { orderBy: { position: "asc" }, include: { answeredBy: person } },
    },
  },
  steps: { orderBy: { position: "asc" }, include: { person } },
  records: { select: { reference: true, about: true }, orderBy: { capturedAt: "asc" } },
} satisfies Prisma.InformationRequestInclude;

/** A request as it is stored, with its people, its searches and its history. */
export type RequestRecord = Prisma.InformationRequestGetPayload<{ include: typeof all }>;
export type SearchRecord = RequestRecord["searches"][number];

export const findRequest = (tx: Tx, body: string, reference: string) =>
  tx.informationRequest.findUnique({ where: { reference, body }, include: all });

/** The same, locked until the end of the transaction: whoever changes it waits for the one before. */
export async function findRequestToChange(tx: Tx, body: string, reference: string): Promise<RequestRecord | null> {
  await tx.$queryRaw`SELECT id FROM "InformationRequest" WHERE reference = ${reference} AND body = ${body} FOR UPDATE`;
  return findRequest(tx, body, reference);
}

/** @throws a unique violation if this person's form was processed already */
export const insertRequest = (tx: Tx, data: Prisma.InformationRequestUncheckedCreateInput) =>
  tx.informationRequest.create({ data });

/** Changes a request that is locked. */
export const updateRequest = (tx: Tx, id: string, data: Prisma.InformationRequestUpdateInput) =>
  tx.informationRequest.update({ where: { id }, data: { ...data, revision: { increment: 1 } } });

/** Adds a step to the history of a request that is locked. */
export async function insertRequestStep(
  tx: Tx,
  row: Omit<Prisma.InformationRequestStepUncheckedCreateInput, "position">,
): Promise<void> {
  const position = (await tx.informationRequestStep.count({ where: { requestId: row.requestId } })) + 1;
  await tx.informationRequestStep.create({ data: { ...row, position } });
}

export const insertPause = (tx: Tx, data: Prisma.RequestPauseUncheckedCreateInput) => tx.requestPause.create({ data });

/** Ends the pause that lasts. @param lastDay YYYY-MM-DD */
export const endPause = (tx: Tx, requestId: string, lastDay: string) =>
  tx.requestPause.updateMany({ where: { requestId, lastDay: null }, data: { lastDay } });

export const insertSearches = (tx: Tx, rows: Prisma.SearchRequestCreateManyInput[]) =>
  tx.searchRequest.createMany({ data: rows });

export const updateSearches = (tx: Tx, ids: readonly string[], data: Prisma.SearchRequestUncheckedUpdateManyInput) =>
  tx.searchRequest.updateMany({ where: { id: { in: [...ids] } }, data });

export const insertSearchAnswer = (tx: Tx, data: Prisma.SearchAnswerUncheckedCreateInput) =>
  tx.searchAnswer.create({ data });

const OPEN = { state: { in: ["open", "paused"] } } satisfies Prisma.InformationRequestWhereInput;

/** Those of a body that are open, the oldest first, with who handles them and who has not answered. */
export const listOpenRequests = (tx: Tx, body: string) =>
  tx.informationRequest.findMany({
    where: { body, ...OPEN },
    select: {
      reference: true,
      body: true,
      kind: true,
      state: true,
      receivedOn: true,
      dueOn: true,
      acknowledgedOn: true,
      complainantId: true,
      handler: person,
      pauses: { select: { firstDay: true, lastDay: true } },
      searches: { where: { endedAt: null, answers: { none: {} } }, select: { answerBy: true } },
    },
    orderBy: [{ receivedOn: "asc" }, { id: "asc" }],
  });

const withRequest = {
  request: { select: { reference: true, body: true, state: true, handler: person, complainantId: true } },
  person: searcher,
  answers: { orderBy: { position: "asc" } },
} satisfies Prisma.SearchRequestInclude;

/** The searches that people were asked for or have answered for others, the newest first. */
export const listSearchesOf = (tx: Tx, personIds: readonly string[]) =>
  tx.searchRequest.findMany({
    where: {
      OR: [{ personId: { in: [...personIds] } }, { answers: { some: { answeredById: { in: [...personIds] } } } }],
    },
    include: withRequest,
    orderBy: [{ askedAt: "desc" }, { id: "asc" }],
  });

/** The searches of a body that wait for an answer. */
export const listWaitingSearches = (tx: Tx, body: string) =>
  tx.searchRequest.findMany({
    where: { endedAt: null, answers: { none: {} }, request: { body, ...OPEN } },
    include: withRequest,
    orderBy: [{ askedAt: "desc" }, { id: "asc" }],
  });

/** The searches of all bodies that wait for an answer. */
export const listSearchesToRemind = (tx: Tx) =>
  tx.searchRequest.findMany({
    where: { endedAt: null, answers: { none: {} }, request: OPEN },
    select: { id: true, position: true, request: { select: { reference: true, body: true } } },
    orderBy: { id: "asc" },
  });

/** The complaints that somebody made about their own data, the newest first. */
export const listComplaintsOf = (tx: Tx, body: string, complainantId: string) =>
  tx.informationRequest.findMany({ where: { body, complainantId }, orderBy: { enteredAt: "desc" } });

const inList = {
  handler: person,
  pauses: { select: { firstDay: true, lastDay: true } },
  searches: { select: { endedAt: true, answers: { select: { minutes: true, position: true } } } },
} satisfies Prisma.InformationRequestInclude;

/** A request as a list shows it. */
export type ListedRequest = Prisma.InformationRequestGetPayload<{ include: typeof inList }>;

const REQUEST_ORDERS = {
  newest: [["receivedOn", "desc"]],
  oldest: [["receivedOn", "asc"]],
} as const satisfies Record<string, ListOrder<keyof ListedRequest>>;

/** Those of a body, in pages. @param isWhole whether free text is searched too; @param notOf whose own complaints are left out */
export function requestList(
  tx: Tx,
  body: string,
  asked: Asked,
  { isWhole, notOf }: { isWhole: boolean; notOf: string },
): List<ListedRequest> {
  const { q, from, until } = asked;
  const [kind, state] = [oneOf(REQUEST_KINDS, asked["kind"]), oneOf({ ...REQUEST_STATES, current: 0 }, asked["state"])];
  return {
    within: { body, OR: [{ complainantId: null }, { complainantId: { not: notOf } }] },
    filter: {
      ...(kind && { kind: storedKind(kind) }),
      ...(state && (state === "current" ? OPEN : { state })),
      ...((from ?? until) && { receivedOn: { ...(from && { gte: from }), ...(until && { lte: until }) } }),
    },
    // Whoever reads no free text finds nothing by it.
    found: isWhole
      ? findBy(tx, body, q, { table: "InformationRequest", columns: ["requester", "asked"] })
      : q
        ? () => Promise.resolve({ OR: [...withReference(q), { reference: q }] })
        : undefined,
    order: orderFor(REQUEST_ORDERS, asked),
    key: "reference",
    read: (part) => tx.informationRequest.findMany({ ...part, include: inList }),
  };
}

/** Requests that a body received from one day to another, by kind; and what was searched for in that time. */
export async function countRequestsBetween(
  tx: Tx,
  body: string,
  { from, until, begin, end }: { from: string; until: string; begin: Date; end: Date },
) {
  const kinds = await tx.informationRequest.groupBy({
    by: ["kind"],
    where: { body, receivedOn: { gte: from, lte: until } },
    _count: true,
  });
  const [searched] = await tx.$queryRaw<{ searches: number; answered: number; minutes: number }[]>`
    SELECT count(*)::int AS searches, count(last.minutes)::int AS answered, coalesce(sum(last.minutes), 0)::int AS minutes
      FROM "SearchRequest" s JOIN "InformationRequest" r ON r.id = s."requestId"
      LEFT JOIN LATERAL (SELECT a.minutes FROM "SearchAnswer" a WHERE a."searchId" = s.id AND a."answeredAt" < ${end}
                          ORDER BY a.position DESC LIMIT 1) last ON TRUE
     WHERE r.body = ${body} AND s."askedAt" >= ${begin} AND s."askedAt" < ${end}`;
  const none = { searches: 0, answered: 0, minutes: 0 };
  return { byKind: kinds.map(({ kind, _count: count }) => ({ kind, count })), ...(searched ?? none) };
}

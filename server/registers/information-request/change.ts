import "server-only";
import type { Outcome, Refused } from "#domain/base/form/outcome.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { Notice, NoticeKind } from "#domain/evidence/notice/notice.ts";
import {
  isMoveOpen,
  mayHandleRequest,
  type RequestMove,
  type RequestStep,
} from "#domain/registers/information-request/information-request.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import {
  REQUEST_KIND_NAMES,
  findRequest,
  findRequestToChange,
  insertRequestStep,
  updateRequest,
  type RequestRecord,
} from "./repository.ts";

type Tx = Prisma.TransactionClient;

export type RequestChange = Outcome<"done"> | Refused;

/** What a change writes besides the request's own row. */
export interface WrittenChange {
  data: Prisma.InformationRequestUpdateInput;
  step: RequestStep;
  event: EvidenceEventName;
  reason?: string | null;
  before?: Prisma.InputJsonObject;
  facts?: EvidenceEvent["data"];
  notices?: readonly Notice[];
}

interface WantedChange {
  reference: string;
  move: RequestMove;
  /** The revision that the form showed; null for what does not depend on the rest. */
  seen: number | null;
  problems(request: RequestRecord): readonly FieldProblem[];
  /** Null where nothing changes. */
  write(tx: Tx, request: RequestRecord, at: Date): Promise<WrittenChange | null> | WrittenChange | null;
}

/** Changes a request: only who may handle it, in a state that allows it, and on what they saw. */
export async function changeRequest(actor: Actor, wanted: WantedChange): Promise<RequestChange> {
  const { reference, move, seen, problems: problemsOf, write } = wanted;
  const known = await findRequest(getDatabase(), actor.body, reference);
  if (!known || !mayHandleRequest(actor, known)) return { code: "not-found" };
  const problems = problemsOf(known);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<RequestChange>> => {
    const request = await findRequestToChange(tx, actor.body, reference);
    if (!request || !mayHandleRequest(actor, request)) return { result: { code: "not-found" }, evidence: [] };
    const isStale = seen !== null && seen !== request.revision;
    if (isStale || !isMoveOpen({ ...request, kind: REQUEST_KIND_NAMES[request.kind] }, move))
      return { result: { code: "refused", message: TOO_LATE }, evidence: [] };
    const written = await write(tx, request, at);
    if (!written) return { result: { code: "done" }, evidence: [] };
    await updateRequest(tx, request.id, written.data);
    await addRequestStep(tx, request.id, actor, at, written);
    // What people wrote stays in the register: more may read the evidence.
    const event = eventBy(actor, at, written.event, request.reference, { data: written.facts });
    return { result: { code: "done" }, evidence: [event], notices: written.notices ?? [] };
  });
}

export const TOO_LATE =
  "Somebody changed this request since you opened the page. Nothing of yours was saved. Look at what it says now, then send it again.";

/** Adds a step to the history of a request that is locked or new. */
export async function addRequestStep(
  tx: Tx,
  requestId: string,
  { personId }: Actor,
  at: Date,
  { step, reason = null, before }: Pick<WrittenChange, "step" | "reason" | "before">,
): Promise<void> {
  await insertRequestStep(tx, { id: randomUUID(), requestId, at, personId, step, reason, ...(before && { before }) });
}

/** Who may handle a request now: governance officers, or else the senior owner; never who complains. */
export async function listRequestHandlers(
  tx: Tx,
  { body, complainantId }: { body: string; complainantId: string | null },
): Promise<{ id: string; name: string }[]> {
  for (const role of ["governance-officer", "senior-information-risk-owner"] as const) {
    const people = (await listPeopleWithRole(tx, body, role)).filter(({ id }) => id !== complainantId);
    if (people.length > 0) return people;
  }
  return [];
}

/** One notice about a request to one person. */
export function requestNotice(
  { body, reference }: { body: string; reference: string },
  to: string,
  kind: NoticeKind,
  words: { subject: string; paragraphs: readonly string[]; search?: number },
): Notice {
  const { search, ...rest } = words;
  const page = `/requests/${reference}`;
  return { body, to, kind, ...rest, href: search === undefined ? page : `${page}/searches/${search}` };
}

import type { Outcome, Refused } from "#domain/base/form/outcome.ts";
import { eventBy, type EvidenceEvent, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { Notice, NoticeKind } from "#domain/evidence/notice/notice.ts";
import {
  isMoveOpen,
  mayHandleRequest,
  type RequestMove,
  type RequestStep,
} from "#domain/registers/information-request/information-request.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Prisma, type Tx } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import {
  requestKind,
  findRequest,
  findRequestToChange,
  insertRequestStep,
  updateRequest,
  type RequestRecord,
} from "./repository.ts";

export type RequestChange = Outcome<"done"> | Refused;

/** What a change writes besides the request's own row. */
export interface WrittenChange {
  data: Prisma.InformationRequestUpdateInput;
  step: Exclude<RequestStep, "entered">;
  reason?: string | null;
  before?: Prisma.InputJsonObject;
  facts?: EvidenceEvent["data"];
  notices?: readonly Notice[];
  /** Of what else follows from it. */
  evidence?: readonly EvidenceEvent[];
}

interface WantedChange {
  reference: string;
  move: RequestMove;
  /** The revision that the form showed; null for what does not depend on the rest. */
  seen: number | null;
  problems(request: RequestRecord): readonly FieldProblem[] | Promise<readonly FieldProblem[]>;
  /** Null where nothing changes. */
  write(tx: Tx, request: RequestRecord, at: Date): Promise<WrittenChange | null> | WrittenChange | null;
}

/** Changes a request: only who may handle it, in a state that allows it, and on what they saw. */
export async function changeRequest(actor: Actor, wanted: WantedChange): Promise<RequestChange> {
  const { reference, move, seen, problems: problemsOf, write } = wanted;
  const known = await findRequest(getDatabase(), actor.body, reference);
  if (!known || !mayHandleRequest(actor, known)) return { code: "not-found" };
  const problems = await problemsOf(known);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<RequestChange>> => {
    const request = await findRequestToChange(tx, actor.body, reference);
    if (!request || !mayHandleRequest(actor, request)) return { result: { code: "not-found" }, evidence: [] };
    const isStale = seen !== null && seen !== request.revision;
    if (isStale || !isMoveOpen({ ...request, kind: requestKind(request.kind) }, move))
      return { result: { code: "refused", message: TOO_LATE }, evidence: [] };
    const written = await write(tx, request, at);
    if (!written) return { result: { code: "done" }, evidence: [] };
    await updateRequest(tx, request.id, written.data);
    await addRequestStep(tx, request.id, actor, at, written);
    // What people wrote stays in the register: more may read the evidence.
    const event = eventBy(actor, at, eventOf(written.step), request.reference, { data: written.facts });
    return { result: { code: "done" }, evidence: [event, ...(written.evidence ?? [])], notices: written.notices ?? [] };
  });
}

/** A change that a form asks for, in a state that allows it; the form sends the revision that it showed. */
export const changeByForm =
  <Sent>(move: RequestMove, wanted: (sent: Sent, actor: Actor) => Pick<WantedChange, "problems" | "write">) =>
  (actor: Actor, reference: string, sent: Sent & { seen: number }): Promise<RequestChange> =>
    changeRequest(actor, { reference, move, seen: sent.seen, ...wanted(sent, actor) });

function eventOf(step: WrittenChange["step"]): EvidenceEventName {
  if (step === "search-asked") return "search-request.made";
  return step === "search-ended" ? "search-request.ended" : `information-request.${step}`;
}

export const TOO_LATE =
  "Somebody changed this request since you opened the page. Nothing of yours was saved. Look at what it says now, then send it again.";

/** Adds a step to the history of a request that is locked or new. */
export async function addRequestStep(
  tx: Tx,
  requestId: string,
  { personId }: Actor,
  at: Date,
  { step, reason = null, before }: Pick<WrittenChange, "reason" | "before"> & { step: RequestStep },
): Promise<void> {
  await insertRequestStep(tx, { id: randomUUID(), requestId, at, personId, step, reason, ...(before && { before }) });
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

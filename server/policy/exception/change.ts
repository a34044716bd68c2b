import {
  type ApprovalCondition,
  REQUEST_SECTIONS,
  type RequestSnapshot,
  type SectionComments,
} from "#domain/policy/exception/request.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { lastDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import {
  actsFor,
  capacitiesWithPlaces,
  EXCEPTION_DECISIONS,
  turnFor,
  type Turn,
} from "#domain/policy/exception/decider.ts";
import { permit, type ExceptionCommand, type CommandRefusal } from "#domain/policy/exception/state.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import { getConnections } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { noticesOfCommand } from "./effects.ts";
import { asHeld, readDeciderRelations, withPlaces } from "./decider-rules.ts";
import {
  insertExceptionStep,
  lockException,
  moveException,
  replaceConditions,
  type ExceptionFields,
  type ExceptionRecord,
} from "./repository.ts";

/**
 * The result of a command. `not-found` also means that the actor may not know about it. `moved-on`: somebody was
 * faster.
 */
export type ExceptionCommandResult =
  | { ok: true }
  | { ok: false; code: "not-found" | CommandRefusal }
  | { ok: false; code: "moved-on" }
  | { ok: false; code: "refused"; problems: readonly FieldProblem[] };

export interface Commanded {
  tx: Tx;
  request: ExceptionRecord;
  at: Date;
  turn: Turn;
  /** Those to whom a waiting request can be passed on. */
  receivers: readonly string[];
}

export type ExceptionCommandOutcome =
  | "moved-on"
  | "not-found"
  /** It was done before: there is nothing to write. */
  | "nothing"
  | { problems: readonly FieldProblem[] }
  | {
      event: EvidenceEventName;
      data: EvidenceEvent["data"];
      reason?: string;
      detail?: Record<string, unknown>;
      comments?: SectionComments;
      snapshot?: RequestSnapshot;
      /** What changes in the request, besides its state. */
      fields?: ExceptionFields;
      /** Its conditions from now on, if they change. */
      conditions?: readonly ApprovalCondition[];
    };

/** A command and what was said with it, to recognise a repeat. */
export interface Given {
  name: ExceptionCommand;
  reason?: string;
  comments?: SectionComments;
  conditions?: readonly ApprovalCondition[];
  until?: string | null;
  /** Id of the person to whom it is passed on. */
  to?: string;
}

/**
 * Carries out a command while holding the request's lock: checks who may give it and in which state, then writes the
 * change, the resulting state, its step in the history and its evidence, all or nothing. If sent twice in the same
 * words it is recorded once, and both senders are told that it is recorded.
 */
export const command = async (
  actor: Actor,
  reference: string,
  given: Given,
  change: (on: Commanded) => ExceptionCommandOutcome | Promise<ExceptionCommandOutcome>,
): Promise<ExceptionCommandResult> =>
  transact(async (tx) => {
    const nothing = (result: ExceptionCommandResult) => ({ result, evidence: [] });
    const places = await listPlaces(tx, actor.body);
    const request = await lockException(tx, actor.body, reference);
    const at = clock.now(); // read after getting the lock, so that steps are in the order of their times
    if (!request) return nothing({ ok: false, code: "not-found" });
    const capacities = capacitiesWithPlaces(withPlaces(actor, places), asHeld(request));
    const isVisible = capacities.includes("requester") || (capacities.length > 0 && request.state !== "draft");
    if (!isVisible) return nothing({ ok: false, code: "not-found" });
    const { name } = given;
    const deciding = await readDeciderRelations(tx, actor, [request]);
    const turn = deciding.turnOf(request);
    const standing = deciding.standingOf(actor, request);
    const permitted = permit({ ...request, ...turn }, name, standing, at);
    if (!permitted.ok) {
      const isTooLate = ["wrong-state", "has-approved", "passed-on"].includes(permitted.refusal);
      if (isTooLate && isRepeat(actor, request, given)) return nothing({ ok: true });
      return nothing({ ok: false, code: permitted.refusal });
    }
    const decision = EXCEPTION_DECISIONS.find((one) => one === name);
    const forId = decision ? actsFor(standing, turnFor(decision, turn, standing.free)) : null;
    const receivers = deciding.receiversOf(request).map(({ personId }) => personId);
    const done = await change({ tx, request, at, turn, receivers });
    if (done === "nothing") return nothing({ ok: true });
    if (done === "moved-on" || done === "not-found") return nothing({ ok: false, code: done });
    if ("problems" in done) return nothing({ ok: false, code: "refused", problems: done.problems });
    const { event, data, reason, detail, comments, snapshot, fields, conditions } = done;
    await moveException(tx, request.id, at, permitted.next, fields);
    if (conditions) await replaceConditions(tx, request.id, conditions);
    const step = { at, personId: actor.personId, forId, command: name, reason, comments, snapshot };
    await addExceptionStep(tx, request, step);
    const written = { ...(reason && { reason }), ...detail, ...(comments && { comments }), ...snapshot };
    const inPlace = forId === null ? data : { ...data, for: forId };
    const notices = await noticesOfCommand(tx, actor, request, { command: name, next: permitted.next, at });
    return { result: { ok: true }, evidence: [eventOf(actor, request, event, at, inPlace, written)], notices };
  });

/**
 * Whether the same form was sent twice: the last step is this command by this person in these words, so it is already
 * recorded.
 */
function isRepeat(actor: Actor, request: ExceptionRecord, { name, reason, comments, conditions, until, to }: Given) {
  const last = request.steps.at(-1);
  return (
    last?.command === name &&
    last.by.personId === actor.personId &&
    last.reason === (reason ?? null) &&
    REQUEST_SECTIONS.every((section) => (last.comments[section] ?? "") === (comments?.[section] ?? "")) &&
    (conditions ?? []).every((one, at) => {
      const written = request.conditions[at];
      return one.text === written?.text && one.dueOn === written.dueOn;
    }) &&
    (conditions === undefined || conditions.length === request.conditions.length) &&
    (to === undefined || to === request.passedToId) &&
    (!until || (request.endsAt !== null && until === lastDay(request.endsAt)))
  );
}

/** Appends to a request's history. @param request as it was before the step */
export const addExceptionStep = (
  tx: Tx,
  request: ExceptionRecord,
  step: Omit<Parameters<typeof insertExceptionStep>[1], "id" | "exceptionId" | "position">,
): Promise<void> =>
  insertExceptionStep(tx, { ...step, id: randomUUID(), exceptionId: request.id, position: request.steps.length + 1 });

/** An event about a request, on the version it was requested for. @param detail what people wrote */
export function eventOf(
  actor: Pick<Actor, "personId">,
  { body, reference, policy, version, hash }: ExceptionRecord,
  event: EvidenceEventName,
  at: Date,
  data: EvidenceEvent["data"],
  detail: Record<string, unknown> | undefined,
): EvidenceEvent {
  const on = { policy, version, hash };
  return { body, event, at, actor: actor.personId, subject: reference, on, data, detail };
}

/** Whether a hold keeps a draft: one on whose it is, on its group, or on what it says. */
export async function isDraftHeld(tx: Tx, draft: ExceptionRecord): Promise<boolean> {
  const { body, requesterId: personId, groupId, justification, whyNoChannel, dataInvolved, risks } = draft;
  const ofRisks = risks.flatMap(({ description, mitigations }) => [
    description,
    ...mitigations.map(({ text }) => text),
  ]);
  const texts = [justification, whyNoChannel, dataInvolved, ...ofRisks];
  return getConnections().isDeletionHeld(tx, { body, personId }, { groupId, texts });
}

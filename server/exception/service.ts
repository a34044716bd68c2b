import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/actor.ts";
import { capacitiesOf, type Capacity } from "#domain/access/capacity.ts";
import { calendarDay } from "#domain/calendar/calendar.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/event.ts";
import {
  LONGEST_LINE,
  LONGEST_TEXT,
  periodOf,
  periodProblems,
  problemsIn,
  SECTIONS,
  type RequestSnapshot,
  type SectionComments,
} from "#domain/exception/request.ts";
import { permit, stateAt, type ExceptionCommand, type Refusal } from "#domain/exception/state.ts";
import { textProblems, type FieldProblem } from "#domain/form/field-problem.ts";
import { lengthOf } from "#domain/form/form-values.ts";
import { clock } from "#server/clock.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { transact } from "#server/evidence/transact.ts";
import { ownVersion } from "./draft-service.ts";
import { completeMitigation, insertStep, lockException, updateException, type ExceptionRecord } from "./repository.ts";

/** What became of a command. `not-found` also stands for: not yours to know of. `moved-on`: somebody was faster. */
export type CommandResult =
  | { ok: true }
  | { ok: false; code: "not-found" | Refusal }
  | { ok: false; code: "moved-on" }
  | { ok: false; code: "refused"; problems: readonly FieldProblem[] };

const MOST_CONDITIONS = 10;

/**
 * Sends a draft, or a request that was sent back, to its deciders. Sent twice, the second time changes nothing.
 * @returns problems by section where it is not complete, or the policy has a new version since
 */
export async function submitException(actor: Actor, reference: string): Promise<CommandResult> {
  return command(actor, reference, "submit", async ({ tx, request, at }) => {
    const version = await ownVersion(actor, request.policy);
    const today = calendarDay(at);
    const problems = SECTIONS.flatMap((section) => problemsIn(section, request, today));
    if (version?.hash !== request.hash)
      problems.unshift({
        field: "clauses",
        message: "The policy has changed since you chose the clauses. Look at them again and save that part.",
      });
    if (problems.length > 0) return { problems };
    const isAgain = request.submittedAt !== null;
    await updateException(tx, request.id, at, { state: "submitted", submittedAt: at });
    return {
      event: "exception.submitted",
      data: {
        again: isAgain,
        clauses: request.clauses.join(" "),
        scope: request.scope,
        from: request.wantedFrom,
        until: request.wantedUntil,
        residual: request.residual,
        risks: request.risks.length,
      },
      snapshot: snapshotOf(request),
    };
  });
}

export interface Approval {
  reason: string;
  conditions: readonly string[];
  /** Last day, YYYY-MM-DD; null where what was typed is no day: the form's problem then says so. */
  until: string | null;
}

/**
 * Approves, for those it was asked for, from the wanted first day or now, to the end of the day given.
 * @param revision of the request that the decider had on the page
 */
export async function approveException(
  actor: Actor,
  reference: string,
  revision: number,
  { reason, conditions, until }: Approval,
): Promise<CommandResult> {
  return command(actor, reference, "approve", async ({ tx, request, at }) => {
    if (request.revision !== revision) return "moved-on";
    const today = calendarDay(at);
    const from = request.wantedFrom !== null && request.wantedFrom > today ? request.wantedFrom : null;
    const problems = [
      ...textProblems("reason", reason, "Say why you approve it.", LONGEST_TEXT),
      ...conditionProblems(conditions),
      ...periodProblems(from, until, today).map(({ message }) => ({ field: "until", message })),
    ];
    if (until !== null && request.wantedUntil !== null && until > request.wantedUntil)
      problems.push({ field: "until", message: "The last day must not be later than the one that was asked for." });
    if (problems.length > 0 || until === null) return { problems };
    const period = periodOf(from, until, at);
    const given = { ...period, conditions: [...conditions], decidedAt: at, decidedById: actor.personId };
    await updateException(tx, request.id, at, { state: "approved", ...given });
    const data = {
      startsAt: period.startsAt.toISOString(),
      endsAt: period.endsAt.toISOString(),
      conditions: conditions.length,
      residual: request.residual,
    };
    return { event: "exception.approved", data, reason, detail: { conditions } };
  });
}

/** Declines, with a reason. */
export async function declineException(
  actor: Actor,
  reference: string,
  revision: number,
  reason: string,
): Promise<CommandResult> {
  return command(actor, reference, "decline", async ({ tx, request, at }) => {
    if (request.revision !== revision) return "moved-on";
    const problems = textProblems("reason", reason, "Say why you decline it.", LONGEST_TEXT);
    if (problems.length > 0) return { problems };
    const decided = { decidedAt: at, decidedById: actor.personId };
    await updateException(tx, request.id, at, { state: "declined", ...decided });
    return { event: "exception.declined", data: { residual: request.residual }, reason };
  });
}

/** Sends a request back to be changed: a reason, and what to change in each section. */
export async function requestChanges(
  actor: Actor,
  reference: string,
  revision: number,
  reason: string,
  comments: SectionComments,
): Promise<CommandResult> {
  return command(actor, reference, "request-changes", async ({ tx, request, at }) => {
    if (request.revision !== revision) return "moved-on";
    const problems = [
      ...textProblems("reason", reason, "Say what has to change, and why.", LONGEST_TEXT),
      ...SECTIONS.flatMap((section) => textProblems(`comment-${section}`, comments[section] ?? "", null, LONGEST_TEXT)),
    ];
    if (problems.length > 0) return { problems };
    await updateException(tx, request.id, at, { state: "changes-requested" });
    const sections = SECTIONS.filter((section) => comments[section]).join(" ");
    return { event: "exception.changes-requested", data: { sections }, reason, comments };
  });
}

/** Takes a request, or an approved exception, back; with a reason. From that moment it covers nothing. */
export async function withdrawException(actor: Actor, reference: string, reason: string): Promise<CommandResult> {
  return command(actor, reference, "withdraw", async ({ tx, request, at }) => {
    const problems = textProblems("reason", reason, "Say why you withdraw it.", LONGEST_TEXT);
    if (problems.length > 0) return { problems };
    await updateException(tx, request.id, at, { state: "withdrawn" });
    return { event: "exception.withdrawn", data: { from: stateAt(request, at) }, reason };
  });
}

/** Ends an approved exception before its time; with a reason. From that moment it covers nothing. */
export async function revokeException(actor: Actor, reference: string, reason: string): Promise<CommandResult> {
  return command(actor, reference, "revoke", async ({ tx, request, at }) => {
    const problems = textProblems("reason", reason, "Say why you revoke it.", LONGEST_TEXT);
    if (problems.length > 0) return { problems };
    await updateException(tx, request.id, at, { state: "revoked" });
    return { event: "exception.revoked", data: {}, reason };
  });
}

/**
 * Marks a mitigation of an approved exception as done, by one of those who own it.
 * @param mitigation its id; once done it stays done, and a second time changes nothing
 */
export async function completeExceptionMitigation(
  actor: Actor,
  reference: string,
  mitigation: string,
): Promise<CommandResult> {
  return transact(async (tx) => {
    const at = clock.now();
    const done = (result: CommandResult, evidence: EvidenceEvent[] = []) => ({ result, evidence });
    const request = await lockException(tx, actor.body, reference);
    const found = request?.risks.flatMap(({ mitigations }) => mitigations).find(({ id }) => id === mitigation);
    if (!request || !found || !ownsMitigation(actor, request, found.owner))
      return done({ ok: false, code: "not-found" });
    if (stateAt(request, at) !== "approved") return done({ ok: false, code: "wrong-state" });
    if (!(await completeMitigation(tx, mitigation, actor.personId, at))) return done({ ok: true });
    await addStep(tx, request, { at, personId: actor.personId, command: "complete-mitigation", reason: found.text });
    const event = eventOf(actor, request, "exception.mitigation-completed", at, { mitigation }, undefined);
    return done({ ok: true }, [event]);
  });
}

/** Whether a mitigation is the actor's to see to. */
export function ownsMitigation(
  actor: Actor,
  request: Pick<ExceptionRecord, "body" | "requesterId" | "requester">,
  owner: string,
): boolean {
  if (actor.body !== request.body) return false;
  if (owner === "requester") return actor.personId === request.requesterId;
  if (owner === "line-manager") return actor.personId === request.requester.managerId;
  return actor.roles.some((role) => role === owner);
}

interface Commanded {
  tx: Prisma.TransactionClient;
  request: ExceptionRecord;
  at: Date;
  capacities: readonly Capacity[];
}

type Done =
  | "moved-on"
  | { problems: readonly FieldProblem[] }
  | {
      event: EvidenceEventName;
      data: EvidenceEvent["data"];
      reason?: string;
      detail?: Record<string, unknown>;
      comments?: SectionComments;
      snapshot?: RequestSnapshot;
    };

/** Under the request's lock: who may, in which state, then the change, its step in the history and its evidence. */
async function command(
  actor: Actor,
  reference: string,
  name: ExceptionCommand,
  change: (on: Commanded) => Promise<Done>,
): Promise<CommandResult> {
  return transact(async (tx) => {
    const at = clock.now();
    const nothing = (result: CommandResult) => ({ result, evidence: [] });
    const request = await lockException(tx, actor.body, reference);
    if (!request) return nothing({ ok: false, code: "not-found" });
    const capacities = capacitiesOf(actor, { ...request, managerId: request.requester.managerId });
    const isVisible = capacities.includes("requester") || (capacities.length > 0 && request.state !== "draft");
    if (!isVisible) return nothing({ ok: false, code: "not-found" });
    const permitted = permit(request, name, capacities, at);
    if (!permitted.ok) {
      if (permitted.refusal === "wrong-state" && isRepeat(actor, request, name)) return nothing({ ok: true });
      return nothing({ ok: false, code: permitted.refusal });
    }
    const done = await change({ tx, request, at, capacities });
    if (done === "moved-on") return nothing({ ok: false, code: "moved-on" });
    if ("problems" in done) return nothing({ ok: false, code: "refused", problems: done.problems });
    const { event, data, reason, detail, comments, snapshot } = done;
    await addStep(tx, request, { at, personId: actor.personId, command: name, reason, comments, snapshot });
    const written = { ...(reason && { reason }), ...detail, ...(comments && { comments }), ...snapshot };
    return { result: { ok: true }, evidence: [eventOf(actor, request, event, at, data, written)] };
  });
}

/** The same button pressed twice: the last step is this command by this person, so it is recorded already. */
function isRepeat(actor: Actor, request: ExceptionRecord, name: ExceptionCommand): boolean {
  const last = request.steps.at(-1);
  return last?.command === name && last.by.personId === actor.personId;
}

function addStep(
  tx: Prisma.TransactionClient,
  request: ExceptionRecord,
  step: Omit<Parameters<typeof insertStep>[1], "id" | "exceptionId" | "position">,
): Promise<void> {
  return insertStep(tx, { ...step, id: randomUUID(), exceptionId: request.id, position: request.steps.length + 1 });
}

function eventOf(
  actor: Actor,
  { body, reference, policy, version, hash }: ExceptionRecord,
  event: EvidenceEventName,
  at: Date,
  data: EvidenceEvent["data"],
  detail: Record<string, unknown> | undefined,
): EvidenceEvent {
  const on = { policy, version, hash };
  return { body, event, at, actor: actor.personId, subject: reference, on, data, detail };
}

function snapshotOf(request: ExceptionRecord): RequestSnapshot {
  const { policy, version, hash, clauses, situation, risks } = request;
  const { justification, whyNoChannel, dataInvolved, scope, teamId, wantedFrom, wantedUntil } = request;
  return {
    ...{ schema: 1, policy, version, hash },
    content: {
      ...{ justification, whyNoChannel, dataInvolved, scope, teamId, wantedFrom, wantedUntil },
      clauses: [...clauses],
      situation: { ...situation },
      risks: risks.map(({ id: _, mitigations, ...risk }) => ({
        ...risk,
        mitigations: mitigations.map(({ text, owner, dueOn }) => ({ text, owner, dueOn })),
      })),
    },
  };
}

function conditionProblems(conditions: readonly string[]): FieldProblem[] {
  if (conditions.length > MOST_CONDITIONS)
    return [{ field: "conditions", message: `Give ${MOST_CONDITIONS} conditions at most, one on each line.` }];
  const tooLongOne = conditions.findIndex((condition) => lengthOf(condition) > LONGEST_LINE);
  if (tooLongOne < 0) return [];
  return [{ field: "conditions", message: `Shorten condition ${tooLongOne + 1} to ${LONGEST_LINE} characters.` }];
}

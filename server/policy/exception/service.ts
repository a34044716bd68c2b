import "server-only";
import { type ApprovalCondition, conditionInWords, conditionProblems } from "#domain/policy/exception/condition.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { ownsMitigation } from "#domain/policy/exception/mitigation.ts";
import { isLastStep } from "#domain/policy/exception/decider.ts";
import type { ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import {
  extensionProblem,
  LONGEST_REQUEST_TEXT,
  periodOf,
  periodProblems,
  problemsIn,
  REQUEST_SECTIONS,
  whyNotLifted,
  type RequestSnapshot,
  type SectionComments,
} from "#domain/policy/exception/request.ts";
import { nextState, periodEndedAt, stateAt } from "#domain/policy/exception/state.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { addExceptionStep, command, eventOf, type ExceptionCommandResult } from "./change.ts";
import { writeCovered } from "./decider-repository.ts";
import { readExceptionRules } from "./decider-rules.ts";
import { completeMitigation, lockException, type ExceptionRecord } from "./repository.ts";
import { ownVersion, readRequestLimits, whomProblems } from "./request-limit-rules.ts";

export type { ExceptionCommandResult } from "./change.ts";

/**
 * Sends a draft, or a request that was sent back, to its deciders. Sending it again changes nothing.
 * @returns problems by section if it is not complete, or the policy has had a new version since
 */
export async function submitException(actor: Actor, reference: string): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "submit" }, async ({ tx, request, at }) => {
    const version = await ownVersion(actor, request.policy);
    const limits = await readRequestLimits(tx, actor, request);
    const problems = REQUEST_SECTIONS.flatMap((section) => problemsIn(section, request, limits));
    problems.push(...(await whomProblems(tx, actor, request)));
    const tooOften = extensionProblem(request.extension, limits.rules);
    if (tooOften !== null) problems.unshift({ field: "", message: tooOften });
    if (version?.hash !== request.hash)
      problems.unshift({
        field: "clauses",
        message: "The policy has changed since you chose the clauses. Look at them again and save that part.",
      });
    if (problems.length > 0) return { problems };
    const isAgain = request.submittedAt !== null;
    const managerWhenSentId = isAgain ? request.managerWhenSentId : request.requester.managerId;
    await writeCovered(tx, request);
    return {
      event: "exception.submitted",
      data: {
        again: isAgain,
        extends: request.extends?.reference ?? null,
        extension: request.extension,
        clauses: request.clauses.join(" "),
        scope: request.scope,
        from: request.wantedFrom,
        until: request.wantedUntil,
        residual: request.residual,
        risks: request.risks.length,
      },
      snapshot: snapshotOf(request),
      fields: { submittedAt: at, managerWhenSentId, endsAt: null, passedToId: null },
      conditions: [],
    };
  });
}

export interface Approval {
  reason: string;
  conditions: readonly ApprovalCondition[];
  /** Last day, YYYY-MM-DD; null if what was typed is not a day: the form's problem then says so. */
  until: string | null;
}

/**
 * Approves a request, for the people it was made for, from the requested first day or now, to the end of the day given.
 * Where the policy asks for more than one approval, all but the last leave the request waiting for the next decider,
 * with the conditions and the last day that were given.
 * @param revision of the request that the decider had on the page
 */
export async function approveException(
  actor: Actor,
  reference: string,
  revision: number,
  { reason, conditions, until }: Approval,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "approve", reason, conditions, until }, async ({ request, at, turn }) => {
    if (request.revision !== revision) return "moved-on";
    const today = calendarDay(at);
    const rules = (await readExceptionRules())(request);
    const now = (await ownVersion(actor, request.policy))?.exceptionRules ?? rules;
    const from = request.wantedFrom !== null && request.wantedFrom > today ? request.wantedFrom : null;
    const problems = [
      ...textProblems("reason", reason, "Say why you approve it.", LONGEST_REQUEST_TEXT),
      ...conditionProblems(conditions, { today, until }),
      ...droppedProblems(request, conditions, today),
      ...untilProblems(request, from, until, { today, rules }),
      ...request.clauses.flatMap((id) => {
        const why = whyNotLifted(id, rules) ?? whyNotLifted(id, now);
        return why === null ? [] : [{ field: "", message: `${why} Decline the request, or ask for changes.` }];
      }),
    ];
    if (problems.length > 0 || until === null) return { problems };
    const period = periodOf(from, until, at);
    const detail = { conditions: conditions.map(conditionInWords) };
    if (!isLastStep(turn)) {
      const data = { endsAt: period.endsAt.toISOString(), conditions: conditions.length, residual: request.residual };
      const fields = { endsAt: period.endsAt, passedToId: null };
      return { event: "exception.approved-in-part", data, reason, detail, fields, conditions };
    }
    const fields = { ...period, decidedAt: at, decidedById: actor.personId, passedToId: null };
    const data = {
      startsAt: period.startsAt.toISOString(),
      endsAt: period.endsAt.toISOString(),
      conditions: conditions.length,
      residual: request.residual,
    };
    return { event: "exception.approved", data, reason, detail, fields, conditions };
  });
}

/** Declines, with a reason. */
export async function declineException(
  actor: Actor,
  reference: string,
  revision: number,
  reason: string,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "decline", reason }, ({ request, at }) => {
    if (request.revision !== revision) return "moved-on";
    const problems = textProblems("reason", reason, "Say why you decline it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    const fields = { decidedAt: at, decidedById: actor.personId, passedToId: null };
    return { event: "exception.declined", data: { residual: request.residual }, reason, fields };
  });
}

/** Sends a request back for changes: a reason, and what to change in each section. */
export async function requestChanges(
  actor: Actor,
  reference: string,
  revision: number,
  reason: string,
  comments: SectionComments,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "request-changes", reason, comments }, ({ request }) => {
    if (request.revision !== revision) return "moved-on";
    const problems = [
      ...textProblems("reason", reason, "Say what has to change, and why.", LONGEST_REQUEST_TEXT),
      ...REQUEST_SECTIONS.flatMap((section) =>
        textProblems(`comment-${section}`, comments[section] ?? "", null, LONGEST_REQUEST_TEXT),
      ),
    ];
    if (problems.length > 0) return { problems };
    const sections = REQUEST_SECTIONS.filter((section) => comments[section]).join(" ");
    return { event: "exception.changes-requested", data: { sections }, reason, comments, fields: { passedToId: null } };
  });
}

/** Withdraws a request or an approved exception, with a reason. From that moment it covers nothing. */
export async function withdrawException(
  actor: Actor,
  reference: string,
  reason: string,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "withdraw", reason }, ({ request, at }) => {
    const problems = textProblems("reason", reason, "Say why you withdraw it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    const from = stateAt(request, at);
    // What was approved ends now; until then it was in force.
    return {
      event: "exception.withdrawn",
      data: { from },
      reason,
      fields: from === "approved" ? periodEndedAt(request, at) : {},
    };
  });
}

/** Ends an approved exception early, with a reason. From that moment it covers nothing. */
export async function revokeException(
  actor: Actor,
  reference: string,
  reason: string,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "revoke", reason }, ({ request, at }) => {
    const problems = textProblems("reason", reason, "Say why you revoke it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    return { event: "exception.revoked", data: {}, reason, fields: periodEndedAt(request, at) };
  });
}

/**
 * Marks a mitigation of an approved exception as done, by one of its owners.
 * @param mitigation its id; once done it stays done, and repeating it changes nothing
 */
export async function completeExceptionMitigation(
  actor: Actor,
  reference: string,
  mitigation: string,
): Promise<ExceptionCommandResult> {
  return transact(async (tx) => {
    const done = (result: ExceptionCommandResult, evidence: EvidenceEvent[] = []) => ({ result, evidence });
    const request = await lockException(tx, actor.body, reference);
    const at = clock.now();
    const found = request?.risks.flatMap(({ mitigations }) => mitigations).find(({ id }) => id === mitigation);
    if (
      !request ||
      !found ||
      !ownsMitigation(actor, { ...request, managerId: request.requester.managerId }, found.owner)
    )
      return done({ ok: false, code: "not-found" });
    if (nextState(request, "complete-mitigation", at) === undefined) return done({ ok: false, code: "wrong-state" });
    if (!(await completeMitigation(tx, mitigation, actor.personId, at))) return done({ ok: true });
    await addExceptionStep(tx, request, {
      at,
      personId: actor.personId,
      command: "complete-mitigation",
      reason: found.text,
    });
    const event = eventOf(actor, request, "exception.mitigation-completed", at, { mitigation }, undefined);
    return done({ ok: true }, [event]);
  });
}

function snapshotOf(request: ExceptionRecord): RequestSnapshot {
  const { policy, version, hash, clauses, situation, risks } = request;
  const { justification, whyNoChannel, dataInvolved, scope, teamId, groupId, wantedFrom, wantedUntil } = request;
  return {
    schema: 1,
    policy,
    version,
    hash,
    content: {
      justification,
      whyNoChannel,
      dataInvolved,
      scope,
      teamId,
      groupId,
      wantedFrom,
      wantedUntil,
      clauses: [...clauses],
      situation: { ...situation },
      risks: risks.map(({ id: _, mitigations, ...risk }) => ({
        ...risk,
        mitigations: mitigations.map(({ text, owner, dueOn }) => ({ text, owner, dueOn })),
      })),
    },
  };
}

/**
 * Whoever approves after somebody else keeps their conditions, since that approval rests on them; a day can be an earlier
 * one, or another where it has passed meanwhile.
 */
function droppedProblems(
  { conditions: before }: Pick<ExceptionRecord, "conditions">,
  conditions: readonly ApprovalCondition[],
  today: string,
): FieldProblem[] {
  const keeps = ({ text, dueOn }: ApprovalCondition) =>
    conditions.some((one) => {
      if (one.text !== text || dueOn === null || one.dueOn === null) return one.text === text && one.dueOn === dueOn;
      return one.dueOn <= dueOn || dueOn < today;
    });
  return before
    .filter((one) => !keeps(one))
    .map((one) => ({
      field: "conditions",
      message: `Keep the condition of the approval before yours, word for word: ${conditionInWords(one)}`,
    }));
}

/**
 * What is wrong with the last day that a decider gives: it cannot be after the requested one, nor before a mitigation is
 * due, which would then be nobody's task.
 */
function untilProblems(
  { wantedUntil: wanted, endsAt, risks }: Pick<ExceptionRecord, "wantedUntil" | "endsAt" | "risks">,
  from: string | null,
  until: string | null,
  limits: { today: string; rules: Pick<ExceptionRules, "longest"> },
): FieldProblem[] {
  const field = "until";
  if (wanted !== null && wanted < limits.today)
    return [
      { field, message: "The last day that was asked for has passed. Ask for changes, so that a later one is given." },
    ];
  const problems = periodProblems(from, until, limits).map(({ message }) => ({ field, message }));
  if (problems.length > 0 || until === null) return problems;
  if (wanted !== null && until > wanted)
    return [
      {
        field,
        message: `The last day must be ${dateInWords(wanted)} or earlier: that is the day that was asked for.`,
      },
    ];
  if (endsAt && until > lastDay(endsAt)) {
    const message = `The last day must be ${dateInWords(lastDay(endsAt))} or earlier: it was approved until then.`;
    return [{ field, message }];
  }
  const due = risks.flatMap(({ mitigations }) => mitigations.flatMap(({ dueOn }) => dueOn ?? [])).sort();
  const last = due.at(-1);
  if (last === undefined || last <= until) return [];
  const message = `The last day must be ${dateInWords(last)} or later, when a mitigation is due. Or ask for changes.`;
  return [{ field, message }];
}

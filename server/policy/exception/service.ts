import {
  type ApprovalCondition,
  conditionInWords,
  conditionProblems,
  isMissed,
  extensionProblem,
  LONGEST_REQUEST_TEXT,
  periodOf,
  periodProblems,
  problemsIn,
  REQUEST_SECTIONS,
  snapshotSchema,
  whyNotLifted,
  type SectionComments,
  dueProblems,
} from "#domain/policy/exception/request.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { ownsMitigation, looksAfter, mayTakeOver } from "#domain/policy/exception/mitigation.ts";
import { isLastStep } from "#domain/policy/exception/decider.ts";
import type { ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { nextState, periodEndedAt, stateAt } from "#domain/policy/exception/state.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import { endBegun } from "#server/access/form-input/begun-effects.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { addExceptionStep, command, eventOf, type ExceptionCommandResult } from "./change.ts";
import { writeCovered } from "./decider-repository.ts";
import { readExceptionRules, asHeld, readNoteRights } from "./decider-rules.ts";
import * as repository from "./repository.ts";
import { ownVersion, readRequestLimits, whomProblems } from "./request-limit-rules.ts";
import { randomUUID } from "node:crypto";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { debtReasonProblems } from "#domain/policy/exception/policy-debt.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { getClauseDebt } from "./debt-queries.ts";
import { hasConsidered, insertConsideration } from "./debt-repository.ts";

export type { ExceptionCommandResult } from "./change.ts";

/**
 * Sends a draft, or a request that was sent back, to its deciders. Sending it again changes nothing.
 * @returns problems by section if it is not complete, or the policy has had a new version since
 */
export const submitException = async (actor: Actor, reference: string): Promise<ExceptionCommandResult> =>
  command(actor, reference, { name: "submit" }, async ({ tx, request, at }) => {
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
        ...(await endBegun(tx, actor.personId, `/exceptions/${request.reference}`, at)),
      },
      snapshot: snapshotSchema.parse({ ...request, schema: 1, content: request }),
      fields: { submittedAt: at, managerWhenSentId, endsAt: null, passedToId: null },
      conditions: [],
    };
  });

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
export const approveException = async (
  actor: Actor,
  reference: string,
  revision: number,
  { reason, conditions, until }: Approval,
): Promise<ExceptionCommandResult> =>
  command(actor, reference, { name: "approve", reason, conditions, until }, async ({ request, at, turn }) => {
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
      ...(request.coversNobody ? [{ field: "", message: forNobody(request) }] : []),
      ...request.clauses.flatMap((id) => {
        const why = whyNotLifted(id, rules) ?? whyNotLifted(id, now);
        return why === null ? [] : [{ field: "", message: `${why} Decline the request, or ask for changes.` }];
      }),
    ];
    if (problems.length > 0 || until === null) return { problems };
    const period = periodOf(from, until, at);
    const detail = { conditions: conditions.map(conditionInWords) };
    const figures = { conditions: conditions.length, residual: request.residual };
    const data = { endsAt: period.endsAt.toISOString(), ...figures };
    const written = { reason, detail, conditions };
    if (!isLastStep(turn)) {
      const fields = { endsAt: period.endsAt, passedToId: null };
      return { event: "exception.approved-in-part", data, fields, ...written };
    }
    const fields = { ...period, decidedAt: at, decidedById: actor.personId, passedToId: null };
    const startsAt = period.startsAt.toISOString();
    return { event: "exception.approved", data: { startsAt, ...data }, fields, ...written };
  });

const forNobody = ({ scope }: Pick<repository.ExceptionRecord, "scope">): string =>
  `The ${scope === "team" ? "team" : "chat group"} that it is for no longer exists. Decline the request, or ask for changes.`;

/** Declines, with a reason. */
export const declineException = async (actor: Actor, reference: string, revision: number, reason: string) =>
  command(actor, reference, { name: "decline", reason }, ({ request, at }) => {
    if (request.revision !== revision) return "moved-on";
    const problems = textProblems("reason", reason, "Say why you decline it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    const fields = { decidedAt: at, decidedById: actor.personId, passedToId: null };
    return { event: "exception.declined", data: { residual: request.residual }, reason, fields };
  });

/** Sends a request back for changes: a reason, and what to change in each section. */
export const requestChanges = async (
  actor: Actor,
  reference: string,
  revision: number,
  reason: string,
  comments: SectionComments,
): Promise<ExceptionCommandResult> =>
  command(actor, reference, { name: "request-changes", reason, comments }, ({ request }) => {
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

/** Withdraws a request or an approved exception, with a reason. From that moment it covers nothing. */
export const withdrawException = async (actor: Actor, reference: string, reason: string) =>
  command(actor, reference, { name: "withdraw", reason }, ({ request, at }) => {
    const problems = textProblems("reason", reason, "Say why you withdraw it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    const from = stateAt(request, at);
    // What was approved ends now; until then it was in force.
    const fields = from === "approved" ? periodEndedAt(request, at) : {};
    return { event: "exception.withdrawn", data: { from }, reason, fields };
  });

/** Ends an approved exception early, with a reason. From that moment it covers nothing. */
export const revokeException = async (actor: Actor, reference: string, reason: string) =>
  command(actor, reference, { name: "revoke", reason }, ({ request, at }) => {
    const problems = textProblems("reason", reason, "Say why you revoke it.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { problems };
    return { event: "exception.revoked", data: {}, reason, fields: periodEndedAt(request, at) };
  });

/**
 * Marks a mitigation of an approved exception as done, by one of its owners.
 * @param mitigation its id; once done it stays done, and repeating it changes nothing
 */
export const completeExceptionMitigation = async (actor: Actor, reference: string, mitigation: string) =>
  transact(async (tx) => {
    const done = (result: ExceptionCommandResult, evidence: EvidenceEvent[] = []) => ({ result, evidence });
    const request = await repository.lockException(tx, actor.body, reference);
    const at = clock.now();
    const found = request?.risks.flatMap(({ mitigations }) => mitigations).find(({ id }) => id === mitigation);
    const isTheirs =
      request && found && ownsMitigation(actor, { ...request, managerId: request.requester.managerId }, found.owner);
    if (!isTheirs) return done({ ok: false, code: "not-found" });
    if (nextState(request, "complete-mitigation", at) === undefined) return done({ ok: false, code: "wrong-state" });
    if (!(await repository.completeMitigation(tx, mitigation, actor.personId, at))) return done({ ok: true });
    const step = { at, personId: actor.personId, command: "complete-mitigation", reason: found.text } as const;
    await addExceptionStep(tx, request, step);
    const event = eventOf(actor, request, "exception.mitigation-completed", at, { mitigation }, undefined);
    return done({ ok: true }, [event]);
  });

/**
 * Whoever approves after somebody else keeps their conditions, since that approval rests on them; a day can be an earlier
 * one, or another where it has passed meanwhile.
 */
function droppedProblems(
  { conditions: before }: Pick<repository.ExceptionRecord, "conditions">,
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
  { wantedUntil: wanted, endsAt, risks }: Pick<repository.ExceptionRecord, "wantedUntil" | "endsAt" | "risks">,
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

/**
 * Marks a condition of an approved exception as met, by whoever looks after it.
 * @param condition its id; once met it stays met, and repeating it changes nothing
 */
export const meetExceptionCondition = async (actor: Actor, reference: string, condition: string) =>
  command(actor, reference, { name: "meet-condition" }, async ({ tx, request, at }) => {
    const found = request.conditions.find(({ id }) => id === condition);
    if (!found || found.dueOn === null || !looksAfter(actor, asHeld(request))) return "not-found";
    if (!(await repository.meetCondition(tx, condition, actor.personId, at))) return "nothing";
    return { event: "exception.condition-met", data: { condition, dueOn: found.dueOn }, reason: found.text };
  });

/**
 * Gives more time for a condition that was not met in time, instead of revoking the exception.
 * @param until the new day, YYYY-MM-DD; null if what was typed is not a day: the form's problem then says so
 */
export const giveMoreTime = async (
  actor: Actor,
  reference: string,
  { condition, until, reason }: { condition: string; until: string | null; reason: string },
): Promise<ExceptionCommandResult> =>
  command(actor, reference, { name: "give-more-time", reason }, async ({ tx, request, at }) => {
    const today = calendarDay(at);
    const found = request.conditions.find(({ id }) => id === condition);
    const last = request.endsAt && lastDay(request.endsAt);
    if (until !== null && found?.dueOn === until) return "nothing"; // the same form, sent twice
    const problems = [
      ...(found && isMissed(found, today)
        ? []
        : [{ field: "condition", message: "Choose a condition that was not met in time." }]),
      ...(until === null
        ? [{ field: "until", message: "Give the new day." }]
        : dueProblems("until", until, today, last)),
      ...textProblems("reason", reason, "Say why you give more time.", LONGEST_REQUEST_TEXT),
    ];
    if (problems.length > 0 || until === null) return { problems };
    await repository.moveCondition(tx, condition, until);
    const words = `${reason}\n\n${conditionInWords({ text: found?.text ?? "", dueOn: until })}`;
    return { event: "exception.condition-postponed", data: { condition, dueOn: until }, reason: words };
  });

/**
 * Passes a waiting request on to somebody who may decide on it, with a reason. While they may, it is their turn alone.
 * @param revision of the request that was on the page
 * @param to id of the person
 */
export const passOnException = async (actor: Actor, reference: string, revision: number, to: string, reason: string) =>
  command(actor, reference, { name: "pass-on", reason, to }, ({ request, receivers }) => {
    if (request.revision !== revision) return "moved-on";
    const isOne = to !== actor.personId && receivers.includes(to);
    const problems = [
      ...(isOne ? [] : [{ field: "to", message: "Choose who decides on it." }]),
      ...textProblems("reason", reason, "Say why you pass it on.", LONGEST_REQUEST_TEXT),
    ];
    if (problems.length > 0) return { problems };
    return { event: "exception.passed-on", data: { to }, reason, fields: { passedToId: to } };
  });

/** Takes over an approved exception whose holder has left: from then on it is the actor's. */
export const takeOverException = async (actor: Actor, reference: string): Promise<ExceptionCommandResult> =>
  transact(async (tx): Promise<Change<ExceptionCommandResult>> => {
    const request = await repository.lockException(tx, actor.body, reference);
    const at = clock.now();
    const last = request?.steps.at(-1);
    if (last?.command === "take-over" && last.by.personId === actor.personId)
      return { result: { ok: true }, evidence: [] };
    if (!request || stateAt(request, at) !== "approved" || !mayTakeOver(actor, asHeld(request)))
      return { result: { ok: false, code: "not-found" }, evidence: [] };
    await repository.updateException(tx, request.id, at, {
      requesterId: actor.personId,
      askedById: request.askedById ?? request.requesterId,
    });
    await addExceptionStep(tx, request, { at, personId: actor.personId, command: "take-over" });
    const event = eventOf(actor, request, "exception.taken-over", at, { from: request.requesterId }, undefined);
    return { result: { ok: true }, evidence: [event] };
  });

/** Writes a note on a request, for those who decide. The same one sent twice is written once. */
export const addExceptionNote = async (actor: Actor, reference: string, text: string) =>
  transact(async (tx): Promise<Change<ExceptionCommandResult>> => {
    const places = await listPlaces(tx, actor.body);
    const request = await repository.lockException(tx, actor.body, reference);
    if (!request || !(await readNoteRights(tx, actor, request, places)).mayWrite)
      return { result: { ok: false, code: "not-found" }, evidence: [] };
    const problems = textProblems("note", text, "Write the note.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { result: { ok: false, code: "refused", problems }, evidence: [] };
    const last = (await repository.listExceptionNotes(tx, request.id)).at(-1);
    if (last?.text === text && last.by.personId === actor.personId) return { result: { ok: true }, evidence: [] };
    const at = clock.now();
    await repository.insertNote(tx, { id: randomUUID(), exceptionId: request.id, at, personId: actor.personId, text });
    const event = eventOf(actor, request, "exception.noted", at, {}, { note: text });
    return { result: { ok: true }, evidence: [event] };
  });

export type ConsiderDebtResult =
  | { code: "considered" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** There is no policy debt at the clause, or somebody has looked at it meanwhile. */
  | { code: "refused"; message: string }
  | { code: "not-found" };

/**
 * Records that a policy owner looked at a clause from which there are many exceptions, and keeps the policy as it is.
 * It holds until there are more than now. @param sent `startKey` is made by the page, so that sending its form twice
 * records it once
 */
export async function considerDebt(
  actor: Actor,
  sent: { slug: string; clause: string; startKey: string; reason: string },
): Promise<ConsiderDebtResult> {
  const { slug, clause, startKey, reason } = sent;
  if ((await getClauseDebt(actor, slug, clause)) === null) return { code: "not-found" };
  const problems = debtReasonProblems(reason);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  return untilUnique("DebtConsideration", () =>
    transact(async (tx): Promise<Change<ConsiderDebtResult>> => {
      if (await hasConsidered(tx, personId, startKey)) return { result: { code: "considered" }, evidence: [] };
      const view = await getClauseDebt(actor, slug, clause, tx);
      if (!view?.debt) return { result: { code: "refused", message: NO_DEBT }, evidence: [] };
      const { version, approvals, extension } = view;
      const figures = { approvals, extension };
      const on = { policy: slug, version: version.version, hash: version.hash };
      const row = { id: randomUUID(), body, policy: slug, clause, ...figures, reason, at, personId, startKey };
      await insertConsideration(tx, row);
      const event = "policy.debt-considered" as const;
      const evidence = { body, event, at, actor: personId, subject: clause, on, data: figures, detail: { reason } };
      return { result: { code: "considered" }, evidence: [evidence] };
    }),
  );
}

const NO_DEBT = "Nobody has to look at this clause now: the policy has changed, or somebody else has looked at it.";

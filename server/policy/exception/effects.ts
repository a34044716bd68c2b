import type { Actor } from "#domain/access/permission/permission.ts";
import { lastDay } from "#domain/base/calendar/calendar.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { holderOf } from "#domain/policy/exception/mitigation.ts";
import { noticesOfStep, type ToldStep } from "#domain/policy/exception/notice.ts";
import type { ExceptionCommand, NextExceptionState } from "#domain/policy/exception/state.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";
import { listDeciders, listTeamMembers } from "./decider-repository.ts";
import { readDeciderRelations, turnSince } from "./decider-rules.ts";
import { findException, type ExceptionRecord } from "./repository.ts";
import { readDueDays } from "./request-limit-rules.ts";

/**
 * The notices of a step that was just written: to the requester, to those whose turn it is or who decided, and to those
 * whom it covers; never to whoever took it.
 * @param before the request as it was
 */
export async function noticesOfCommand(
  tx: Tx,
  actor: Actor,
  before: ExceptionRecord,
  { command, next, at }: { command: ExceptionCommand; next: NextExceptionState; at: Date },
): Promise<Notice[]> {
  const after = await findException(tx, before.body, before.reference);
  if (!after) return []; // a draft was discarded
  const step = await stepOf(before, after, { command, next, at });
  if (!step) return [];
  const recipients = await concernedBy(tx, actor, before, after, step);
  return noticesOfStep(after, step, recipients).filter(({ to }) => to !== actor.personId);
}

async function stepOf(
  before: ExceptionRecord,
  after: ExceptionRecord,
  { command, next, at }: { command: ExceptionCommand; next: NextExceptionState; at: Date },
): Promise<ToldStep | null> {
  const { residual } = after;
  const dueOn = async (since: Date) => (await readDueDays(after.body))(after, since);
  switch (command) {
    case "submit":
      return { kind: "sent", isAgain: before.submittedAt !== null, residual, dueOn: await dueOn(at) };
    case "approve":
      if (next !== "approved") return { kind: "approved-in-part", residual, dueOn: await dueOn(at) };
      return { kind: "approved", until: after.endsAt ? lastDay(after.endsAt) : "" };
    case "request-changes":
      return { kind: "changes-requested" };
    case "decline":
      return { kind: "declined" };
    case "withdraw":
      return { kind: "withdrawn", wasApproved: before.state === "approved" };
    case "revoke":
      return { kind: "revoked" };
    case "give-more-time":
      return { kind: "more-time", until: movedTo(before, after) };
    case "pass-on":
      return { kind: "passed-on", residual, dueOn: await dueOn(turnSince(after)) };
    default:
      return null;
  }
}

async function concernedBy(tx: Tx, actor: Actor, before: ExceptionRecord, after: ExceptionRecord, { kind }: ToldStep) {
  const requester = [holderOf({ ...before, managerId: before.requester.managerId }) ?? after.requesterId];
  switch (kind) {
    case "passed-on":
      return { deciders: after.passedToId === null ? [] : [after.passedToId] };
    case "sent":
    case "approved-in-part":
      return { deciders: (await readDeciderRelations(tx, actor, [after])).decidersOf(after) };
    case "more-time":
      return { requester };
    case "withdrawn":
      if (before.state !== "approved")
        return { deciders: (await readDeciderRelations(tx, actor, [before])).decidersOf(before) };
      return { deciders: decidedBy(after), covered: await coveredBy(tx, after) };
    default:
      return { requester, covered: await coveredBy(tx, after) };
  }
}

const movedTo = (before: ExceptionRecord, after: ExceptionRecord): string =>
  after.conditions.find((one, at) => one.dueOn !== before.conditions[at]?.dueOn)?.dueOn ?? "";

/** Those of the notices of one kind about one request whose recipients have not been told since a moment. */
export async function notToldSince(tx: Tx, notices: readonly Notice[], since: Date): Promise<Notice[]> {
  const [first] = notices;
  const notified = first ? await listNotifiedSince(tx, first, since) : [];
  return notices.filter(({ to }) => !notified.includes(to));
}

/** Who approved or declined it. */
export const decidedBy = ({ decidedBy: decider }: Pick<ExceptionRecord, "decidedBy">): string[] =>
  decider ? [decider.personId] : [];

/**
 * Who is told that an approved exception ends: whoever holds it, and whoever approved it; the governance officers in
 * place of those who have left.
 * @param today YYYY-MM-DD, in London
 */
export async function toldOfEnd(tx: Tx, request: ExceptionRecord, today: string) {
  const approvers = decidedBy(request);
  const there = await listDeciders(tx, request.body, approvers, today);
  const officers = there.flatMap(({ personId, roles }) => (roles.includes("governance-officer") ? [personId] : []));
  const holder = holderOf({ ...request, managerId: request.requester.managerId });
  const hasDeciderLeft = !there.some(({ personId }) => approvers.includes(personId));
  return {
    requester: holder === null ? officers : [holder],
    deciders: hasDeciderLeft ? officers : approvers,
    hasDeciderLeft,
  };
}

/** Ids of the others whom it covers. */
export async function coveredBy(tx: Tx, { scope, teamId, groupMemberIds }: ExceptionRecord): Promise<string[]> {
  if (scope === "group") return groupMemberIds;
  return scope === "team" && teamId !== null ? listTeamMembers(tx, teamId) : [];
}

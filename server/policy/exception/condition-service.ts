import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { textProblems } from "#domain/base/form/field-problem.ts";
import { conditionInWords, isMissed } from "#domain/policy/exception/condition.ts";
import { looksAfter } from "#domain/policy/exception/mitigation.ts";
import { dueProblems, LONGEST_REQUEST_TEXT } from "#domain/policy/exception/request.ts";
import { asHeld } from "./decider-rules.ts";
import { command, type ExceptionCommandResult } from "./change.ts";
import { meetCondition, moveCondition } from "./repository.ts";

/**
 * Marks a condition of an approved exception as met, by whoever looks after it.
 * @param condition its id; once met it stays met, and repeating it changes nothing
 */
export async function meetExceptionCondition(
  actor: Actor,
  reference: string,
  condition: string,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "meet-condition" }, async ({ tx, request, at }) => {
    const found = request.conditions.find(({ id }) => id === condition);
    if (!found || found.dueOn === null || !looksAfter(actor, asHeld(request))) return "not-found";
    if (!(await meetCondition(tx, condition, actor.personId, at))) return "nothing";
    return { event: "exception.condition-met", data: { condition, dueOn: found.dueOn }, reason: found.text };
  });
}

/**
 * Gives more time for a condition that was not met in time, instead of revoking the exception.
 * @param until the new day, YYYY-MM-DD; null if what was typed is not a day: the form's problem then says so
 */
export async function giveMoreTime(
  actor: Actor,
  reference: string,
  { condition, until, reason }: { condition: string; until: string | null; reason: string },
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "give-more-time", reason }, async ({ tx, request, at }) => {
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
    await moveCondition(tx, condition, until);
    const words = `${reason}\n\n${conditionInWords({ text: found?.text ?? "", dueOn: until })}`;
    return { event: "exception.condition-postponed", data: { condition, dueOn: until }, reason: words };
  });
}

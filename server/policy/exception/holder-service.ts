import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { mayTakeOver } from "#domain/policy/exception/mitigation.ts";
import { stateAt } from "#domain/policy/exception/state.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { addExceptionStep, eventOf, type ExceptionCommandResult } from "./change.ts";
import { asHeld } from "./decider-rules.ts";
import { lockException, updateException } from "./repository.ts";

/** Takes over an approved exception whose holder has left: from then on it is the actor's. */
export async function takeOverException(actor: Actor, reference: string): Promise<ExceptionCommandResult> {
  return transact(async (tx): Promise<Change<ExceptionCommandResult>> => {
    const request = await lockException(tx, actor.body, reference);
    const at = clock.now();
    const last = request?.steps.at(-1);
    if (last?.command === "take-over" && last.by.personId === actor.personId)
      return { result: { ok: true }, evidence: [] };
    if (!request || stateAt(request, at) !== "approved" || !mayTakeOver(actor, asHeld(request)))
      return { result: { ok: false, code: "not-found" }, evidence: [] };
    await updateException(tx, request.id, at, {
      requesterId: actor.personId,
      askedById: request.askedById ?? request.requesterId,
    });
    await addExceptionStep(tx, request, { at, personId: actor.personId, command: "take-over" });
    const event = eventOf(actor, request, "exception.taken-over", at, { from: request.requesterId }, undefined);
    return { result: { ok: true }, evidence: [event] };
  });
}

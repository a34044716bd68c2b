import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_REQUEST_TEXT } from "#domain/policy/exception/request.ts";
import { textProblems } from "#domain/base/form/field-problem.ts";
import { command, type ExceptionCommandResult } from "./change.ts";

/**
 * Passes a waiting request on to somebody who may decide on it, with a reason. While they may, it is their turn alone.
 * @param revision of the request that was on the page
 * @param to id of the person
 */
export async function passOnException(
  actor: Actor,
  reference: string,
  revision: number,
  to: string,
  reason: string,
): Promise<ExceptionCommandResult> {
  return command(actor, reference, { name: "pass-on", reason, to }, ({ request, receivers }) => {
    if (request.revision !== revision) return "moved-on";
    const isOne = to !== actor.personId && receivers.includes(to);
    const problems = [
      ...(isOne ? [] : [{ field: "to", message: "Choose who decides on it." }]),
      ...textProblems("reason", reason, "Say why you pass it on.", LONGEST_REQUEST_TEXT),
    ];
    if (problems.length > 0) return { problems };
    return { event: "exception.passed-on", data: { to }, reason, fields: { passedToId: to } };
  });
}

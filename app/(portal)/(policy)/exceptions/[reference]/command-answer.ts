import { BAR_WORDS, decidersInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { refused } from "#app/_portal/form/form.tsx";
import type { FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getException } from "#server/policy/exception/queries.ts";
import type { ExceptionCommandResult } from "#server/policy/exception/service.ts";
import { exceptionPath } from "./command-path.ts";
import { lastStepInWords } from "./step-words.ts";

/** What the page of a request confirms after a command: /exceptions/EX-…?done=approved. */
export type ConfirmedCommand =
  | "approved"
  | "approved-in-part"
  | "declined"
  | "changes-requested"
  | "passed-on"
  | "withdrawn"
  | "revoked"
  | "mitigation"
  | "condition"
  | "more-time"
  | "noted"
  | "taken-over";

/**
 * Where a form leads after its command: to the request, or back with what is wrong; null for what the actor may not
 * know about. Somebody who was too late is told who did what and when.
 */
export async function answerCommand(
  actor: Actor,
  reference: string,
  result: ExceptionCommandResult,
  done: ConfirmedCommand,
  anchor = "",
): Promise<FormResult> {
  if (result.ok) {
    const isInPart = done === "approved" && (await getException(actor, reference))?.state === "submitted";
    return { to: `${exceptionPath(reference)}?done=${isInPart ? "approved-in-part" : done}${anchor}` };
  }
  switch (result.code) {
    case "not-found":
      return null;
    case "refused":
      return { problems: result.problems };
    case "needs-higher":
      return refused(`You cannot decide on this. ${await whoDecidesOn(actor, reference)}`);
    case "covered":
    case "self-made":
    case "has-approved":
      return refused(BAR_WORDS[result.code]);
    case "not-yours":
      return refused("You cannot decide on this.");
    case "passed-on":
      return refused("It was passed on to somebody else, who decides on it now.");
    case "moved-on":
      return refused("The request was changed since you opened this page. Read it again before you decide.");
    case "wrong-state": {
      const view = await getException(actor, reference);
      const last = view && lastStepInWords(view.exception);
      const expired = view?.state === "expired" ? "It has expired." : last;
      return refused(`This was not recorded. ${expired ?? "The state of the request has changed."}`);
    }
  }
}

async function whoDecidesOn(actor: Actor, reference: string): Promise<string> {
  const view = await getException(actor, reference);
  const who = view && decidersInWords(view);
  return who ? `It goes to ${who}.` : "";
}

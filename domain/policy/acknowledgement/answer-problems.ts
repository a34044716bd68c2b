/** What is wrong with an answer to a policy, or with a reply to a decline, as submitted. */
import { DECLINE_GROUNDS } from "./acknowledgement.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import type { DeclineTheme } from "./decline-theme.ts";

/** Longest reason for a decline, and longest reply to one, in characters. */
export const LONGEST_DECLINE_REASON = 2000;

/** What has to be corrected in an answer before it can be recorded. */
export function acknowledgementProblems({ answer, reason }: { answer: string; reason: string }): FieldProblem[] {
  if (answer === "accepted" && reason !== "")
    return [
      {
        field: "reason",
        message: "You chose to accept. Remove the reason, or choose that you do not understand or cannot agree.",
      },
    ];
  if (answer === "accepted") return [];
  if (answer === "declined" || DECLINE_GROUNDS.some((ground) => ground === answer))
    return textProblems(
      "reason",
      reason,
      "Say what you do not understand, or why you cannot agree.",
      LONGEST_DECLINE_REASON,
    );
  return [
    { field: "answer", message: "Choose whether you accept it." },
    ...textProblems("reason", reason, null, LONGEST_DECLINE_REASON),
  ];
}

/** What has to be corrected in a reply to a decline. */
export function replyProblems({ reply, theme }: { reply: string; theme: DeclineTheme | null }): FieldProblem[] {
  return [
    ...(theme === null ? [{ field: "theme", message: "Choose what the decline is about." }] : []),
    ...textProblems("reply", reply, "Write your answer.", LONGEST_DECLINE_REASON),
  ];
}

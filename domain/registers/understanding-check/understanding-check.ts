/** Records of checks, held outside the portal, that people understand and follow a policy (S2.30). */
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import type { TypedDate } from "#domain/base/form/typed-date.ts";

export const CHECK_KINDS = ["interview", "survey", "other"] as const;
export type UnderstandingCheckKind = (typeof CHECK_KINDS)[number];

/** The name of each kind. */
export const CHECK_KIND_WORDS = {
  interview: "Interviews",
  survey: "Survey",
  other: "Another check",
} as const satisfies Record<UnderstandingCheckKind, string>;

export const LONGEST_CHECK_LINE = 200;
export const LONGEST_CHECK_TEXT = 4000;

/** The fields of the form for a check. */
export interface CheckDraft {
  /** Slug of the policy that was checked. */
  policy: string;
  kind: string | null;
  heldBy: string;
  heldOn: TypedDate;
  takenBy: string;
  result: string;
  actions: string;
}

/** What has to be corrected. @param policies slugs that may be chosen; @param today calendar day, YYYY-MM-DD */
export function checkProblems(draft: CheckDraft, policies: readonly string[], today: string): FieldProblem[] {
  const { heldOn } = draft;
  return [
    ...(policies.includes(draft.policy) ? [] : [{ field: "policy", message: "Choose the policy that was checked." }]),
    ...(kindOf(draft.kind) ? [] : [{ field: "kind", message: "Choose what kind of check it was." }]),
    ...textProblems("heldBy", draft.heldBy, "Say who held it.", LONGEST_CHECK_LINE),
    ...(heldOn.kind === "wrong" ? [{ field: "heldOn", message: heldOn.message }] : []),
    ...(heldOn.kind === "empty" ? [{ field: "heldOn", message: "Enter the day." }] : []),
    ...(heldOn.kind === "day" && heldOn.day > today
      ? [{ field: "heldOn", message: "The day must be today or earlier." }]
      : []),
    ...textProblems("takenBy", draft.takenBy, "Say who or how many took part.", LONGEST_CHECK_LINE),
    ...textProblems("result", draft.result, "Say what the result was.", LONGEST_CHECK_TEXT),
    ...textProblems("actions", draft.actions, null, LONGEST_CHECK_TEXT),
  ];
}

/** The kind of a typed name; undefined if it is unknown. */
export function kindOf(typed: string | null): UnderstandingCheckKind | undefined {
  return CHECK_KINDS.find((kind) => kind === typed);
}

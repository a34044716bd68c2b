/** Records of checks, held outside the portal, that people understand and follow a policy (S2.30). */
import { oneOf } from "#domain/base/list/page.ts";
import {
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";

/** The name of each kind. */
export const CHECK_KIND_WORDS = { interview: "Interviews", survey: "Survey", other: "Another check" } as const;

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
    ...problemIf(!policies.includes(draft.policy), "policy", "Choose the policy that was checked."),
    ...problemIf(!kindOf(draft.kind), "kind", "Choose what kind of check it was."),
    ...textProblems("heldBy", draft.heldBy, "Say who held it.", LONGEST_CHECK_LINE),
    ...dayProblems("heldOn", heldOn, "Enter the day."),
    ...problemIf(heldOn.kind === "day" && heldOn.day > today, "heldOn", "The day must be today or earlier."),
    ...textProblems("takenBy", draft.takenBy, "Say who or how many took part.", LONGEST_CHECK_LINE),
    ...textProblems("result", draft.result, "Say what the result was.", LONGEST_CHECK_TEXT),
    ...textProblems("actions", draft.actions, null, LONGEST_CHECK_TEXT),
  ];
}

/** The kind of a typed name; undefined if it is unknown. */
export const kindOf = (typed: string | null) => oneOf(CHECK_KIND_WORDS, typed ?? undefined);

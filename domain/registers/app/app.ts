/** The register of apps: what a body decided about each, and on what it rests (docs/glossary.md, "App"). */
import {
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";

/** What was decided on an app. */
export const APP_STATES = { approved: "Approved", refused: "Not approved", ended: "No longer approved" };
export type AppState = keyof typeof APP_STATES;

/** Longest texts, in characters. */
const LONGEST_LINE = 200;
export const LONGEST_APP_TEXT = 1000;
const MOST_SETTINGS = 20;

/** What the form for a decision sent. */
export interface AppDraft {
  name: string;
  state: AppState | null;
  purpose: string;
  whoMay: string;
  dpiaReference: string;
  dpiaOn: TypedDate;
  /** Name or work e-mail address. */
  riskOwner: string;
  /** One each. */
  settings: readonly string[];
  reviewOn: TypedDate;
  reason: string;
}

/** An app's part of an address; "" if its name has no letter or digit, or is taken by another page. */
export function appSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return slug === "new" || slug === "register" ? "" : slug;
}

/**
 * What has to be corrected in a decision. An app is approved on an assessment: one that nobody assessed is not.
 * @param days YYYY-MM-DD: today, and the last day that may be chosen for the review
 */
export function appProblems(draft: AppDraft, days: { today: string; last: string }): FieldProblem[] {
  const { name, state, purpose, whoMay, dpiaReference, dpiaOn, settings, reviewOn, reason } = draft;
  const isApproved = state === "approved";
  return [
    ...textProblems("name", name, "Name the app.", LONGEST_LINE),
    ...problemIf(name !== "" && appSlug(name) === "", "name", "Write the name as the app shows it."),
    ...problemIf(state === null, "state", "Choose what you decide."),
    ...textProblems("purpose", purpose, "Say what it may be used for, or what it was asked for.", LONGEST_APP_TEXT),
    ...textProblems("whoMay", whoMay, "Say who may use it.", LONGEST_APP_TEXT),
    ...textProblems(
      "dpiaReference",
      dpiaReference,
      isApproved ? "Name the impact assessment. Without one an app cannot be approved." : null,
      LONGEST_LINE,
    ),
    ...dayProblems("dpiaOn", dpiaOn, isApproved ? "Enter the day of the impact assessment." : null),
    ...(dpiaOn.kind === "day" && dpiaOn.day > days.today
      ? [{ field: "dpiaOn", message: "The day of the assessment must be today or earlier." }]
      : []),
    ...problemIf(settings.length > MOST_SETTINGS, "settings", `Name at most ${MOST_SETTINGS}.`),
    ...settings.flatMap((one) => textProblems("settings", one, null, LONGEST_LINE)).slice(0, 1),
    ...dayProblems("reviewOn", reviewOn, "Say when it is decided again."),
    ...(reviewOn.kind === "day" && (reviewOn.day <= days.today || reviewOn.day > days.last)
      ? [{ field: "reviewOn", message: "Decide again within two years, from tomorrow on." }]
      : []),
    ...textProblems("reason", reason, "Say why you decide this.", LONGEST_APP_TEXT),
  ];
}

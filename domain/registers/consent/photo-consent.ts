/**
 * Consents to pictures of people, and the answer they give in the wizard (S3.54, S3.55; content/questions.yaml, fact
 * `people`).
 */
import { type Actor, may } from "#domain/access/permission/permission.ts";
import {
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";

export const LONGEST_CONSENT_LINE = 200;
export const LONGEST_CONSENT_REASON = 2000;

/** The fields of the form for a consent. */
export interface ConsentDraft {
  name: string;
  /** "adult" or "child", as chosen. */
  age: string | null;
  guardian: string;
  givenOn: TypedDate;
  until: TypedDate;
  purpose: string;
  formReference: string;
}

/** What has to be corrected in a draft. @param today calendar day, YYYY-MM-DD */
export function consentProblems(draft: ConsentDraft, today: string): FieldProblem[] {
  const { age, givenOn, until } = draft;
  return [
    ...textProblems("name", draft.name, "Say who is in the picture.", LONGEST_CONSENT_LINE),
    ...problemIf(!(age === "adult" || age === "child"), "age", "Choose whether it is a child."),
    ...(age === "child"
      ? textProblems("guardian", draft.guardian, "Say who agreed on the child’s behalf.", LONGEST_CONSENT_LINE)
      : []),
    ...dayProblems("givenOn", givenOn, "Enter the day on the form."),
    ...(givenOn.kind === "day" && givenOn.day > today
      ? [{ field: "givenOn", message: "The day on the form must be today or earlier." }]
      : []),
    ...textProblems("purpose", draft.purpose, "Say what the picture may be used for.", LONGEST_CONSENT_REASON),
    ...dayProblems("until", until, "Enter the last day of the consent."),
    ...(until.kind === "day" && givenOn.kind === "day" && until.day < givenOn.day
      ? [{ field: "until", message: "The last day must not be before the day on the form." }]
      : []),
    ...textProblems("formReference", draft.formReference, "Say where the form is found.", LONGEST_CONSENT_LINE),
  ];
}

/** The draft in the form to be stored. @throws if the draft has problems */
export function consentOf({ age, givenOn, until, guardian, name, purpose, formReference }: ConsentDraft) {
  if (givenOn.kind !== "day" || until.kind !== "day") throw new Error("A consent without days was not refused.");
  const forChild = age === "child" ? guardian : null;
  return { name, guardian: forChild, givenOn: givenOn.day, until: until.day, purpose, formReference };
}

/** The state of a consent. @param today calendar day, YYYY-MM-DD */
export function consentState(
  { until, withdrawnAt }: { until: string; withdrawnAt: Date | null },
  today: string,
): "valid" | "ended" | "withdrawn" {
  if (withdrawnAt !== null) return "withdrawn";
  return until < today ? "ended" : "valid";
}

/** Whether somebody may see and withdraw a consent: whoever recorded it, and the governance officers of its body. */
export const maySeeConsent = (
  actor: Pick<Actor, "personId" | "roles" | "body">,
  { body, personId }: { body: string; personId: string },
): boolean => may(actor, "photo-consent.read", { body, ownerId: personId });

import { DISAPPEARING, readRetention, type GroupEntry } from "#domain/registers/group/group.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { readDate } from "#domain/base/form/typed-date.ts";

/** The values of the fields of `AboutFields`. */
export function readAbout(form: FormValues): Pick<GroupEntry, "name" | "purpose" | "app" | "hasLogo"> {
  const logo = form.text("logo");
  return {
    name: form.text("name"),
    purpose: form.text("purpose"),
    app: form.text("app"),
    hasLogo: logo === "yes" ? true : logo === "no" ? false : null,
  };
}

type Messages = Pick<GroupEntry, "clearEveryDays" | "keepYears" | "disappearDays" | "reviewOn">;

/** The values of the fields of `MessageFields`, or what is wrong with them. */
export function readMessages(form: FormValues): { messages: Messages } | { problems: FieldProblem[] } {
  const retention = readRetention(form.text("retention"), form.text("retentionCount"));
  const disappear = form.text("disappear");
  const review = readDate(form, "reviewOn", "the review");
  const problems: FieldProblem[] = [
    ...("problem" in retention ? [retention.problem] : []),
    ...(Object.hasOwn(DISAPPEARING, disappear)
      ? []
      : [{ field: "disappear", message: "Say whether messages disappear by themselves." }]),
    ...(review.kind === "empty" ? [{ field: "reviewOn", message: "Say when the group will next be reviewed." }] : []),
    ...(review.kind === "wrong" ? [{ field: "reviewOn", message: review.message }] : []),
  ];
  if (problems.length > 0 || "problem" in retention || review.kind !== "day") return { problems };
  return { messages: { ...retention, disappearDays: Number(disappear) || null, reviewOn: review.day } };
}

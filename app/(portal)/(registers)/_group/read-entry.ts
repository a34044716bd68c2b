import { DISAPPEARING, readRetention, type GroupEntry, type GroupSettings } from "#domain/registers/group/group.ts";
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

/** The values of the fields of `SharingFields`; none for a group of one body. */
export function readSharing(form: FormValues): Pick<GroupEntry, "responsible" | "agreement"> {
  return { responsible: form.text("responsible") || null, agreement: form.text("agreement") || null };
}

/** The values of the fields of `GroupSettingsFields`. */
export function readGroupSettings(form: FormValues): GroupSettings {
  const canExport = form.text("canExport");
  return {
    disappearDays: Number(form.text("disappear")) || null,
    timerBy: form.text("timerBy") || null,
    canExport: canExport === "yes" ? true : canExport === "no" ? false : null,
    assistant: form.text("assistant") || null,
  };
}

type Messages = Pick<GroupEntry, "clearEveryDays" | "keepYears" | "reviewOn"> & GroupSettings;

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
  return { messages: { ...retention, ...readGroupSettings(form), reviewOn: review.day } };
}

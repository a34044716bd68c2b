import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import type { TypedDetails } from "#server/people/directory/detail-service.ts";

const DAYS = { startsOn: "the first day", leavesOn: "the leaving date", awayUntil: "the last day away" } as const;

/** What `DetailsFields` sent, or what is wrong with its days. */
export function readDetails(form: FormValues): { typed: TypedDetails } | { problems: FieldProblem[] } {
  const day = (name: keyof typeof DAYS) => readDate(form, name, DAYS[name]);
  const days = { startsOn: day("startsOn"), leavesOn: day("leavesOn"), awayUntil: day("awayUntil") };
  const problems = Object.entries(days).flatMap(([field, one]) =>
    one.kind === "wrong" ? [{ field, message: one.message }] : [],
  );
  if (problems.length > 0) return { problems };
  const iso = (name: keyof typeof DAYS) => (days[name].kind === "day" ? days[name].day : "");
  const [name, email, employer] = [form.text("name"), form.text("email"), form.text("employer")];
  const [team, manager, kind] = [form.text("team"), form.text("manager"), form.text("kind")];
  const read = { startsOn: iso("startsOn"), leavesOn: iso("leavesOn"), awayUntil: iso("awayUntil") };
  return { typed: { name, email, employer, team, manager, kind, ...read } };
}

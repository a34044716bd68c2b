import type { ReactNode } from "react";
import { date, openChoice, select, text, type FieldDetails, type ValuesOf } from "#app/_portal/form/field.tsx";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { TypedDate } from "#domain/base/form/typed-date.ts";
import type { TypedDetails } from "#server/people/directory/detail-service.ts";

/** What the directory says about somebody, as fields. */
export const DETAILS = {
  name: text("Name", { width: "half", autoComplete: "off" }),
  email: text("Work e-mail address", { type: "email", autoComplete: "off" }),
  employer: select("Employer"),
  team: text("Team", {
    hint: "The name of the team. A new name makes a new team. Leave it empty for no team.",
    width: "half",
  }),
  manager: text("Line manager's e-mail address", {
    hint: "They get the role of a line manager. Leave it empty for the manager of the team.",
    type: "email",
    autoComplete: "off",
  }),
  kind: openChoice("Kind"),
  startsOn: date(
    "First day",
    "the first day",
    "They can't sign in before it. Leave it empty if they work here already.",
  ),
  leavesOn: date("Leaving date", "the leaving date", "Their last day. They are signed out when it is over."),
  awayUntil: date("Away until", "the last day away", "The last day of leave or sickness."),
};

type DetailsFieldsProps = {
  field: (name: keyof typeof DETAILS, details?: FieldDetails) => ReactNode;
  employers: readonly string[];
};

/** The same in a form, which asks for the employer only if there are several. */
export function DetailsFields({ field, employers }: DetailsFieldsProps) {
  return (
    <>
      {field("name")}
      {field("email")}
      {employers.length > 1 &&
        field("employer", { options: Object.fromEntries(employers.map((employer) => [employer, employer])) })}
      {field("team")}
      {field("manager")}
      {field("kind", { options: PERSON_KIND_NAMES })}
      {field("startsOn")}
      {field("leavesOn")}
      {field("awayUntil")}
    </>
  );
}

/** The values of the fields, or what is wrong with their days. @param employer if they do not say which */
export function readDetails(
  { startsOn, leavesOn, awayUntil, ...texts }: ValuesOf<typeof DETAILS>,
  employer: string,
): TypedDetails | { problems: FieldProblem[] } {
  const problems = Object.entries({ startsOn, leavesOn, awayUntil }).flatMap(([field, day]) =>
    day.kind === "wrong" ? [{ field, message: day.message }] : [],
  );
  if (problems.length > 0) return { problems };
  const iso = (day: TypedDate) => (day.kind === "day" ? day.day : "");
  const days = { startsOn: iso(startsOn), leavesOn: iso(leavesOn), awayUntil: iso(awayUntil) };
  return { ...texts, employer: texts.employer || employer, ...days };
}

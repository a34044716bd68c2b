import { boxes, date, type FieldDetails, openChoice, select, text, type ValuesOf } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { can, type Role, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dayOf, type FieldProblem, problemsOfDays } from "#domain/base/form/form-values.ts";
import { addByHand, type TypedDetails } from "#server/people/directory/detail-service.ts";
import { listEmployers } from "#server/people/directory/queries.ts";

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
  field: (name: keyof typeof DETAILS, details?: FieldDetails) => React.ReactNode;
  employers: readonly string[];
};

/** The same in a form, which asks for the employer only if there are several. */
export const DetailsFields = ({ field, employers }: DetailsFieldsProps) => (
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

/** The values of the fields, or what is wrong with their days. @param employer if they do not say which */
export function readDetails(
  { startsOn, leavesOn, awayUntil, ...texts }: ValuesOf<typeof DETAILS>,
  employer: string,
): TypedDetails | { problems: FieldProblem[] } {
  const problems = problemsOfDays({ startsOn, leavesOn, awayUntil });
  if (problems.length > 0) return { problems };
  const days = { startsOn: dayOf(startsOn) ?? "", leavesOn: dayOf(leavesOn) ?? "", awayUntil: dayOf(awayUntil) ?? "" };
  return { ...texts, employer: texts.employer || employer, ...days };
}

const option = (role: Role, hint: string) => ({ label: ROLE_NAMES[role], hint });

/** The roles that somebody can have besides employee. */
export const roleBoxes = boxes(
  "Roles",
  {
    "line-manager": option("line-manager", "Decides on exceptions of their people, and sees who has acknowledged."),
    "governance-officer": option(
      "governance-officer",
      "Decides on exceptions and groups, handles accidents, places holds, reads the evidence.",
    ),
    "policy-owner": option("policy-owner", "Answers questions about policies, and keeps an eye on their reviews."),
    auditor: option("auditor", "Reads registers and evidence, and changes nothing."),
    "senior-information-risk-owner": option(
      "senior-information-risk-owner",
      "Decides where the remaining risk is high.",
    ),
    administrator: option("administrator", "Keeps this directory, tokens for programs, timed work and mail."),
  } satisfies Record<Exclude<Role, "employee">, unknown>,
  "Everybody is an employee. Choose what else they are.",
);

/** Who gets the roles that somebody who goes is the last to have. */
export const successor = text("Who takes over?", {
  hint: "Name or work e-mail address. Only needed if nobody else has their role and something is open for it.",
  width: "half",
});

const page = definePage({
  path: "/admin/people/new",
  read: ({ actor }) => (can(actor, "person.manage", actor) ? listEmployers(actor) : null),
  heading: "Add a person",
  back: { href: "/admin/people", label: "People" },
  intro: (
    <p>Anyone who is not in the next list that you import counts as having left. Have them added to that list, too.</p>
  ),
});

export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { ...DETAILS, roles: roleBoxes },
  stored: ({ view: employers }) => ({ employer: employers[0], kind: "employee" }),
  body: ({ field, view: employers }) => (
    <>
      <DetailsFields field={field} employers={employers} />
      {field("roles")}
    </>
  ),
  button: "Add this person",
  async submit({ actor, values: { roles, ...typed } }) {
    if (!can(actor, "person.manage", actor)) return null;
    const details = readDetails(typed, (await listEmployers(actor))[0] ?? "");
    return "problems" in details ? details : addByHand(actor, details, roles);
  },
  done: ({ personId }) => `/admin/people/${personId}?done=added`,
});

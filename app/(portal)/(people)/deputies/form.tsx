import { choice, current, date, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { type Actor, ownRoles, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dayOf, problemsOfDays } from "#domain/base/form/form-values.ts";
import { deputisedRolesOf } from "#domain/people/deputy/deputy.ts";
import { getDeputies } from "#server/people/deputy/queries.ts";
import { endDeputy, nameDeputy } from "#server/people/deputy/service.ts";

/** Who decides in place of the reader, and in whose place the reader decides. */
export const page = definePage({
  path: "/deputies",
  read: ({ actor }) => getDeputies(actor),
  heading: "Deputies",
  gap: "section",
  intro: (
    <p>
      Somebody who stands in for you has your tasks in this role for a time, and decides in your place. You can still do
      everything yourself. We record who did it.
    </p>
  ),
});

export type ShownDeputies = Parameters<typeof nameForm.show>[0];

const ROLES = {
  "line-manager": ROLE_NAMES["line-manager"],
  "policy-owner": ROLE_NAMES["policy-owner"],
  "governance-officer": ROLE_NAMES["governance-officer"],
  "senior-information-risk-owner": ROLE_NAMES["senior-information-risk-owner"],
  administrator: ROLE_NAMES.administrator,
};

/** Somebody names a deputy in the roles that they hold; an administrator in any, for whoever holds it. */
function rolesToName(actor: Actor, isForOthers: boolean) {
  const own = deputisedRolesOf(ownRoles(actor));
  return Object.fromEntries(Object.entries(ROLES).filter(([role]) => isForOthers || own.some((one) => one === role)));
}

/** Names somebody for a time; administrators also for others. */
export const nameForm = defineForm(page, {
  fields: {
    principal: text("Who is away?", { hint: "Name or work e-mail address. Leave it empty if you are.", width: "half" }),
    role: choice("In which role?", ROLES),
    deputy: text("Who stands in?", {
      hint: "Name or work e-mail address of somebody who may: we say who, if they may not.",
      width: "half",
    }),
    from: date("First day", "the first day"),
    until: date("Last day", "the last day", "At most twelve months after the first."),
  },
  stored: ({ actor }) => ({ role: deputisedRolesOf(ownRoles(actor))[0] }),
  body: ({ actor, view, field }) => (
    <>
      {view.mayNameForOthers && field("principal")}
      {field("role", { options: rolesToName(actor, view.mayNameForOthers) })}
      {field("deputy")}
      {field("from")}
      {field("until")}
    </>
  ),
  button: "Name a deputy",
  async submit({ actor, values: { from, until, ...given } }) {
    const result = await nameDeputy(actor, { ...given, from: dayOf(from) ?? "", until: dayOf(until) ?? "" });
    if (result === "not-found" || result.ok) return result;
    // A day that does not exist is said to be one, not to be too early.
    const said = problemsOfDays({ from, until }, { from: "Give the first day.", until: "Give the last day." });
    const others = result.problems.filter(({ field }) => !said.some((one) => one.field === field));
    return { ...result, problems: [...others, ...said] };
  },
});

/** Ends it before its last day. */
export const endDeputyForm = defineForm(page, {
  do: "end",
  fields: { deputy: current() },
  submit: ({ actor, values }) => endDeputy(actor, values.deputy),
});

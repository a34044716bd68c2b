import { choice, current, date, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { type Actor, ownRoles, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dayOf, problemsOfDays } from "#domain/base/form/form-values.ts";
import { deputisedRolesOf } from "#domain/people/deputy/deputy.ts";
import { type DeputyView, getDeputies } from "#server/people/deputy/queries.ts";
import { endDeputy, nameDeputy } from "#server/people/deputy/service.ts";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";

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

export const { generateMetadata, Page, GET, POST } = formsPage(page, [endDeputyForm, nameForm], (shown) => {
  const { view } = shown;
  return (
    <>
      <Deputies
        shown={shown}
        title="Who stands in for you"
        rows={view.mine}
        empty="Nobody is standing in for you. If you are going to be away, name somebody below."
      />
      <Deputies
        shown={shown}
        title="Who you stand in for"
        rows={view.asDeputy}
        empty="You are not standing in for anybody. If a colleague who is away names you, we tell you."
      />
      {view.mayNameForOthers && (
        <Deputies shown={shown} title="Everybody else’s" rows={view.others} empty="Nobody else has a deputy." />
      )}
      <PageSection title="Name a deputy">{nameForm.show(shown)}</PageSection>
    </>
  );
});

type DeputiesProps = { shown: ShownDeputies; title: string; rows: readonly DeputyView[]; empty: string };

const Deputies = ({ shown, title, rows, empty }: DeputiesProps) => (
  <PageSection title={title}>
    <DataTable
      caption={title}
      empty={empty}
      columns={{
        "Who stands in": (row) => row.deputy,
        For: (row) => `${row.principal}, as ${ROLE_NAMES[row.role].toLowerCase()}`,
        Days: (row) =>
          `${dateInWords(row.from)} to ${dateInWords(row.until)}${row.state === "runs" ? ", runs now" : ""}`,
        "End it": (row) =>
          row.mayEnd
            ? endDeputyForm.show(shown, {
                stored: { deputy: row.id },
                button: (
                  <Button look="quiet" about={`: ${row.deputy} for ${row.principal}`}>
                    End it
                  </Button>
                ),
              })
            : "–",
      }}
      rows={rows}
    />
  </PageSection>
);

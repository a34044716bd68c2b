import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { getPersonPage } from "#server/people/directory/queries.ts";
import { changeRoles } from "#server/people/directory/service.ts";
import { roleBoxes, successor } from "../../new/form.tsx";

export const page = definePage({
  path: "/admin/people/[person]/roles",
  read: ({ actor, params }) => getPersonPage(actor, params.person),
  heading: "Change roles",
  title: ({ view }) => `Change roles, ${view.person.name}`,
  kicker: ({ view }) => view.person.name,
  back: ({ view: { person } }) => ({ href: `/admin/people/${person.id}`, label: person.name }),
});

/** An administrator sets the roles of somebody else. */
export const form = defineForm(page, {
  fields: { roles: roleBoxes, successor },
  stored: ({ view }) => ({ roles: view.person.roles }),
  body: ({ field, view }) => (
    <>
      {field("roles")}
      {field("successor")}
      <p>The new roles apply at once. {view.person.name} is told, and the evidence says who changed them.</p>
    </>
  ),
  button: "Save roles",
  async submit({ actor, params, values }) {
    const result = await changeRoles(actor, params.person, values.roles, values.successor);
    if (result.code === "refused" && result.field === "successor") return result;
    // The page has no boxes for the administrator's own roles.
    const field = params.person === actor.personId ? "" : "roles";
    return result.code === "refused" ? { ...result, field } : result;
  },
  done: (_, { params }) => `/admin/people/${params.person}?done=roles`,
});

import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { getPersonPage } from "#server/people/directory/queries.ts";
import { changeRoles } from "#server/people/directory/service.ts";
import { roleBoxes, successor } from "../../new/form.tsx";
import { Banner, SummaryList } from "#app/_ui/content.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";

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

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { person, rolesComeFromGroups, isActor } = shown.view;
  return (
    <>
      {rolesComeFromGroups && (
        <Banner tone="warning" title="At the next sign-in, groups decide">
          <p>Your identity provider says who has which role. What you choose here applies until they sign in again.</p>
        </Banner>
      )}
      {isActor ? (
        <Stack>
          <p>This is you. You cannot change your own roles: ask another administrator.</p>
          <SummaryList
            rows={[{ term: "Your roles", value: person.roles.map((role) => ROLE_NAMES[role]).join(", ") }]}
          />
        </Stack>
      ) : (
        form.show(shown)
      )}
    </>
  );
});

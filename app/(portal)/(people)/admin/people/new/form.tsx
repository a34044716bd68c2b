import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { can } from "#domain/access/permission/permission.ts";
import { listEmployers } from "#server/people/directory/admin-queries.ts";
import { addByHand } from "#server/people/directory/detail-service.ts";
import { DETAILS, DetailsFields, readDetails } from "../details-fields.tsx";
import { roleBoxes } from "../role-boxes.ts";

const page = definePage({
  path: "/admin/people/new",
  read: ({ actor }) => (can(actor, "person.manage", actor) ? listEmployers(actor) : null),
  heading: "Add a person",
  back: { href: "/admin/people", label: "People" },
  intro: (
    <p>Anyone who is not in the next list that you import counts as having left. Have them added to that list, too.</p>
  ),
});

/** An administrator adds somebody to the directory by hand. */
export const form = defineForm(page, {
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

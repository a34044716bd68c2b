import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { DETAILS, DetailsFields, readDetails } from "../../new/form.tsx";
import { getPersonPage, listEmployers } from "#server/people/directory/queries.ts";
import { changeDetails } from "#server/people/directory/detail-service.ts";

const page = definePage({
  path: "/admin/people/[person]/details",
  async read({ actor, params }) {
    const found = await getPersonPage(actor, params.person);
    return found && { ...found, employers: await listEmployers(actor) };
  },
  heading: "Change what the directory says",
  title: ({ view }) => `Change what the directory says, ${view.person.name}`,
  kicker: ({ view }) => view.person.name,
  back: ({ view: { person } }) => ({ href: `/admin/people/${person.id}`, label: person.name }),
  intro: ({ view }) => (
    <>
      <p>
        If you change the team, they have to sign in again, and the administrators of their chat groups are asked to
        take them out. The next list that is imported can change all of this again.
      </p>
      {view.isActor && (
        <p className="font-bold">
          This is you. You cannot change your own team, line manager, first day or leaving date: ask another
          administrator.
        </p>
      )}
    </>
  ),
});

export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: DETAILS,
  stored: ({ view: { person, managerEmail } }) => ({ ...person, team: person.team?.name, manager: managerEmail }),
  body: ({ field, view }) => <DetailsFields field={field} employers={view.employers} />,
  button: "Save",
  async submit({ actor, params, values }) {
    const found = await getPersonPage(actor, params.person);
    const details = found && readDetails(values, found.person.employer);
    return !details || "problems" in details ? details : changeDetails(actor, params.person, details);
  },
  done: ({ personId }) => `/admin/people/${personId}?done=details`,
});

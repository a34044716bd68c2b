import { text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { getDirectoryTeam } from "#server/people/directory/queries.ts";
import { changeTeam } from "#server/people/directory/detail-service.ts";

const page = definePage({
  path: "/admin/people/teams/[team]",
  read: ({ actor, params }) => getDirectoryTeam(actor, params.team),
  heading: ({ view }) => view.name,
  title: ({ view }) => `Team ${view.name}`,
  kicker: "Team",
  back: { href: "/admin/people/teams", label: "Teams" },
  intro: ({ view: { id, people }, query }) => (
    <>
      {query["done"] !== undefined && <Banner title="It is saved" />}
      <p>
        {people === 0 ? (
          "Nobody is in it."
        ) : (
          <Link href={`/admin/people?team=${id}`}>
            {people} {people === 1 ? "person is" : "people are"} in it
          </Link>
        )}
      </p>
    </>
  ),
});

export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    name: text("Name", { width: "half" }),
    manager: text("Manager's e-mail address", {
      hint: "They get the role of a line manager. Empty: nobody.",
      type: "email",
      width: "half",
      autoComplete: "off",
    }),
  },
  stored: ({ view: { name, manager } }) => ({ name, manager: manager?.email }),
  button: "Save",
  submit: ({ actor, params, values }) => changeTeam(actor, params.team, values),
  done: (_, { path }) => `${path}?done=1`,
});

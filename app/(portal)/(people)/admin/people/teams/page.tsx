import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { teams } from "./register.tsx";

const page = definePage({
  path: "/admin/people/teams",
  read: ({ actor, query }) => teams.read(actor, query),
  heading: "Teams",
  back: { href: "/admin/people", label: "People" },
  intro: (
    <p>
      The manager of a team is the line manager of everybody in it who has no other line manager in the directory. A
      team is made when somebody is put into it.
    </p>
  ),
});

/** The teams of the administrator's body, each with its manager. */
const { generateMetadata, Page } = framedPage(page, ({ view }) => teams.show(view));
export { generateMetadata, Page as default };

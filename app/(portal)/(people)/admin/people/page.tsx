import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ButtonLink } from "#app/_ui/layout.tsx";
import { directory } from "./register.tsx";

const page = definePage({
  path: "/admin/people",
  read: ({ actor, query }) => directory.read(actor, query),
  heading: "People",
  intro: (
    <p className="flex flex-wrap gap-3">
      <ButtonLink href="/admin/people/import">Import a list</ButtonLink>
      <ButtonLink href="/admin/people/new" look="quiet">
        Add a person
      </ButtonLink>
      <ButtonLink href="/admin/people/teams" look="quiet">
        Teams
      </ButtonLink>
    </p>
  ),
});

/** The directory of the administrator's body, with a search and links to change it. */
const { generateMetadata, Page } = framedPage(page, ({ view }) => directory.show(view));
export { generateMetadata, Page as default };

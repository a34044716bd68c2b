import { definePage, showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { apps } from "./register.tsx";

const page = definePage({
  path: "/apps",
  read: ({ actor, query }) => apps.read(actor, query),
  heading: "Register of apps",
});

const { generateMetadata, Page } = showPage(page, ({ actor, view }) => (
  <PortalPage actor={actor}>
    <Stack gap="loose">
      <Stack>
        <PageHeading>Register of apps</PageHeading>
        <p className="text-lead">Which messaging apps were decided on, for what, and on what conditions.</p>
        <p>Whether a message may be sent in one, the check tells you. An app that is not here is not approved.</p>
        {can(actor, "app.decide", actor) && (
          <p className="no-print">
            <ButtonLink href="/apps/new">Decide on an app</ButtonLink>
          </p>
        )}
      </Stack>
      {apps.show(view)}
    </Stack>
  </PortalPage>
));

export { generateMetadata, Page as default };

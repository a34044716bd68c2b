import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ButtonLine } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { apps } from "./register.tsx";

const page = definePage({
  path: "/apps",
  read: ({ actor, query }) => apps.read(actor, query),
  heading: "Register of apps",
  intro: ({ actor }) => (
    <>
      <p className="text-lead">Which messaging apps were decided on, for what, and on what conditions.</p>
      <p>Whether a message may be sent in one, the check tells you. An app that is not here is not approved.</p>
      {can(actor, "app.decide", actor) && <ButtonLine href="/apps/new">Decide on an app</ButtonLine>}
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view }) => apps.show(view));
export { generateMetadata, Page as default };

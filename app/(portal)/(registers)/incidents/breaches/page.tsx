import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { breaches } from "../register.tsx";

/** What UK GDPR Article 33(5) asks a body to document, for officers and auditors. */
const page = definePage({
  path: "/incidents/breaches",
  read: ({ actor, query }) => breaches.read(actor, query),
  heading: "Register of breaches",
  intro: (
    <p>
      Each report that may be about personal data, as UK GDPR Article 33(5) asks: what happened, its effects, and what
      was done. It names nobody, and has nothing that somebody typed. The case has the rest.
    </p>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view }) => breaches.show(view));
export { generateMetadata, Page as default };

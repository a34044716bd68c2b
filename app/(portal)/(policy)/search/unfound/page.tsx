import { framedPage } from "#app/_portal/form/form.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { form, page } from "./form.tsx";

/** The form, and after it what comes next. */
const { generateMetadata, Page } = framedPage(page, (shown) =>
  shown.query["done"] === undefined ? (
    form.show(shown)
  ) : (
    <p>
      Thank you. Nobody sees that it was you, so nobody can answer you. To have an answer,{" "}
      <Link href={`/policies/${encodeURIComponent(shown.view.slug)}/ask`}>ask the policy owner</Link>.
    </p>
  ),
);
export { generateMetadata, Page as default };

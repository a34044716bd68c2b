import { framedPage } from "#app/_portal/form/form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) =>
  shown.view.length === 0 ? (
    <p>Your body has no key that could be revoked.</p>
  ) : (
    <>
      <Banner tone="warning" title="This cannot be undone">
        <p>
          The published keys say from now on that this one is revoked, and the check of exports goes by that. If it
          signs now, another key is made at once.
        </p>
      </Banner>
      {form.show(shown)}
    </>
  ),
);

export { generateMetadata, Page as default };

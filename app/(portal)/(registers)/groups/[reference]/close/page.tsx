import { framedPage } from "#app/_portal/form/form-page.tsx";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <ul>
      <li>Nobody uses it for work any more, and the wizard no longer offers it. This can&apos;t be undone.</li>
      <li>Everybody in it is told.</li>
      <li>
        {shown.view.holds.length > 0
          ? "You can close it here. Its messages must stay: a hold stands on them. Leave the chat open, or archive it; do not delete it."
          : `Closing it here deletes nothing. Copy what matters into the record first. ${lawOnDeleting(shown.view)}`}
      </li>
    </ul>
    {form.show(shown)}
  </>
));

export { generateMetadata, Page as default };

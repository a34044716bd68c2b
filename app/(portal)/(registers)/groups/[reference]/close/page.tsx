import { framedPage } from "#app/_portal/form/form-page.tsx";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <ul>
      <li>It can no longer be used for work, and the check no longer offers it. This can&apos;t be undone.</li>
      <li>Everybody in it is told.</li>
      <li>
        {shown.view.holds.length > 0
          ? "You can close it here. Its messages must be kept: there is a hold on them. Leave the chat open, or archive it; do not delete it."
          : `Closing it here does not delete anything. Copy what matters into the record first. ${lawOnDeleting(shown.view)}`}
      </li>
    </ul>
    {form.show(shown)}
  </>
));

export { generateMetadata, Page as default };

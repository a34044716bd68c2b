import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { recordRows } from "#app/(portal)/(registers)/records/record-rows.tsx";
import { disposeForm, keepForm, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <SummaryList rows={recordRows(shown.view)} />
    <Stack as="section">
      <h2>Dispose of it</h2>
      {shown.view.perhapsHeld.length > 0 && (
        <p>
          It may name somebody whom a hold is about. Read it and the hold first:{" "}
          {shown.view.perhapsHeld.map(({ reference }, at) => [
            at > 0 && ", ",
            <Link key={reference} href={`/holds/${reference}`}>
              {reference}
            </Link>,
          ])}
          .
        </p>
      )}
      {shown.view.holds.length > 0 ? <DoNotDelete holds={shown.view.holds} /> : disposeForm.show(shown)}
    </Stack>
    <Stack as="section">
      <h2>Or keep it longer</h2>
      {keepForm.show(shown)}
    </Stack>
  </>
));

export { generateMetadata, Page as default };

import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { recordRows } from "#app/(portal)/(registers)/records/record-rows.tsx";
import { disposeForm, keepForm, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <SummaryList rows={recordRows(shown.view)} />
    <Section title="Dispose of it">
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
    </Section>
    <Section title="Or keep it longer">{keepForm.show(shown)}</Section>
  </>
));

export { generateMetadata, Page as default };

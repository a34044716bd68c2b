import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { contactsForm, form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { reference, reviewOn, contactsOn } = shown.view;
  return (
    <>
      <p>It is due on {dateInWords(reviewOn)}. Ask yourself:</p>
      <ul>
        <li>
          Is it still needed? If not, <Link href={`/groups/${reference}/close`}>close it</Link>.
        </li>
        <li>
          Is the purpose still the same? If not, <Link href={`/groups/${reference}/change`}>change it</Link>.
        </li>
        <li>Is everybody in the chat on the list, and does everybody on the list still need it?</li>
        <li>Were messages of value copied into the record?</li>
      </ul>
      {form.show(shown)}
      {contactsOn && (
        <Section title="Contact details">
          <p>
            Compare them with the emergency contacts directory whenever that is reviewed, by {dateInWords(contactsOn)}{" "}
            at the latest. The numbers stay there: the register holds none.
          </p>
          {contactsForm.show(shown)}
        </Section>
      )}
    </>
  );
});

export { generateMetadata, Page as default };

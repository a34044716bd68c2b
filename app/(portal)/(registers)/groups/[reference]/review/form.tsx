import { GroupSettingsFields, readGroupSettings } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { custom, date } from "#app/_portal/form/field.tsx";
import { defineForm, formsPage } from "#app/_portal/form/form.tsx";
import { Button, Link, PageSection } from "#app/_ui/layout.tsx";
import { addMonths, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { reviewContacts, reviewGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

const page = groupPage("review", "review", "Review the group");

/** An administrator has reviewed the group, and says when they will do so next. */
const form = defineForm(page, {
  fields: {
    settings: custom(readGroupSettings),
    reviewOn: date("When will it next be reviewed?", "the review", "At most two years from now."),
  },
  stored: ({ view }) => ({ reviewOn: addMonths(calendarDay(clock.now()), view.settings.reviewEveryMonths) }),
  lead: ({ view, formState }) => (
    <>
      <p>Open the chat’s settings in the app, and say how they are now.</p>
      <GroupSettingsFields formState={formState} stored={view} rules={view.rules} />
    </>
  ),
  button: "I have reviewed it, and the settings are so",
  submit: ({ actor, params, values }) => reviewGroup(actor, params.reference, values.reviewOn, values.settings),
  done: ofGroup,
});

const contactsForm = defineForm(page, {
  do: "contacts",
  fields: {},
  button: <Button look="quiet">I have compared the contact details</Button>,
  submit: ({ actor, params }) => reviewContacts(actor, params.reference),
  done: ofGroup,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form, contactsForm], (shown) => {
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
        <PageSection title="Contact details">
          <p>
            Compare them with the emergency contacts directory whenever that is reviewed, by {dateInWords(contactsOn)}{" "}
            at the latest. The numbers stay there: the register holds none.
          </p>
          {contactsForm.show(shown)}
        </PageSection>
      )}
    </>
  );
});

import { GroupSettingsFields, readGroupSettings } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { custom, date } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { reviewContacts, reviewGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

export const page = groupPage("review", "review", "Review the group");

/** An administrator has reviewed the group, and says when they will do so next. */
export const form = defineForm(page, {
  fields: {
    settings: custom(readGroupSettings),
    reviewOn: date("When will it next be reviewed?", "the review", "At most two years from now."),
  },
  stored: ({ view }) => ({ reviewOn: addMonths(calendarDay(clock.now()), view.settings.reviewEveryMonths) }),
  body: ({ field, view, formState }) => (
    <>
      <p>Open the chat’s settings in the app, and say how they are now.</p>
      <GroupSettingsFields formState={formState} stored={view} rules={view.rules} />
      {field("reviewOn")}
    </>
  ),
  button: "I have reviewed it, and the settings are so",
  submit: ({ actor, params, values }) => reviewGroup(actor, params.reference, values.reviewOn, values.settings),
  done: ofGroup,
});

export const contactsForm = defineForm(page, {
  do: "contacts",
  fields: {},
  button: <Button look="quiet">I have compared the contact details</Button>,
  submit: ({ actor, params }) => reviewContacts(actor, params.reference),
  done: ofGroup,
});

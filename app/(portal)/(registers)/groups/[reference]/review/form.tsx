import { date } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { reviewContacts, reviewGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

export const page = groupPage("review", "review", "Review the group");

/** An administrator has reviewed the group, and says when they will do so next. */
export const form = defineForm(page, {
  fields: { reviewOn: date("When will it next be reviewed?", "the review", "At most two years from now.") },
  stored: ({ view }) => ({ reviewOn: addMonths(calendarDay(clock.now()), view.settings.reviewEveryMonths) }),
  button: "I have reviewed it",
  submit: ({ actor, params, values }) => reviewGroup(actor, params.reference, values.reviewOn),
  done: ofGroup,
});

export const contactsForm = defineForm(page, {
  do: "contacts",
  fields: {},
  button: <Button look="quiet">I have compared the contact details</Button>,
  submit: ({ actor, params }) => reviewContacts(actor, params.reference),
  done: ofGroup,
});

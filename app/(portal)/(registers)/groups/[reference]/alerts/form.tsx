import { current, custom, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { readMoment } from "#domain/base/calendar/calendar.ts";
import { LONGEST_PURPOSE } from "#domain/registers/group/group.ts";
import { logAlert, logCall } from "#server/registers/group/alert-service.ts";
import { groupPage } from "../group-page.tsx";

/** What was posted in an emergency, who was phoned about it, and what a message may say. */
export const page = groupPage("alerts", null, "First notifications");

/** Logs what was posted in an emergency. */
export const logForm = defineForm(page, {
  do: "log",
  fields: {
    startKey: startKey(),
    postedAt: custom((sent) => readMoment(sent.text("postedDay"), sent.text("postedTime"))),
    postedBy: text("Who posted it?", { width: "half" }),
    message: text("What it said", {
      hint: `Nothing that identifies anybody. Up to ${LONGEST_PURPOSE} characters.`,
      lines: 3,
    }),
  },
  stored: ({ actor }) => ({ postedBy: actor.name }),
  body: ({ field, formState }) => (
    <>
      <Cluster>
        <TextField
          name="postedDay"
          id="postedAt"
          type="date"
          label="Day it was posted"
          width="short"
          defaultValue={formState.value("postedDay")}
          error={formState.errorOf("postedAt")}
        />
        <TextField
          name="postedTime"
          label="Time, such as 14:05"
          width="short"
          autoComplete="off"
          defaultValue={formState.value("postedTime")}
        />
      </Cluster>
      {field("postedBy")}
      {field("message")}
    </>
  ),
  button: "Log it",
  submit: ({ actor, params, values }) => logAlert(actor, params.reference, values),
});

/** Records that a member was phoned about an alert, or confirmed it. */
const callForm = (what: "phoned" | "confirmed") =>
  defineForm(page, {
    do: what,
    fields: { alert: current(), member: current() },
    submit: ({ actor, params, values: { alert, member } }) =>
      logCall(actor, params.reference, { alertId: alert, memberId: member, what }),
  });

export const phonedForm = callForm("phoned");
export const confirmedForm = callForm("confirmed");

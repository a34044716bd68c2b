import { notFound } from "next/navigation";
import { current, custom, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, formsPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { TextField } from "#app/_ui/fields.tsx";
import { Button, Cluster, PageSection, Panel, VisuallyHidden } from "#app/_ui/layout.tsx";
import { CopyText, Missing, UserText } from "#app/_ui/content.tsx";
import { readMoment } from "#domain/base/calendar/calendar.ts";
import { LONGEST_PURPOSE } from "#domain/registers/group/group.ts";
import { logAlert, logCall } from "#server/registers/group/alert-service.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import { groupPage, type ShownOfGroup } from "../group-page.tsx";

/** What was posted in an emergency, who was phoned about it, and what a message may say. */
const page = groupPage("alerts", null, "First notifications");

/** Logs what was posted in an emergency. */
const logForm = defineForm(page, {
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

const phonedForm = callForm("phoned");
const confirmedForm = callForm("confirmed");

export const { generateMetadata, Page, GET, POST } = formsPage(page, [logForm, phonedForm, confirmedForm], (shown) => {
  const { kind, alerts, may, settings } = shown.view;
  if (kind !== "emergency") notFound();
  return (
    <>
      <PageSection title="A message to copy">
        <p>
          It identifies nobody: no names, no addresses, no details of residents. Those go by phone or e-mail. Fill in
          the words in brackets.
        </p>
        {settings.emergencyMessages.length === 0 && <Missing>No message is given</Missing>}
        {settings.emergencyMessages.map((text, at) => (
          <CopyText
            key={text}
            id={`message-${at + 1}`}
            label={at === 0 ? "First notification" : "Update"}
            text={text}
            lines={3}
          />
        ))}
      </PageSection>
      {alerts.map((alert) => (
        <Alert key={alert.id} shown={shown} alert={alert} />
      ))}
      {alerts.length === 0 && <p className="text-soft">No first notifications are logged yet.</p>}
      {may.has("log-alert") && <PageSection title="Log a first notification">{logForm.show(shown)}</PageSection>}
    </>
  );
});

type AlertProps = { shown: ShownOfGroup; alert: GroupView["alerts"][number] };

const Alert = ({ shown, alert: { id, postedAt, postedBy, message, calls } }: AlertProps) => (
  <Panel
    title={
      <>
        Posted <Moment at={postedAt} />
      </>
    }
  >
    <p className="text-small text-soft">
      By <bdi>{postedBy}</bdi>
    </p>
    <UserText>{message}</UserText>
    <ul role="list" className="list-none divide-y divide-line border-y border-line">
      {calls.map((call) => (
        <Call key={call.memberId} shown={shown} alert={id} call={call} />
      ))}
    </ul>
  </Panel>
);

type CallProps = Pick<AlertProps, "shown"> & { alert: string; call: AlertProps["alert"]["calls"][number] };

function Call({ shown, alert, call: { memberId, phonedAt, confirmedAt } }: CallProps) {
  const { members, may } = shown.view;
  const name = members.find(({ id }) => id === memberId)?.name ?? "";
  const press = (form: typeof phonedForm, label: string) =>
    form.show(shown, {
      stored: { alert, member: memberId },
      button: (
        <Button look="quiet">
          {label}
          <VisuallyHidden> for {name}</VisuallyHidden>
        </Button>
      ),
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
      <span>
        <bdi className="font-bold">{name}</bdi>
        <span className="block text-small text-soft">
          {confirmedAt ? (
            <>
              Confirmed <Moment at={confirmedAt} />
            </>
          ) : phonedAt ? (
            <>
              Phoned <Moment at={phonedAt} />, not confirmed yet
            </>
          ) : (
            "Not phoned yet"
          )}
        </span>
      </span>
      {may.has("log-alert") && !confirmedAt && (
        <Cluster>
          {!phonedAt && press(phonedForm, "Phoned")}
          {press(confirmedForm, "Phoned, and confirmed")}
        </Cluster>
      )}
    </li>
  );
}

import { notFound } from "next/navigation";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import type { ShownOfGroup } from "../group-page.tsx";
import { confirmedForm, logForm, page, phonedForm } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { kind, alerts, may, settings } = shown.view;
  if (kind !== "emergency") notFound();
  return (
    <>
      <Section title="A message to copy">
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
      </Section>
      {alerts.map((alert) => (
        <Alert key={alert.id} shown={shown} alert={alert} />
      ))}
      {alerts.length === 0 && <p className="text-soft">No first notifications are logged yet.</p>}
      {may.has("log-alert") && <Section title="Log a first notification">{logForm.show(shown)}</Section>}
    </>
  );
});

export { generateMetadata, Page as default };

type AlertProps = { shown: ShownOfGroup; alert: GroupView["alerts"][number] };

function Alert({ shown, alert: { id, postedAt, postedBy, message, calls } }: AlertProps) {
  return (
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
}

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

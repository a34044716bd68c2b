import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { LONGEST_PURPOSE } from "#domain/registers/group/group.ts";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "First notifications";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/alerts", TITLE);
}

/** What was posted in an emergency, who was phoned about it, and what a message may say. */
export default async function AlertsPage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/alerts");
  if (!page || page.group.kind !== "emergency") notFound();
  const { actor, group, refill, path } = page;
  const { alerts, members, settings } = group;
  const mayLog = group.may.has("log-alert");
  const press = (alert: string, member: string, command: "phoned" | "confirmed", label: string, name: string) => (
    <PostForm actor={actor} action={`${path}/send`} hidden={{ do: command, alert, member }}>
      <Button look="quiet">
        {label}
        <VisuallyHidden> for {name}</VisuallyHidden>
      </Button>
    </PostForm>
  );
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      <Stack as="section">
        <h2>A message to copy</h2>
        <p>
          It identifies nobody: no names, no addresses, no details of residents. Those go by phone or e-mail. Fill in
          what stands in brackets.
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
      </Stack>
      {alerts.map(({ id, postedAt, postedBy, message, calls }) => (
        <Panel
          key={id}
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
            {calls.map(({ memberId, phonedAt, confirmedAt }) => {
              const name = members.find((member) => member.id === memberId)?.name ?? "";
              return (
                <li key={memberId} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
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
                  {mayLog && !confirmedAt && (
                    <Cluster>
                      {!phonedAt && press(id, memberId, "phoned", "Phoned", name)}
                      {press(id, memberId, "confirmed", "Phoned, and confirmed", name)}
                    </Cluster>
                  )}
                </li>
              );
            })}
          </ul>
        </Panel>
      ))}
      {alerts.length === 0 && <p className="text-soft">No first notification was logged yet.</p>}
      {mayLog && (
        <Stack as="section">
          <h2>Log a first notification</h2>
          <PostForm
            actor={actor}
            action={`${path}/send`}
            hidden={{ do: "log", startKey: refill.value("startKey", randomUUID()) }}
          >
            <Cluster>
              <TextField
                name="postedDay"
                id="postedAt"
                type="date"
                label="Day it was posted"
                width="short"
                defaultValue={refill.value("postedDay")}
                error={refill.errorOf("postedAt")}
              />
              <TextField
                name="postedTime"
                label="Time, such as 14:05"
                width="short"
                autoComplete="off"
                defaultValue={refill.value("postedTime")}
              />
            </Cluster>
            <TextField
              name="postedBy"
              label="Who posted it?"
              width="half"
              defaultValue={refill.value("postedBy", actor.name)}
              error={refill.errorOf("postedBy")}
            />
            <TextField
              name="message"
              label="What it said"
              hint={`Nothing that identifies anybody. Up to ${LONGEST_PURPOSE} characters.`}
              lines={3}
              defaultValue={refill.value("message")}
              error={refill.errorOf("message")}
            />
            <Button>Log it</Button>
          </PostForm>
        </Stack>
      )}
    </SubPage>
  );
}

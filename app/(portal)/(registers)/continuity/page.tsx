import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { getCurrentActivity, listHistory, type ActivityView } from "#server/registers/continuity/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Business continuity";

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const refill = await refillFor(await requireActor(), (await searchParams).kept, "/continuity");
  return { title: `${refill.titlePrefix}${HEADING}` };
}

/** What is declared now, for everybody; the form that declares, for governance officers; what there was, for them and auditors. */
export default async function ContinuityPage({ searchParams }: Props) {
  const actor = await requireActor();
  const refill = await refillFor(actor, (await searchParams).kept, "/continuity");
  const [current, history] = await Promise.all([getCurrentActivity(actor), listHistory(actor)]);
  const mayDeclare = can(actor, "continuity.declare", actor);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
          {current ? (
            <p className="text-lead">
              Declared since <Moment at={current.startedAt} />:{" "}
              <Link href={`/continuity/${current.reference}`}>
                <bdi>{current.title}</bdi>
              </Link>
            </p>
          ) : (
            <p className="text-lead">No business continuity activity is declared now.</p>
          )}
          <p>
            A governance officer declares one when the usual ways of working fail. While it lasts, every page says so,
            and “Check a message” has an answer for it, where the policy does.
          </p>
          {current && refill.isRefilled && <Unsent refill={refill} />}
        </Stack>
        {mayDeclare && !current && <DeclareForm actor={actor} refill={refill} />}
        {history && <History activities={history} />}
      </Stack>
    </PortalPage>
  );
}

/** What another officer was quicker with. */
function Unsent({ refill }: { refill: Refill }) {
  return (
    <Panel title="What you wrote, not sent">
      <UserText>{[refill.value("title"), refill.value("reason")].filter((text) => text !== "").join("\n\n")}</UserText>
    </Panel>
  );
}

function DeclareForm({ actor, refill }: { actor: Actor; refill: Refill }) {
  return (
    <Stack as="section">
      <h2>Declare one</h2>
      <PostForm actor={actor} action="/continuity/send" hidden={{ startKey: refill.value("startKey", randomUUID()) }}>
        <TextField
          name="title"
          label="What is it?"
          hint={`Everybody in your body sees it on every page. “E-mail and Teams are down”, for example. Up to ${LONGEST_TITLE} characters.`}
          defaultValue={refill.value("title")}
          error={refill.errorOf("title")}
        />
        <TextField
          name="reason"
          label="Why is it declared?"
          hint={`For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`}
          lines={5}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <p>It begins the moment you press the button, and lasts until a governance officer ends it.</p>
        <Button>Declare it now</Button>
      </PostForm>
    </Stack>
  );
}

function History({ activities }: { activities: readonly ActivityView[] }) {
  return (
    <Stack as="section">
      <h2>All activities</h2>
      <DataTable
        caption="All business continuity activities, the newest first"
        captionHidden
        columns={[
          { key: "reference", label: "Reference" },
          { key: "title", label: "What" },
          { key: "from", label: "Declared" },
          { key: "until", label: "Ended" },
        ]}
        rows={activities.map(({ reference, title, startedAt, endedAt }) => ({
          key: reference,
          cells: {
            reference: (
              <Link href={`/continuity/${reference}`} className="whitespace-nowrap">
                {reference}
              </Link>
            ),
            title: <UserText>{title}</UserText>,
            from: <Moment at={startedAt} />,
            until: endedAt ? <Moment at={endedAt} /> : "Not yet",
          },
        }))}
        empty="None was ever declared. Once one is, you find it here, also when it has ended."
      />
    </Stack>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_ACTIVITY_REASON } from "#domain/registers/continuity/activity.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: `${page.refill.titlePrefix}Business continuity ${page.activity.reference}` };
}

/** One business continuity activity: what everybody may know, the record for officers and auditors, and the way to end it. */
export default async function ActivityPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, activity, refill, isDone } = page;
  const { reference, title, startedAt, endedAt, record, mayEnd } = activity;
  const whoWas = ({ name, isActor }: { name: string; isActor: boolean }) => (isActor ? "You" : name);
  const unsent = endedAt && refill.isRefilled ? refill.value("endReason") : "";
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/continuity">Business continuity</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={`${reference}, ${endedAt ? "ended" : "declared now"}`}>
            <bdi>{title}</bdi>
          </PageHeading>
        </Stack>
        {isDone && !endedAt && (
          <Banner title="It is declared">
            <p>Every page of your body says so from now on. End it here as soon as it is over.</p>
          </Banner>
        )}
        <SummaryList
          rows={[
            { term: "Reference", value: reference },
            { term: "Declared", value: <Moment at={startedAt} /> },
            { term: "Ended", value: endedAt ? <Moment at={endedAt} /> : "Not yet" },
            ...(record
              ? [
                  { term: "Declared by", value: whoWas(record.startedBy) },
                  { term: "Why it was declared", value: <UserText>{record.reason}</UserText> },
                ]
              : []),
            ...(record?.endedBy ? [{ term: "Ended by", value: whoWas(record.endedBy) }] : []),
            ...(record && record.endReason !== null
              ? [{ term: "Why it ended", value: <UserText>{record.endReason}</UserText> }]
              : []),
          ]}
        />
        {!endedAt && <p>While it lasts, “Check a message” has an answer for it, where the policy does.</p>}
        {unsent !== "" && (
          <Panel title="What you wrote, not sent">
            <UserText>{unsent}</UserText>
          </Panel>
        )}
        {mayEnd && <EndForm actor={actor} reference={reference} refill={refill} />}
      </Stack>
    </PortalPage>
  );
}

function EndForm({ actor, reference, refill }: { actor: Actor; reference: string; refill: Refill }) {
  return (
    <Stack as="section">
      <h2>End it</h2>
      <PostForm actor={actor} action={`/continuity/${reference}/send`}>
        <TextField
          name="endReason"
          label="Why does it end?"
          hint={`For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`}
          lines={4}
          defaultValue={refill.value("endReason")}
          error={refill.errorOf("endReason")}
        />
        <Button>End it now</Button>
      </PostForm>
    </Stack>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const activity = await getActivity(actor, (await params).reference);
  if (!activity) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/continuity/${activity.reference}`);
  return { actor, activity, refill, isDone: Boolean(done) };
}

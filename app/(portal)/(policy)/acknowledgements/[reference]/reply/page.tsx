import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
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
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { LONGEST_DECLINE_REASON } from "#domain/policy/acknowledgement/answer-problems.ts";
import { getDecline } from "#server/policy/acknowledgement/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Answer a decline` : "Page not found" };
}

/** For the policy owner: who declined and why, and the one answer to it. */
export default async function ReplyPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, decline, refill } = page;
  const { reference, title, version, person, reason, givenAt, reply } = decline;
  const unsent = refill.value("reply");
  return (
    <PortalPage actor={actor} place="tasks">
      <Stack gap="loose">
        <Stack>
          <BackLink href="/tasks">Your tasks</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={reference}>Answer a decline</PageHeading>
        </Stack>
        <SummaryList
          rows={[
            { term: "Policy", value: `${title}, version ${version}` },
            { term: "Declined by", value: person.hasLeft ? `${person.name}, who has left` : person.name },
            { term: "Role", value: person.roles.map((role) => ROLE_NAMES[role]).join(", ") },
            { term: "Team", value: [person.team ?? "None", person.employer].join(", ") },
            { term: "Declined on", value: <Moment at={givenAt} /> },
            { term: "Reason", value: <UserText>{reason}</UserText> },
          ]}
        />
        {reply ? (
          <>
            <Banner title={reply.isMine ? "You have answered" : `${reply.by} has answered`}>
              <UserText>{reply.text}</UserText>
              <p className="text-small text-soft">
                <Moment at={reply.at} />. The person is asked to answer the policy again.
              </p>
            </Banner>
            {unsent !== "" && unsent !== reply.text && (
              <Panel title="What you wrote, not sent">
                <UserText>{unsent}</UserText>
              </Panel>
            )}
          </>
        ) : (
          <PostForm actor={actor} action={`/acknowledgements/${reference}/reply/send`}>
            <TextField
              name="reply"
              label="Your answer"
              hint={`They read it, and are asked to answer the policy again. You can answer once. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`}
              lines={6}
              defaultValue={unsent}
              error={refill.errorOf("reply")}
            />
            <Button>Send my answer</Button>
          </PostForm>
        )}
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const decline = await getDecline(actor, (await params).reference);
  if (!decline) return null;
  const refill = await refillFor(actor, (await searchParams).kept, `/acknowledgements/${decline.reference}/reply`);
  return { actor, decline, refill };
}

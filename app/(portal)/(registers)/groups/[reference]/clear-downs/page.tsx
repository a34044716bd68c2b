import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StandingLine } from "#app/_clear-down/clear-down-state.tsx";
import { DoNotDelete } from "#app/_hold/hold-check.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { doNotDeleteMessage, promptMessage } from "#domain/registers/clear-down/message.ts";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { getClearDowns, type ClearDownView } from "#server/registers/clear-down/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { AskFirst, ConfirmForm } from "./confirm-form.tsx";
import { ClearChatSteps } from "./clear-chat-steps.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: `${page.refill.titlePrefix}${headingOf(page.view)}, ${page.view.group.reference}` };
}

/** A group's clear-downs: what is due, the message for its members, the steps, and the way to confirm; under a hold, to record that. */
export default async function ClearDownsPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, view, refill, done, isAsked } = page;
  const { group, open, holds, mayConfirm, mayReadLedger, doubt, by } = view;
  const isDue = open.length > 0;
  const isHeld = holds.length > 0;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <Stack>
            <BackLink href={`/groups/${group.reference}`}>
              <bdi>{group.name}</bdi>
            </BackLink>
            <ErrorSummary errors={[...refill.problems]} />
            <PageHeading kicker={group.reference}>{headingOf(view)}</PageHeading>
          </Stack>
          {done === "cleared" && !isDue && (
            <Banner title="The clear-down is recorded">
              <p>The disposal ledger says when, and that you asked about holds first.</p>
            </Banner>
          )}
          <DoNotDelete holds={holds} />
          {isDue && !isHeld && doubt && <Doubt doubt={doubt} body={view.body} />}
          <Stack gap="tight">
            <StandingLine view={view} />
          </Stack>
          {!isDue && !group.isClosed && <p>Nothing is due now{by === "sender" && mayConfirm ? " from you" : ""}.</p>}
          {group.isClosed && <p>The group is closed. Nothing is due any more.</p>}
        </Stack>
        {isHeld && view.mayPrompt && (
          <Stack as="section">
            <h2>Tell the members</h2>
            <CopyText id="prompt" label="Message to copy into the chat" text={doNotDeleteMessage()} lines={4} />
          </Stack>
        )}
        {isDue && isHeld && mayConfirm && <Held actor={actor} view={view} />}
        {isDue && !isHeld && mayConfirm && !isAsked && <AskFirst actor={actor} view={view} refill={refill} />}
        {isDue && !isHeld && (isAsked || !mayConfirm) && (
          <>
            {view.mayPrompt && (
              <Stack as="section">
                <h2>1. Tell the members</h2>
                <CopyText id="prompt" label="Message to copy into the chat" text={promptMessage(open, by)} lines={6} />
              </Stack>
            )}
            <ClearChatSteps view={view} number={view.mayPrompt ? 2 : null} />
            {mayConfirm && <ConfirmForm actor={actor} view={view} refill={refill} number={view.mayPrompt ? 3 : null} />}
          </>
        )}
        {!isDue && !isHeld && !group.isClosed && <ClearChatSteps view={view} number={null} />}
        {mayReadLedger && (
          <p>
            <Link href={`/groups/${group.reference}/ledger`}>Read the disposal ledger of this group</Link>
          </p>
        )}
      </Stack>
    </PortalPage>
  );
}

function Held({ actor, view: { group, open, isHeldRecorded } }: { actor: Actor; view: ClearDownView }) {
  if (isHeldRecorded)
    return <p>It is recorded that the hold stops this clear-down. You are asked again when the hold ends.</p>;
  return (
    <Stack as="section">
      <h2>Record that it was not cleared</h2>
      <p>The disposal ledger then says why. You are asked again when the hold ends.</p>
      <PostForm
        actor={actor}
        action={`/groups/${group.reference}/clear-downs/send`}
        hidden={{ do: "held", dueOn: open.at(-1)?.dueOn ?? "" }}
      >
        <Button>Not cleared, because of a hold</Button>
      </PostForm>
    </Stack>
  );
}

function Doubt({ doubt, body }: { doubt: "known" | "unsure"; body: ClearDownView["body"] }) {
  return (
    <Banner tone="warning" title="Do not delete yet">
      <p>
        {doubt === "known"
          ? "Somebody knows of a request, an inquiry or a complaint about these messages."
          : "Somebody was not sure whether anybody has asked for these messages."}{" "}
        The governance officers were told. Go on when they have said that nothing must be kept.
      </p>
      <p>{lawOnDeleting(body)}</p>
    </Banner>
  );
}

function headingOf({ open, holds, mayConfirm, by }: ClearDownView): string {
  if (holds.length > 0) return "Do not delete these messages";
  if (open.length === 0 || !mayConfirm) return "Clear-downs";
  return by === "sender" ? "Delete what you sent" : "Clear down the group";
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const view = await getClearDowns(actor, (await params).reference);
  if (!view) return null;
  const { kept, done, asked } = await searchParams;
  const refill = await refillFor(actor, kept, `/groups/${view.group.reference}/clear-downs`);
  // A form that came back with a mistake had been asked before.
  const isAsked = asked === "none" || refill.value("holdAnswer") === "none";
  return { actor, view, refill, done, isAsked };
}

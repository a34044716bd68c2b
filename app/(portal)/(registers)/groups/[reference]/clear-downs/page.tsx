import { StandingLine } from "#app/(portal)/(registers)/_clear-down/clear-down-state.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { doNotDeleteMessage, promptMessage } from "#domain/registers/clear-down/message.ts";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import type { ClearDownView } from "#server/registers/clear-down/queries.ts";
import { ClearChatSteps } from "./clear-chat-steps.tsx";
import { askForm, clearedForm, heldForm, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(
  page,
  (shown) => {
    const { view } = shown;
    const { group, open, holds, mayReadLedger } = view;
    return (
      <>
        {holds.length > 0 ? (
          <Held shown={shown} />
        ) : open.length > 0 ? (
          <Due shown={shown} />
        ) : (
          !group.isClosed && <ClearChatSteps view={view} number={null} />
        )}
        {mayReadLedger && (
          <p>
            <Link href={`/groups/${group.reference}/ledger`}>Read the disposal ledger of this group</Link>
          </p>
        )}
      </>
    );
  },
  ({ query, view }) => {
    const { group, open, holds, mayConfirm, doubt, by } = view;
    const isDue = open.length > 0;
    return (
      <>
        {query["done"] === "cleared" && !isDue && (
          <Banner title="The clear-down is recorded">
            <p>The disposal ledger says when, and that you asked about holds first.</p>
          </Banner>
        )}
        <DoNotDelete holds={holds} />
        {isDue && holds.length === 0 && doubt && <Doubt doubt={doubt} body={view.body} />}
        <Stack gap="tight">
          <StandingLine view={view} />
        </Stack>
        {!isDue && !group.isClosed && <p>Nothing is due now{by === "sender" && mayConfirm ? " from you" : ""}.</p>}
        {group.isClosed && <p>The group is closed. Nothing is due any more.</p>}
      </>
    );
  },
);
export { generateMetadata, Page as default };

type ShownClearDowns = { shown: Parameters<typeof heldForm.show>[0] };

/** A hold is in force: what to tell the members, and that the clear-down does not take place. */
function Held({ shown }: ShownClearDowns) {
  const { open, mayPrompt, mayConfirm, isHeldRecorded } = shown.view;
  return (
    <>
      {mayPrompt && (
        <Section title="Tell the members">
          <CopyText id="prompt" label="Message to copy into the chat" text={doNotDeleteMessage()} lines={4} />
        </Section>
      )}
      {open.length > 0 && mayConfirm && isHeldRecorded && (
        <p>It is recorded that the hold stops this clear-down. You are asked again when the hold ends.</p>
      )}
      {open.length > 0 && mayConfirm && !isHeldRecorded && (
        <Section title="Record that it was not cleared">
          <p>The disposal ledger then says why. You are asked again when the hold ends.</p>
          {heldForm.show(shown)}
        </Section>
      )}
    </>
  );
}

/** Something is due: first whether anybody asked for the messages, then how to clear them, then confirming it. */
function Due({ shown }: ShownClearDowns) {
  const { view } = shown;
  const { mayPrompt, mayConfirm, isAsked, open, by } = view;
  if (mayConfirm && !isAsked) return askForm.show(shown);
  return (
    <>
      {mayPrompt && (
        <Section title="1. Tell the members">
          <CopyText id="prompt" label="Message to copy into the chat" text={promptMessage(open, by)} lines={6} />
        </Section>
      )}
      <ClearChatSteps view={view} number={mayPrompt ? 2 : null} />
      {mayConfirm && <Section title={<>{mayPrompt && "3. "}Confirm it</>}>{clearedForm.show(shown)}</Section>}
    </>
  );
}

function Doubt({ doubt, body }: { doubt: "known" | "unsure"; body: ClearDownView["body"] }) {
  return (
    <Banner tone="warning" title="Do not delete yet">
      <p>
        {doubt === "known"
          ? "Somebody knows of a request, an inquiry or a complaint about these messages."
          : "Somebody was not sure whether anybody has asked for these messages."}{" "}
        The governance officers have been told. Continue when they have said that nothing must be kept.
      </p>
      <p>{lawOnDeleting(body)}</p>
    </Banner>
  );
}

import { StandingLine } from "#app/(portal)/(registers)/_clear-down/clear-down-state.tsx";
import { choice, current, custom, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { DoNotDelete, HoldCheck } from "#app/_portal/hold-check.tsx";
import { Banner, CopyText } from "#app/_ui/content.tsx";
import { Disclosure, LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { LONGEST_RECORDS } from "#domain/registers/clear-down/confirm.ts";
import { doNotDeleteMessage, promptMessage } from "#domain/registers/clear-down/message.ts";
import { HOLD_ANSWERS, lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { type ClearDownView, getClearDowns } from "#server/registers/clear-down/queries.ts";
import * as service from "#server/registers/clear-down/service.ts";

/** How to clear the chat, on each platform, and as the policy itself says. @param number of the step on the page */
function ClearChatSteps({ view, number }: { view: ClearDownView; number: number | null }) {
  const { steps, policySteps, group, by } = view;
  const title = by === "sender" ? "Delete what you sent" : "Clear the chat";
  return (
    <PageSection title={number === null ? "How a chat is cleared" : `${number}. ${title}`}>
      <p>Do it on every device that you use the group on. It only removes your copy; others clear theirs.</p>
      <div className="space-y-1">
        {steps.map(({ name, writtenOn, steps: list }) => (
          <div key={name}>
            <Disclosure summary={name}>
              <ol>
                {list.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <p className="text-small text-soft">
                As written down on {dateInWords(writtenOn)}. Apps change: if yours looks different, see its own help.
              </p>
            </Disclosure>
          </div>
        ))}
        {policySteps.length > 0 && (
          <Disclosure summary="The steps in your policy">
            <ul className="list-none">
              {policySteps.map(({ clause, text }) => (
                <li key={clause}>
                  {text} <span className="text-small whitespace-nowrap text-soft">Clause {clause}</span>
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
      </div>
      {steps.length === 0 && policySteps.length === 0 && (
        <p>Nobody has written down the steps for {group.app}. Look for “clear chat” in the app&apos;s own help.</p>
      )}
    </PageSection>
  );
}

/**
 * A group's clear-downs: what is due, the message for its members, the steps, and how to confirm; under a hold, how to
 * record that.
 */
const page = definePage({
  path: "/groups/[reference]/clear-downs",
  reference: "GRP",
  async read({ actor, params, query, formState }) {
    const view = await getClearDowns(actor, params.reference);
    // A form that came back with a mistake had already been asked.
    return view && { ...view, isAsked: query["asked"] === "none" || formState.value("holdAnswer") === "none" };
  },
  heading: headingOf,
  kicker: ({ view: { group } }) => group.reference,
  gap: "section",
  back: ({ view: { group } }) => ({ href: `/groups/${group.reference}`, label: <bdi>{group.name}</bdi> }),
  title: (shown) => `${headingOf(shown)}, ${shown.view.group.reference}`,
});

/** The clear-down that the page shows, as it is now. */
const dueOn = { ...current(), read: (sent: FormValues, name: string) => sent.text(name).slice(0, 10) };
const dueNow = ({ view }: { view: ClearDownView }) => ({ dueOn: view.open.at(-1)?.dueOn });

const readHoldAnswer = (sent: FormValues, name: string) =>
  HOLD_ANSWERS.find((answer) => answer === sent.text(name)) ?? null;

const heldForm = defineForm(page, {
  do: "held",
  fields: { dueOn },
  stored: (shown) => dueNow(shown),
  button: "Not cleared, because of a hold",
  submit: ({ actor, params, values }) => service.recordNotCleared(actor, params.reference, values.dueOn),
  done: (result, { path }) => (result.code === "held" ? path : answerOf(result, path)),
});

/** Comes before everything that would delete: whoever knows of a request goes no further, and the officers are told. */
const askForm = defineForm(page, {
  do: "ask",
  fields: { dueOn, holdAnswer: custom(readHoldAnswer) },
  stored: (shown) => dueNow(shown),
  body: ({ view, formState }) => <HoldCheck nation={view.body.nation} formState={formState} />,
  button: "Continue",
  submit: ({ actor, params, values }) =>
    service.answerHoldCheck(actor, params.reference, values.dueOn, values.holdAnswer),
  done: (result, { path }) => (result.code === "go-on" ? `${path}?asked=none` : answerOf(result, path)),
});

/** What was to be kept, and that this has been done. */
const clearedForm = defineForm(page, {
  do: "confirm",
  fields: {
    dueOn,
    holdAnswer: { ...current(), read: readHoldAnswer },
    records: choice("Did anything in them have to be kept as a record?", {
      nothing: "No, nothing of value",
      moved: { label: "Yes, and it was moved to the record first", hint: "Say below where it is." },
    }),
    copies: choice("Whose copies are cleared?", {
      own: { label: "My own", hint: "Clearing a chat removes your copy alone: others keep theirs." },
      everybody: { label: "Every member’s", hint: "Each of them has told you, or the app deletes for everybody." },
    }),
    recordsMovedTo: text("Where is it now?", {
      hint: `If you chose yes: the system and its reference, such as REC-… Up to ${LONGEST_RECORDS} characters.`,
    }),
  },
  stored: (shown) => ({ ...dueNow(shown), holdAnswer: "none" }),
  body: ({ field, view }) => (
    <>
      {field("records")}
      {field("recordsMovedTo")}
      {view.by === "administrator" && field("copies")}
    </>
  ),
  button: ({ view }) => (view.by === "sender" ? "I have deleted what I sent" : "The chat is cleared"),
  submit: ({ actor, params, values }) => service.confirmClearDown(actor, params.reference, values),
  done: (result, { path }) => answerOf(result, path),
});

const HELD = "There is a hold on these messages. Do not delete them. It is recorded that they were not cleared.";

function answerOf(
  result: Extract<service.ClearDownResult, { code: "cleared" | "held" | "stopped" | "too-late" }>,
  path: string,
) {
  switch (result.code) {
    case "cleared":
      return `${path}?done=cleared`;
    case "stopped":
      return path;
    case "held":
      return refused(HELD);
    case "too-late":
      return refused(
        result.by === null
          ? "Nothing is due now, so nothing was recorded. This page shows what is."
          : `${result.by} has confirmed this clear-down already. Yours was not recorded.`,
      );
  }
}

function headingOf({ view: { open, holds, mayConfirm, by } }: { view: ClearDownView }): string {
  if (holds.length > 0) return "Do not delete these messages";
  if (open.length === 0 || !mayConfirm) return "Clear-downs";
  return by === "sender" ? "Delete what you sent" : "Clear down the group";
}

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [heldForm, askForm, clearedForm],
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
          <LinkLine href={`/groups/${group.reference}/ledger`}>Read the disposal ledger of this group</LinkLine>
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

type ShownClearDowns = { shown: Parameters<typeof heldForm.show>[0] };

/** A hold is in force: what to tell the members, and that the clear-down does not take place. */
function Held({ shown }: ShownClearDowns) {
  const { open, mayPrompt, mayConfirm, isHeldRecorded } = shown.view;
  return (
    <>
      {mayPrompt && (
        <PageSection title="Tell the members">
          <CopyText id="prompt" label="Message to copy into the chat" text={doNotDeleteMessage()} lines={4} />
        </PageSection>
      )}
      {open.length > 0 && mayConfirm && isHeldRecorded && (
        <p>It is recorded that the hold stops this clear-down. You are asked again when the hold ends.</p>
      )}
      {open.length > 0 && mayConfirm && !isHeldRecorded && (
        <PageSection title="Record that it was not cleared">
          <p>The disposal ledger then says why. You are asked again when the hold ends.</p>
          {heldForm.show(shown)}
        </PageSection>
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
        <PageSection title="1. Tell the members">
          <CopyText id="prompt" label="Message to copy into the chat" text={promptMessage(open, by)} lines={6} />
        </PageSection>
      )}
      <ClearChatSteps view={view} number={mayPrompt ? 2 : null} />
      {mayConfirm && <PageSection title={<>{mayPrompt && "3. "}Confirm it</>}>{clearedForm.show(shown)}</PageSection>}
    </>
  );
}

const Doubt = ({ doubt, body }: { doubt: "known" | "unsure"; body: ClearDownView["body"] }) => (
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

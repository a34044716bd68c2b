import { policyOf, StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { RequestSummary } from "#app/(portal)/(policy)/_exception/request-summary.tsx";
import {
  listEarlier,
  type ExceptionView,
  type ExceptionRecord,
  type StepRecord,
  getExceptionNotes,
} from "#server/policy/exception/queries.ts";
import { DatedConditions, Mitigations } from "./things-to-do.tsx";
import { EarlierSection } from "./earlier-section.tsx";
import { EffectSection } from "./effect-section.tsx";
import { type ShownException, exceptionNoteForm, takeOverForm } from "./form.tsx";
import { ExceptionOutcome } from "./permission-page.tsx";
import { RequestInShort, whoDecides } from "./command-form.tsx";
import { Banner, type StepItem, Steps, UserText } from "#app/_ui/content.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { inPlaceOfInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { ButtonLink, Cluster, Columns, LinkLine, PageHeading, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import { exceptionPath, extensionsInWords, roleInWords, EXCEPTION_STEP_WORDS } from "./step-words.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { SECTION_WORDS, REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";

/** A request that was sent, in full: everything needed to decide, and the outcome. */
export async function RequestPage({ shown }: { shown: ShownException }) {
  const { actor, view } = shown;
  const { exception, state } = view;
  const [{ policy, hasChanged }, earlier] = await Promise.all([policyOf(actor, exception), listEarlier(actor, view)]);
  const { risks } = exception;
  return (
    <Columns
      aside={
        <Stack gap="loose">
          <DecisionPanel shown={shown} />
          <ExceptionHistory view={view} />
        </Stack>
      }
    >
      <Stack gap="section">
        <Stack>
          <PageHeading
            kicker={
              <Cluster>
                <StateTag state={state} />
              </Cluster>
            }
          >
            Exception <span className="whitespace-nowrap">{exception.reference}</span>
          </PageHeading>
          <NotYours view={view} />
          {state === "changes-requested" && (
            <Banner title="It is being changed">
              <p>Below is the version that was sent last. You can decide once it is sent again.</p>
            </Banner>
          )}
          {state === "submitted" && hasChanged && (
            <Banner tone="warning" title="The policy has changed since">
              <p>
                This was asked on version {exception.version}; now it is version {policy?.current?.version ?? "none"}.
                Ask for changes where the clauses are no longer the same.
              </p>
            </Banner>
          )}
          <RequestInShort view={view} />
        </Stack>
        <ExceptionOutcome actor={actor} view={view} />
        {state !== "submitted" && state !== "changes-requested" && <DatedConditions shown={shown} />}
        <EffectSection version={policy?.current ?? null} exception={exception} />
        <RequestSummary actor={actor} exception={exception} />
        {risks.some(({ mitigations }) => mitigations.length > 0) &&
          state !== "submitted" &&
          state !== "changes-requested" && <Mitigations shown={shown} />}
        <NotesSection shown={shown} />
        {earlier && <EarlierSection earlier={earlier} requesterName={exception.requester.name} />}
      </Stack>
    </Columns>
  );
}

/** The notes of those who decide, for them and for auditors; nothing for everybody else. */
async function NotesSection({ shown }: { shown: ShownException }) {
  const found = await getExceptionNotes(shown.actor, shown.view.exception.reference);
  if (!found) return null;
  const { notes, mayWrite } = found;
  return (
    <PageSection title="Notes of those who decide" id="notes">
      <p className="text-small text-soft">The person who asked and the people it covers do not see them.</p>
      {notes.length === 0 ? (
        <p>No notes yet.{mayWrite && " Write down what another decider should know."}</p>
      ) : (
        <Steps
          items={notes.map(({ at, by, text }) => ({
            title: by.name,
            when: <time dateTime={at.toISOString()}>{momentInWords(at)}</time>,
            children: <UserText>{text}</UserText>,
          }))}
        />
      )}
      {mayWrite && exceptionNoteForm.show(shown)}
    </PageSection>
  );
}

/** What the reader can do with a request now; empty if there is nothing. */
function DecisionPanel({ shown }: { shown: ShownException }) {
  const { view } = shown;
  const { exception, state, commands, capacities } = view;
  const { reference } = exception;
  const isRequester = capacities.includes("requester");
  if (commands.includes("approve"))
    return (
      <Panel noPrint title="Your decision">
        <p>Read the request first. Each decision needs a reason.</p>
        {view.passedOn === "you" && <p>It was passed on to you. You can read why under “What happened”.</p>}
        {view.decidesFor && <p>You decide {inPlaceOfInWords(view.decidesFor)}, as a deputy.</p>}
        <div className="flex flex-col gap-3">
          <ButtonLink href={exceptionPath(reference, "approve")}>Approve</ButtonLink>
          {QUIET_DECISIONS.map(([command, label]) => (
            <ButtonLink key={command} href={exceptionPath(reference, command)} look="quiet">
              {label}
            </ButtonLink>
          ))}
        </div>
      </Panel>
    );
  if (view.mayTakeOver)
    return (
      <Panel noPrint title="Take over or end it">
        <p>The person it belonged to has left the body or the team. It stays in force until you end it.</p>
        {takeOverForm.show(shown)}
        <LinkLine href={exceptionPath(reference, commands.includes("withdraw") ? "withdraw" : "revoke")}>
          End {reference}
        </LinkLine>
      </Panel>
    );
  if (commands.includes("revoke"))
    return (
      <Panel noPrint title="End it early">
        <p>You can revoke it. It then ends at once.</p>
        <LinkLine href={exceptionPath(reference, "revoke")}>Revoke {reference}</LinkLine>
      </Panel>
    );
  if (isRequester && commands.includes("withdraw"))
    return (
      <Panel noPrint title={state === "approved" ? "While you have it" : "What happens next"}>
        {state === "approved" && !commands.includes("extend") && <p>{extensionsInWords(view)}</p>}
        {state === "approved" && commands.includes("extend") && (
          <LinkLine href={exceptionPath(reference, "extend")}>Extend {reference}</LinkLine>
        )}
        {state === "submitted" && (
          <>
            <p>{whoDecides(view)}</p>
            <p>
              You get an answer within {view.rules.target.workingDays} working days. Until then the policy applies in
              full.
            </p>
          </>
        )}
        <LinkLine href={exceptionPath(reference, "withdraw")}>Withdraw {reference}</LinkLine>
      </Panel>
    );
  return null;
}

const QUIET_DECISIONS = [
  ["request-changes", "Ask for changes"],
  ["decline", "Decline"],
  ["pass-on", "Pass on"],
] as const;

/** Says that a reader who would usually decide does not, and who does, before they read it all. */
function NotYours({ view }: { view: ExceptionView }) {
  const { state, commands, capacities, bar } = view;
  const isDecider = commands.includes("approve") || commands.includes("revoke");
  if (isDecider || capacities.length === 0 || capacities.includes("requester")) return null;
  const isRevoking = state === "approved" && bar !== null && capacities.includes("governance-officer");
  if (state !== "submitted" && !isRevoking) return null;
  return (
    <Banner title={isRevoking ? "You cannot revoke it" : "You cannot decide on it"}>
      <p>{whoDecides(view)}</p>
    </Banner>
  );
}

/** Every step of a request, oldest first, with reasons and comments, including its expiry. */
export function ExceptionHistory({ view: { exception, state } }: { view: ExceptionView }) {
  const items = exception.steps.map((step, index): StepItem => ({
    title: stepTitle(exception, index),
    when: <Moment at={step.at} />,
    who: `${step.by.name}, ${roleInWords(step, exception)}`,
    children: <Said step={step} />,
  }));
  if (state === "expired" && exception.endsAt) items.push({ title: "Expired", when: <Moment at={exception.endsAt} /> });
  if (items.length === 0) return null;
  return (
    <PageSection title="What happened">
      <Steps items={items} />
    </PageSection>
  );
}

/** What a step is called: an approval that another has to follow, or a request that was sent before, is called so. */
function stepTitle({ steps, state, decidedAt }: ExceptionRecord, index: number): string {
  const command = steps[index]?.command ?? "edit";
  if (command === "submit" && index > 0) return "Sent again";
  const later = steps.slice(index + 1);
  const isFollowed = later.some((one) => one.command === "approve") || (state === "submitted" && decidedAt === null);
  return command === "approve" && isFollowed ? "Approved by one of several" : EXCEPTION_STEP_WORDS[command][0];
}

function Said({ step }: { step: StepRecord }) {
  const sections = REQUEST_SECTIONS.filter((section) => step.comments[section]);
  if (!step.reason && sections.length === 0) return null;
  return (
    <>
      {step.reason && <UserText>{step.reason}</UserText>}
      {sections.map((section) => (
        <div key={section}>
          <p className="text-small font-bold">{SECTION_WORDS[section]}</p>
          <UserText>{step.comments[section] ?? ""}</UserText>
        </div>
      ))}
    </>
  );
}

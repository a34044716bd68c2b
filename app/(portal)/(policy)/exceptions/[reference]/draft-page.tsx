import { askedChanges } from "#app/(portal)/(policy)/_exception/requested-changes.ts";
import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag, type TagTone } from "#app/_ui/tag.tsx";
import { TaskList } from "#app/_ui/task-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import {
  PROGRESS_WORDS,
  progressOf,
  type Progress,
  SECTION_WORDS,
  REQUEST_SECTIONS,
  type RequestSection,
} from "#domain/policy/exception/request.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import { getRequestLimits, type ExceptionRecord } from "#server/policy/exception/queries.ts";

const SECTION_HINTS = {
  why: "The clauses, your reason, and the information involved",
  who: "You or your team, and the last day",
  risks: "What could go wrong, and what is done about it",
} as const satisfies Record<RequestSection, string>;

const TONES = {
  "not-started": "neutral",
  "not-complete": "neutral",
  complete: "good",
  "look-again": "warning",
} as const satisfies Record<Progress, TagTone>;

type DraftPageProps = { actor: Actor; exception: ExceptionRecord };

/** A draft, or a request that was sent back, for its requester to work on: three parts, then check and send. */
export async function DraftPage({ actor, exception }: DraftPageProps) {
  const { reference, state } = exception;
  const { version, hasChanged } = await policyOf(actor, exception);
  const sentBack = askedChanges(exception);
  const limits = await getRequestLimits(actor, exception);
  const parts = REQUEST_SECTIONS.map((section) => {
    const isFlagged = sentBack?.comments[section] !== undefined || (section === "why" && hasChanged);
    return { section, progress: progressOf(section, exception, limits, isFlagged) };
  });
  const done = parts.filter(({ progress }) => progress === "complete").length;
  const isReady = parts.every(({ progress }) => progress === "complete" || progress === "look-again");
  return (
    <div className="max-w-form">
      <Stack gap="loose">
        <BackLink href="/exceptions">Your exceptions</BackLink>
        <PageHeading
          kicker={
            <>
              {reference} <Tag tone={sentBack ? "warning" : "neutral"}>{EXCEPTION_STATE_WORDS[state]}</Tag>
            </>
          }
        >
          {sentBack ? "Change your request" : "Ask for an exception"}
        </PageHeading>
        {sentBack && (
          <Banner tone="warning" title="You were asked to change it">
            <p className="text-small">{momentInWords(sentBack.at)}</p>
            <UserText>{sentBack.reason ?? ""}</UserText>
            <p>Change the parts below, then send it again. Until then nobody decides.</p>
          </Banner>
        )}
        {hasChanged && (
          <Banner tone="warning" title="The policy has changed">
            <p>You began with version {exception.version}. Look at the clauses again, and save that part.</p>
          </Banner>
        )}
        <p>
          It is about{" "}
          <Link href={`/policies/${exception.policy}`}>{version?.frontMatter.title ?? exception.policy}</Link>, version{" "}
          {exception.version}. {done} of {parts.length} parts are complete. Fill in the parts in any order. What you
          save stays here until you send it.
        </p>
        <TaskList
          id="parts"
          items={[
            ...parts.map(({ section, progress }) => ({
              title: SECTION_WORDS[section],
              hint: <Comment text={sentBack?.comments[section]} otherwise={SECTION_HINTS[section]} />,
              href: `/exceptions/${reference}/${section}`,
              status: { text: PROGRESS_WORDS[progress], tone: TONES[progress] },
            })),
            {
              title: "Check and send",
              ...(isReady && { href: `/exceptions/${reference}/check` }),
              status: { text: isReady ? "Ready" : "Complete the parts first", tone: "neutral" as const },
            },
          ]}
        />
        {isReady && (
          <div>
            <ButtonLink href={`/exceptions/${reference}/check`}>Check and send</ButtonLink>
          </div>
        )}
        {state === "draft" && (
          <p>
            <Link href={`/exceptions/${reference}/discard`}>Discard this draft</Link>
          </p>
        )}
      </Stack>
    </div>
  );
}

/** What the decider wrote about a part, in place of its hint. */
function Comment({ text, otherwise }: { text: string | undefined; otherwise: string }) {
  if (!text) return otherwise;
  return (
    <>
      <span className="font-bold">To change: </span>
      <UserText>{text}</UserText>
    </>
  );
}

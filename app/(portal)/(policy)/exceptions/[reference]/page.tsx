import { BegunBanner } from "#app/_portal/begun-banner.tsx";
import { showPage } from "#app/_portal/form/form.tsx";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, ButtonLink, Link, LinkLine, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { CONFIRMATIONS, exceptionPath, type ConfirmedCommand } from "./step-words.ts";
import { page } from "./form.tsx";
import { ExceptionHistory, RequestPage } from "./request-page.tsx";
import { PermissionPage } from "./permission-page.tsx";
import { policyOf } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { effectOf } from "#domain/policy/exception/effect.ts";
import { type ExceptionState, EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import { type ExceptionRecord, type ExceptionView, getRequestLimits } from "#server/policy/exception/queries.ts";
import { ChangedSituations } from "./effect-section.tsx";
import { askedChanges } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { Banner, ErrorSummary, Tag, type TagTone, TaskList, UserText } from "#app/_ui/content.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import {
  PROGRESS_WORDS,
  progressOf,
  type Progress,
  SECTION_WORDS,
  REQUEST_SECTIONS,
  type RequestSection,
} from "#domain/policy/exception/request.ts";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, query, formState } = shown;
  const { exception, commands, state } = view;
  return (
    <PortalPage actor={actor} gap="loose">
      <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
      {view.sees === "all" && <NotReached actor={actor} href={exceptionPath(exception.reference)} />}
      <DoneBanner actor={actor} done={query["done"]} view={view} />
      {commands.includes("edit") ? (
        <>
          <BegunBanner actor={actor} at={exceptionPath(exception.reference)} />
          <DraftPage actor={actor} exception={exception} />
          {state === "changes-requested" && (
            <>
              <LinkLine href={exceptionPath(exception.reference, "withdraw")}>Withdraw this request</LinkLine>
              <ExceptionHistory view={view} />
            </>
          )}
        </>
      ) : view.sees === "all" ? (
        <RequestPage shown={shown} />
      ) : (
        <PermissionPage shown={shown} />
      )}
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

type DoneBannerProps = { actor: Actor; done: string | string[] | undefined; view: ExceptionView };

/** Confirms what the reader has just done, if the state agrees: the address alone proves nothing. */
function DoneBanner({ actor, done, view: { state, exception } }: DoneBannerProps) {
  if (typeof done !== "string" || !Object.hasOwn(CONFIRMATIONS, done)) return null;
  const { states, title, next } = CONFIRMATIONS[done as ConfirmedCommand];
  if (!(states as readonly ExceptionState[]).includes(state)) return null;
  return (
    <Banner title={`${title}: ${exception.reference}`}>
      <p>{next}</p>
      {done === "approved" && <WhatChanges actor={actor} exception={exception} />}
    </Banner>
  );
}

/** What an approval changes in the answers of the checker: exactly, or that it changes nothing. */
async function WhatChanges({ actor, exception }: { actor: Actor; exception: ExceptionRecord }) {
  const current = (await policyOf(actor, exception)).policy?.current;
  const effect = current && effectOf(current, exception);
  if (!effect || effect.changes === "none")
    return (
      <p>
        No answer of the check changes: the policy has no other answer for this. The exception still counts for what it
        says.
      </p>
    );
  return <ChangedSituations version={current} exception={exception} effect={effect} />;
}

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

/** A draft, or a request that was sent back, for its requester to work on: three parts, then check and send. */
async function DraftPage({ actor, exception }: { actor: Actor; exception: ExceptionRecord }) {
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
        {state === "draft" && <LinkLine href={`/exceptions/${reference}/discard`}>Discard this draft</LinkLine>}
      </Stack>
    </div>
  );
}

/** What the decider wrote about a part, in place of its hint. */
const Comment = ({ text, otherwise }: { text: string | undefined; otherwise: string }) =>
  !text ? (
    otherwise
  ) : (
    <>
      <span className="font-bold">To change: </span>
      <UserText>{text}</UserText>
    </>
  );

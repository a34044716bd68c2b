import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { BAR_WORDS, decidersInWords, NOBODY_DECIDES } from "#app/_exception/deciders.ts";
import { StateTag } from "#app/_exception/state-tag.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Capacity } from "#domain/access/permission/capacity.ts";
import { REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import { COMMANDERS } from "#domain/policy/exception/state.ts";
import { getException, type ExceptionView } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { exceptionPath, type CommandPage } from "./command-path.ts";
import { lastStepInWords } from "./step-words.ts";

export type CommandPageProps = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export interface CommandPlace {
  actor: Actor;
  view: ExceptionView;
  refill: Refill;
  page: CommandPage;
  /** False where the state, or the risk, does not let the reader give this command now. */
  isPossible: boolean;
  heading: string;
  title: string;
}

/** What a command's page shows; 404 for those who can never give this command on this request. */
export async function readCommandPlace(
  page: CommandPage,
  heading: (reference: string) => string,
  { params, searchParams }: CommandPageProps,
): Promise<CommandPlace> {
  const actor = await requireActor();
  const { reference } = await params;
  const view = await getException(actor, reference);
  const commanders: readonly Capacity[] = COMMANDERS[page];
  if (view?.sees !== "all" || !view.capacities.some((capacity) => commanders.includes(capacity))) notFound();
  const refill = await refillFor(actor, (await searchParams)["kept"], exceptionPath(reference, page));
  const isPossible = view.commands.includes(page);
  const shown = isPossible
    ? heading(view.exception.reference)
    : `This is not possible for ${view.exception.reference} now`;
  return { actor, view, refill, page, isPossible, heading: shown, title: `${refill.titlePrefix}${shown}` };
}

/** The frame of a command's page: its form, or why there is none, with what was typed kept in view. */
export function CommandFrame({ place, children }: { place: CommandPlace; children: ReactNode }) {
  const { actor, view, refill, isPossible, heading } = place;
  const { reference } = view.exception;
  return (
    <PortalPage actor={actor}>
      <div className="max-w-form space-y-7">
        <BackLink href={exceptionPath(reference)}>Back to {reference}</BackLink>
        <ErrorSummary errors={refill.problems.map(({ field, message }) => ({ field: field || undefined, message }))} />
        <PageHeading>{heading}</PageHeading>
        {isPossible ? children : <NotPossible place={place} />}
      </div>
    </PortalPage>
  );
}

/** What somebody may have written before they were too late. */
const TYPED_FIELDS = ["reason", "conditions", ...REQUEST_SECTIONS.map((section) => `comment-${section}`)];

function NotPossible({ place: { view, refill } }: { place: CommandPlace }) {
  const { exception, state, commands, bar } = view;
  const typed = TYPED_FIELDS.map((name) => refill.value(name)).filter((text) => text.trim() !== "");
  const isSomebodyElses =
    (state === "submitted" && !commands.includes("approve")) || (state === "approved" && bar !== null);
  return (
    <>
      <p>
        <StateTag state={state} />
      </p>
      {refill.problems.length === 0 && <p>{isSomebodyElses ? whoDecides(view) : lastStepInWords(exception)}</p>}
      {typed.length > 0 && (
        <Panel title="What you had written">
          {typed.map((text, index) => (
            <UserText key={index}>{text}</UserText>
          ))}
        </Panel>
      )}
    </>
  );
}

/** Who decides, where the reader does not, and why the reader does not where it is usually theirs. */
export function whoDecides(view: ExceptionView): string {
  const { bar, state } = view;
  const who = decidersInWords(view);
  const decided = state === "approved" ? whoRevokes(who) : who === null ? NOBODY_DECIDES : `It goes to ${who}.`;
  return bar === null ? decided : `${BAR_WORDS[bar]} ${decided}`;
}

function whoRevokes(who: string | null): string {
  return who === null
    ? "Nobody else can revoke it now: ask the person who asked for it to withdraw it."
    : `It can be revoked by ${who}.`;
}

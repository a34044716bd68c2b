import type { ReactNode } from "react";
import type { FieldSet } from "#app/_portal/form/field.tsx";
import { defineFormPage } from "#app/_portal/form/form-page.tsx";
import { type FormDefinition, refused } from "#app/_portal/form/form.tsx";
import { definePage, type Shown } from "#app/_portal/form/page.ts";
import { BAR_WORDS, decidersInWords, NOBODY_DECIDES } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { StateTag } from "#app/(portal)/(policy)/_exception/state-tag.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import { commandersOf } from "#domain/policy/exception/state.ts";
import { getException, type ExceptionView } from "#server/policy/exception/queries.ts";
import type { ExceptionCommandResult } from "#server/policy/exception/service.ts";
import { exceptionPath, type CommandPage, extensionsInWords, lastStepInWords } from "./step-words.ts";
import type { FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";

type Path = `/exceptions/[reference]/${CommandPage}`;

interface CommandForm<Fields extends FieldSet> extends Omit<
  FormDefinition<Path, ExceptionView, Fields, ExceptionCommandResult | { to: string }>,
  "done"
> {
  /** The heading, followed by the reference. */
  verb: string;
  done: ConfirmedCommand;
}

/** The form of a command on a request; 404 for those who can never give this command on this request. */
export function commandForm<Fields extends FieldSet>(
  name: CommandPage,
  { verb, done, ...definition }: CommandForm<Fields>,
) {
  const commanders = commandersOf(name);
  const page = definePage<Path, ExceptionView>({
    path: `/exceptions/[reference]/${name}`,
    async read({ actor, params }) {
      const view = await getException(actor, params.reference);
      const canEver = view?.sees === "all" && view.capacities.some((capacity) => commanders.includes(capacity));
      return canEver ? view : null;
    },
    heading: ({ view: { commands, exception } }) =>
      commands.includes(name)
        ? `${verb} ${exception.reference}`
        : `This is not possible for ${exception.reference} now`,
    frame: (shown, heading, form) => (
      <CommandFrame shown={shown} heading={heading}>
        {shown.view.commands.includes(name) ? form : <NotPossible name={name} {...shown} />}
      </CommandFrame>
    ),
  });
  return defineFormPage(page, {
    ...definition,
    done: (result, { actor, params }) => answerCommand(actor, params.reference, result, done),
  });
}

type FrameProps = { shown: Shown<ExceptionView, Path>; heading: string; children: ReactNode };

/** The frame of a command's page: its form, or why there is none, with what was typed still shown. */
function CommandFrame({ shown: { actor, view, formState }, heading, children }: FrameProps) {
  const { reference } = view.exception;
  return (
    <PortalPage actor={actor}>
      <div className="max-w-form space-y-7">
        <BackLink href={exceptionPath(reference)}>Back to {reference}</BackLink>
        <ErrorSummary errors={[...formState.problems]} />
        <PageHeading>{heading}</PageHeading>
        {children}
      </div>
    </PortalPage>
  );
}

/** What somebody may have written before they were too late. */
const TYPED_FIELDS = ["reason", "conditions", ...REQUEST_SECTIONS.map((section) => `comment-${section}`)];

function NotPossible({ name, view, formState }: Shown<ExceptionView, Path> & { name: CommandPage }) {
  const { exception, state, commands, bar } = view;
  const typed = TYPED_FIELDS.map((name) => formState.value(name)).filter((text) => text.trim() !== "");
  const isSomebodyElses =
    (state === "submitted" && !commands.includes("approve")) || (state === "approved" && bar !== null);
  return (
    <>
      <p>
        <StateTag state={state} />
      </p>
      {name === "extend" && state === "approved" ? (
        <p>{extensionsInWords(view)}</p>
      ) : (
        formState.problems.length === 0 && <p>{isSomebodyElses ? whoDecides(view) : lastStepInWords(exception)}</p>
      )}
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

/** Who decides if the reader does not, and why the reader does not although it is usually up to them. */
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

/** What the page of a request confirms after a command: /exceptions/EX-…?done=approved. */
export type ConfirmedCommand =
  | "approved"
  | "approved-in-part"
  | "declined"
  | "changes-requested"
  | "passed-on"
  | "withdrawn"
  | "revoked"
  | "mitigation"
  | "condition"
  | "more-time"
  | "noted"
  | "taken-over";

/**
 * Where a form leads after its command: to the request, or back with what is wrong; null for what the actor may not
 * know about. Somebody who was too late is told who did what and when.
 */
export async function answerCommand(
  actor: Actor,
  reference: string,
  result: ExceptionCommandResult,
  done: ConfirmedCommand,
  anchor = "",
): Promise<FormResult> {
  if (result.ok) {
    const isInPart = done === "approved" && (await getException(actor, reference))?.state === "submitted";
    return { to: `${exceptionPath(reference)}?done=${isInPart ? "approved-in-part" : done}${anchor}` };
  }
  switch (result.code) {
    case "not-found":
      return null;
    case "refused":
      return { problems: result.problems };
    case "needs-higher":
      return refused(`You cannot decide on this. ${await whoDecidesOn(actor, reference)}`);
    case "covered":
    case "self-made":
    case "has-approved":
      return refused(BAR_WORDS[result.code]);
    case "not-yours":
      return refused("You cannot decide on this.");
    case "passed-on":
      return refused("It was passed on to somebody else, who decides on it now.");
    case "moved-on":
      return refused("The request was changed since you opened this page. Read it again before you decide.");
    case "wrong-state": {
      const view = await getException(actor, reference);
      const last = view && lastStepInWords(view.exception);
      const expired = view?.state === "expired" ? "It has expired." : last;
      return refused(`This was not recorded. ${expired ?? "The state of the request has changed."}`);
    }
  }
}

async function whoDecidesOn(actor: Actor, reference: string): Promise<string> {
  const view = await getException(actor, reference);
  const who = view && decidersInWords(view);
  return who ? `It goes to ${who}.` : "";
}

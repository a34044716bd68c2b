import type { FieldSet } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, type FormDefinition, refused, type Shown } from "#app/_portal/form/form.tsx";
import { BAR_WORDS, decidersInWords, whoDecidesInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { StateTag, whomInWords } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary, SummaryList, UserText } from "#app/_ui/content.tsx";
import { REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import { commandersOf } from "#domain/policy/exception/state.ts";
import { getException, type ExceptionView } from "#server/policy/exception/queries.ts";
import type { ExceptionCommandResult } from "#server/policy/exception/service.ts";
import {
  exceptionPath,
  type CommandPage,
  extensionsInWords,
  lastStepInWords,
  type ConfirmedCommand,
} from "./step-words.ts";
import type { FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { BackLink, Link, PageHeading, Panel } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";

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
    // Its form, or why there is none, with what was typed still shown.
    frame(shown, heading, form) {
      const { reference } = shown.view.exception;
      return (
        <PortalPage actor={shown.actor}>
          <div className="max-w-form space-y-7">
            <BackLink href={exceptionPath(reference)}>Back to {reference}</BackLink>
            <ErrorSummary errors={[...shown.formState.problems]} />
            <PageHeading>{heading}</PageHeading>
            {shown.view.commands.includes(name) ? form : <NotPossible name={name} {...shown} />}
          </div>
        </PortalPage>
      );
    },
  });
  return defineFormPage(page, {
    ...definition,
    done: (result, { actor, params }) => answerCommand(actor, params.reference, result, done),
  });
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
  const decided = view.state === "approved" ? whoRevokes(decidersInWords(view)) : whoDecidesInWords(view);
  return view.bar === null ? decided : `${BAR_WORDS[view.bar]} ${decided}`;
}

const whoRevokes = (who: string | null): string =>
  who === null
    ? "Nobody else can revoke it now: ask the person who asked for it to withdraw it."
    : `It can be revoked by ${who}.`;

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
  if (result.code === "not-found") return null;
  if (result.code === "refused") return { problems: result.problems };
  const words = REFUSALS[result.code];
  if (words) return refused(words);
  const view = await getException(actor, reference);
  if (result.code === "needs-higher") {
    const who = view && decidersInWords(view);
    return refused(`You cannot decide on this. ${who ? `It goes to ${who}.` : ""}`);
  }
  const last = view && lastStepInWords(view.exception);
  const expired = view?.state === "expired" ? "It has expired." : last;
  return refused(`This was not recorded. ${expired ?? "The state of the request has changed."}`);
}

const REFUSALS: Partial<Record<string, string>> = {
  ...BAR_WORDS,
  "not-yours": "You cannot decide on this.",
  "passed-on": "It was passed on to somebody else, who decides on it now.",
  "moved-on": "The request was changed since you opened this page. Read it again before you decide.",
};

/** Who asks, for whom, from which clauses, until when, and the remaining risk. */
export function RequestInShort({ view: { exception, capacities } }: { view: ExceptionView }) {
  const { requester, clauses, submittedAt, wantedUntil, residual } = exception;
  const asker = capacities.includes("requester") ? "You" : requester.name;
  return (
    <SummaryList
      rows={{
        [exception.askedById === null ? "Asked by" : "Taken over by"]: requester.teamName
          ? `${asker}, ${requester.teamName}`
          : asker,
        For: whomInWords(exception, capacities.includes("requester")) ?? asker,
        Extends: exception.extends && (
          <>
            <Link href={`/exceptions/${exception.extends.reference}`}>{exception.extends.reference}</Link>, for the{" "}
            {ordinal(exception.extension)} time
          </>
        ),
        "Extended as": exception.extended && (
          <Link href={`/exceptions/${exception.extended.reference}`}>{exception.extended.reference}</Link>
        ),
        [clauses.length === 1 ? "Clause" : "Clauses"]: clauses.join(", "),
        "Remaining risk": residual === null ? "–" : `${RISK_LEVEL_WORDS[levelOf(residual)]}, ${residual} of 25`,
        "Wanted until the end of": wantedUntil && dateInWords(wantedUntil),
        Sent: submittedAt && <Moment at={submittedAt} />,
      }}
    />
  );
}

const ordinal = (count: number): string => ["", "first", "second", "third"][count] ?? `${count}th`;

import { inPlaceOfInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import type { ExceptionView } from "#server/policy/exception/queries.ts";
import { whoDecides } from "./command-form.tsx";
import { exceptionPath } from "./command-path.ts";
import { extensionsInWords } from "./step-words.ts";
import { takeOverForm, type ShownException } from "./form.tsx";

/** What the reader can do with a request now; empty if there is nothing. */
export function DecisionPanel({ shown }: { shown: ShownException }) {
  const { view } = shown;
  const { exception, state, commands, capacities } = view;
  const { reference } = exception;
  const isRequester = capacities.includes("requester");
  if (commands.includes("approve"))
    return (
      <div className="no-print">
        <Panel title="Your decision">
          <p>Read the request first. Each decision needs a reason.</p>
          {view.passedOn === "you" && <p>It was passed on to you. You can read why under “What happened”.</p>}
          {view.decidesFor && <p>You decide {inPlaceOfInWords(view.decidesFor)}, as a deputy.</p>}
          <div className="flex flex-col gap-3">
            <ButtonLink href={exceptionPath(reference, "approve")}>Approve</ButtonLink>
            <ButtonLink href={exceptionPath(reference, "request-changes")} look="quiet">
              Ask for changes
            </ButtonLink>
            <ButtonLink href={exceptionPath(reference, "decline")} look="quiet">
              Decline
            </ButtonLink>
            <ButtonLink href={exceptionPath(reference, "pass-on")} look="quiet">
              Pass on
            </ButtonLink>
          </div>
        </Panel>
      </div>
    );
  if (view.mayTakeOver)
    return (
      <div className="no-print">
        <Panel title="Take over or end it">
          <p>The person it belonged to has left the body or the team. It stays in force until you end it.</p>
          {takeOverForm.show(shown)}
          <p>
            <Link href={exceptionPath(reference, commands.includes("withdraw") ? "withdraw" : "revoke")}>
              End {reference}
            </Link>
          </p>
        </Panel>
      </div>
    );
  if (commands.includes("revoke"))
    return (
      <div className="no-print">
        <Panel title="End it early">
          <p>You can revoke it. It then ends at once.</p>
          <p>
            <Link href={exceptionPath(reference, "revoke")}>Revoke {reference}</Link>
          </p>
        </Panel>
      </div>
    );
  if (isRequester && commands.includes("withdraw"))
    return (
      <div className="no-print">
        <Panel title={state === "approved" ? "While you have it" : "What happens next"}>
          {state === "approved" && <HolderLinks view={view} />}
          {state === "submitted" && (
            <>
              <p>{whoDecides(view)}</p>
              <p>
                You get an answer within {view.rules.target.workingDays} working days. Until then the policy applies in
                full.
              </p>
            </>
          )}
          <p>
            <Link href={exceptionPath(reference, "withdraw")}>Withdraw {reference}</Link>
          </p>
        </Panel>
      </div>
    );
  return null;
}

/** How whoever holds an approved exception can go on with it; or that they cannot. */
function HolderLinks({ view }: { view: ExceptionView }) {
  const { reference } = view.exception;
  return (
    <p>
      {view.commands.includes("extend") ? (
        <Link href={exceptionPath(reference, "extend")}>Extend {reference}</Link>
      ) : (
        extensionsInWords(view)
      )}
    </p>
  );
}

/** Says that a reader who would usually decide does not, and who does, before they read it all. */
export function NotYours({ view }: { view: ExceptionView }) {
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

import { showPage } from "#app/_portal/form/page.ts";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { LinkLine } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { exceptionPath } from "./step-words.ts";
import { DraftPage } from "./draft-page.tsx";
import { page } from "./form.tsx";
import { ExceptionHistory } from "./history.tsx";
import { PermissionPage } from "./permission-page.tsx";
import { RequestPage } from "./request-page.tsx";
import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { Banner } from "#app/_ui/banner.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { effectOf } from "#domain/policy/exception/effect.ts";
import { EXCEPTION_STATES, type ExceptionState } from "#domain/policy/exception/state.ts";
import type { ExceptionRecord, ExceptionView } from "#server/policy/exception/queries.ts";
import type { ConfirmedCommand } from "./command-form.tsx";
import { ChangedSituations } from "./effect-section.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, query, formState } = shown;
  const { exception, commands, state } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        {view.sees === "all" && <NotReached actor={actor} href={exceptionPath(exception.reference)} />}
        <DoneBanner actor={actor} done={query["done"]} view={view} />
        {commands.includes("edit") ? (
          <>
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
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

const SENT = EXCEPTION_STATES.filter((state) => state !== "draft");

const CONFIRMATIONS = {
  approved: {
    states: ["approved"],
    title: "You have approved it",
    next: "The person who asked sees your reason and the conditions.",
  },
  "approved-in-part": {
    states: ["submitted"],
    title: "You have approved it",
    next: "The policy requires somebody else to approve it as well. Until then it covers nothing.",
  },
  declined: { states: ["declined"], title: "You have declined it", next: "The person who asked sees your reason." },
  "changes-requested": {
    states: ["changes-requested"],
    title: "You have asked for changes",
    next: "The person who asked has a task to change it. It comes back to you once it is sent again.",
  },
  "passed-on": {
    states: ["submitted"],
    title: "You have passed it on",
    next: "They decide on it now. If they leave or may no longer decide, it comes back to you.",
  },
  withdrawn: { states: ["withdrawn"], title: "You have withdrawn it", next: "It covers nothing from now on." },
  revoked: { states: ["revoked"], title: "You have revoked it", next: "It covers nobody from now on." },
  condition: {
    states: ["approved"],
    title: "The condition is marked as met",
    next: "It is no longer in your tasks.",
  },
  "more-time": {
    states: ["approved"],
    title: "You have given more time",
    next: "Whoever holds the exception is told. If the condition is not met by then, you are asked again.",
  },
  mitigation: {
    states: ["approved"],
    title: "The mitigation is marked as done",
    next: "It is no longer in your tasks.",
  },
  noted: { states: SENT, title: "Your note is kept", next: "Only people who decide, and auditors, can read it." },
  "taken-over": {
    states: ["approved"],
    title: "You have taken it over",
    next: "You now look after it: do what was promised, and end it when it is no longer needed.",
  },
} as const satisfies Record<ConfirmedCommand, { states: readonly ExceptionState[]; title: string; next: string }>;

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

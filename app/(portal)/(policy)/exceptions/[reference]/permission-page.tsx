import { policyOf, Situation, QuotedClauses, StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { Link, LinkLine, PageHeading, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { ExceptionRecord, ExceptionView } from "#server/policy/exception/queries.ts";
import { isFor } from "#domain/policy/exception/coverage.ts";
import type { ShownException } from "./form.tsx";
import { Mitigations } from "./things-to-do.tsx";
import { conditionInWords } from "#domain/policy/exception/request.ts";
import { SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords, lastDay, momentInWords } from "#domain/base/calendar/calendar.ts";
import type { ExceptionState, ExceptionStepName } from "#domain/policy/exception/state.ts";

/** An approved exception for somebody who did not ask for it: what it permits, on which conditions, until when. */
export function PermissionPage({ shown }: { shown: ShownException }) {
  const { actor, view } = shown;
  const { exception, state, ownMitigations } = view;
  return (
    <Stack gap="section">
      <Stack>
        <PageHeading kicker={<StateTag state={state} />}>Exception {exception.reference}</PageHeading>
        {isFor(exception, actor) && (
          <p>
            It covers you, as one of {exception.teamName ?? exception.groupName ?? "your team"}.{" "}
            <Link href={`/exceptions/${exception.reference}/permit`}>Print the permit</Link>
          </p>
        )}
        <Permission exception={exception} />
      </Stack>
      <PermittedClauses actor={actor} exception={exception} />
      {ownMitigations.length > 0 && <Mitigations shown={shown} />}
    </Stack>
  );
}

/** The clauses that an exception lifts, in the policy's words, and the situation in which it does. */
export async function PermittedClauses({ actor, exception }: { actor: Actor; exception: ExceptionRecord }) {
  const { policy, clauses, situation } = exception;
  const { version } = await policyOf(actor, exception);
  return (
    <PageSection title="What it permits">
      <p>You may depart from {clauses.length === 1 ? "this clause" : "these clauses"}:</p>
      <QuotedClauses policy={policy} version={version} clauses={clauses} />
      <h3>In this situation only</h3>
      <Situation version={version} situation={situation} />
    </PageSection>
  );
}

const OUTCOMES: Partial<Record<ExceptionState, { title: string; command: ExceptionStepName }>> = {
  approved: { title: "Approved", command: "approve" },
  expired: { title: "Expired", command: "approve" },
  declined: { title: "Declined", command: "decline" },
  withdrawn: { title: "Withdrawn", command: "withdraw" },
  revoked: { title: "Revoked", command: "revoke" },
};

/** The outcome of a request: the period and conditions of an approval, or why there is no longer one. */
export function ExceptionOutcome({ actor, view: { exception, state } }: { actor: Actor; view: ExceptionView }) {
  const outcome = OUTCOMES[state];
  if (!outcome) return null;
  const step = exception.steps.findLast(({ command }) => command === outcome.command || command === "end-with-leaver");
  const hasLeft = step?.command === "end-with-leaver";
  return (
    <Panel title={hasLeft ? "Ended" : outcome.title}>
      {hasLeft && <p>The person who held it has left, and it was only for them.</p>}
      {step?.reason && <UserText>{step.reason}</UserText>}
      {(state === "approved" || state === "expired") && <Permission exception={exception} />}
      {state === "approved" && isFor(exception, actor) && (
        <LinkLine href={`/exceptions/${exception.reference}/permit`} onPaper={false}>
          Print the permit
        </LinkLine>
      )}
      {(state === "revoked" || state === "withdrawn") && step && (
        <p>It has covered nothing since {momentInWords(step.at)}.</p>
      )}
    </Panel>
  );
}

/** The period and the conditions of an approved exception. */
export const Permission = ({ exception: { startsAt, endsAt, conditions } }: { exception: ExceptionRecord }) => (
  <SummaryList
    rows={{
      From: startsAt && momentInWords(startsAt),
      "Until the end of": endsAt && dateInWords(lastDay(endsAt)),
      Conditions:
        conditions.length === 0 ? (
          "None"
        ) : (
          <ul>
            {conditions.map((condition) => (
              <li key={condition.id}>
                <UserText>{conditionInWords(condition)}</UserText>
              </li>
            ))}
          </ul>
        ),
    }}
  />
);

import { conditionInWords } from "#domain/policy/exception/request.ts";
import { Panel } from "#app/_ui/panel.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { isFor } from "#domain/policy/exception/coverage.ts";
import { dateInWords, lastDay, momentInWords } from "#domain/base/calendar/calendar.ts";
import type { ExceptionState, ExceptionStepName } from "#domain/policy/exception/state.ts";
import type { ExceptionRecord, ExceptionView } from "#server/policy/exception/queries.ts";

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
        <p className="no-print">
          <Link href={`/exceptions/${exception.reference}/permit`}>Print the permit</Link>
        </p>
      )}
      {(state === "revoked" || state === "withdrawn") && step && (
        <p>It has covered nothing since {momentInWords(step.at)}.</p>
      )}
    </Panel>
  );
}

/** The period and the conditions of an approved exception. */
export function Permission({ exception: { startsAt, endsAt, conditions } }: { exception: ExceptionRecord }) {
  return (
    <SummaryList
      rows={[
        ...(startsAt ? [{ term: "From", value: momentInWords(startsAt) }] : []),
        ...(endsAt ? [{ term: "Until the end of", value: dateInWords(lastDay(endsAt)) }] : []),
        {
          term: "Conditions",
          value:
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
        },
      ]}
    />
  );
}

import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { messagesInWords } from "#domain/registers/clear-down/period.ts";
import { getClearDowns, type ClearDownView } from "#server/registers/clear-down/queries.ts";

/**
 * The state of a group's clear-downs, for the group's own page. Empty for those who may not know, and before approval.
 */
export async function ClearDownState({ actor, reference }: { actor: Actor; reference: string }) {
  const view = await getClearDowns(actor, reference);
  if (!view) return null;
  const { holds, mayReadLedger } = view;
  return (
    <PageSection title="Clear-downs">
      <DoNotDelete holds={holds} />
      <StandingLine view={view} />
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        <Link href={`/groups/${reference}/clear-downs`}>{linkWords(view)}</Link>
        {mayReadLedger && <Link href={`/groups/${reference}/ledger`}>Disposal ledger</Link>}
      </p>
    </PageSection>
  );
}

/** What is due, in one line, including to whom a missed one was escalated. */
export function StandingLine({ view: { rule, open, holds, calls, nextDue, waiting } }: { view: ClearDownView }) {
  const [first, latest] = [open[0], open.at(-1)];
  return (
    <>
      <p>{rule}</p>
      {first && latest && (
        <p>
          <Tag tone={holds.length > 0 || calls ? "warning" : "neutral"}>
            {holds.length > 0 ? "Held" : calls ? "Missed" : "Due now"}
          </Tag>{" "}
          The {messagesInWords({ from: first.from, to: latest.to })}, since {dateInWords(first.dueOn)}.
          {calls && ` ${CALLED[calls]}`}
        </p>
      )}
      {waiting && waiting.length > 0 && (
        <p>
          {waiting.length === 1 ? "One sender has" : `${waiting.length} senders have`} not confirmed:{" "}
          {waiting.join(", ")}.
        </p>
      )}
      {nextDue && <p className="text-soft">The next one is due on {dateInWords(nextDue)}.</p>}
    </>
  );
}

const CALLED = {
  deputy: "The deputy has been told too.",
  "governance-officer": "The deputy has been told too, and so has whoever acts as governance officer.",
} as const;

function linkWords({ open, holds, mayConfirm }: ClearDownView): string {
  if (open.length === 0 || !mayConfirm) return "How it is cleared";
  return holds.length > 0 ? "Record that a hold stops it" : "Clear it now";
}

import { whomInWords } from "#app/(portal)/(policy)/_exception/whom-in-words.ts";
import { Link } from "#app/_ui/link.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import type { ExceptionView } from "#server/policy/exception/queries.ts";

/** Who asks, for whom, from which clauses, until when, and the remaining risk. */
export function RequestInShort({ view: { exception, capacities } }: { view: ExceptionView }) {
  const { requester, clauses, submittedAt, wantedUntil, residual } = exception;
  const asker = capacities.includes("requester") ? "You" : requester.name;
  return (
    <SummaryList
      rows={[
        {
          term: exception.askedById === null ? "Asked by" : "Taken over by",
          value: requester.teamName ? `${asker}, ${requester.teamName}` : asker,
        },
        {
          term: "For",
          value: whomInWords(exception, capacities.includes("requester")) ?? asker,
        },
        ...(exception.extends
          ? [
              {
                term: "Extends",
                value: (
                  <>
                    <Link href={`/exceptions/${exception.extends.reference}`}>{exception.extends.reference}</Link>, for
                    the {ordinal(exception.extension)} time
                  </>
                ),
              },
            ]
          : []),
        { term: clauses.length === 1 ? "Clause" : "Clauses", value: clauses.join(", ") },
        {
          term: "Remaining risk",
          value: residual === null ? "–" : `${RISK_LEVEL_WORDS[levelOf(residual)]}, ${residual} of 25`,
        },
        ...(wantedUntil ? [{ term: "Wanted until the end of", value: dateInWords(wantedUntil) }] : []),
        ...(submittedAt
          ? [{ term: "Sent", value: <time dateTime={submittedAt.toISOString()}>{momentInWords(submittedAt)}</time> }]
          : []),
      ]}
    />
  );
}

function ordinal(count: number): string {
  return ["", "first", "second", "third"][count] ?? `${count}th`;
}

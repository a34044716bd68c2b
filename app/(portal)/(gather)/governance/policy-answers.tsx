import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { pageOf, type PageCursor } from "#domain/base/list/page.ts";
import type { ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import type { PolicyReport } from "#server/policy/acknowledgement/report-queries.ts";
import { ALL_TEAMS, shownCountInWords, NO_TEAM } from "#app/_portal/count-words.ts";

type PolicyAnswersProps = {
  report: PolicyReport;
  /** Where the list of teams begins. */
  cursor: PageCursor;
};

/** How the answers on one policy divide, by team and in total: as a chart and as a table. */
export function PolicyAnswers({ report: { policy, teams, totals, people }, cursor }: PolicyAnswersProps) {
  const page = pageOf(teams, ({ id }) => id ?? "none", cursor);
  const lines = [
    ...page.rows.map(({ team, counts }) => ({ label: team ?? NO_TEAM, counts })),
    ...(teams.length > 1 ? [{ label: ALL_TEAMS, counts: totals }] : []),
  ];
  const drawn = lines.filter(({ counts }) => counts.every(({ kind }) => kind === "shown"));
  return (
    <Stack as="section">
      <h2>
        <Link href={`/policies/${policy.slug}`}>{policy.title}</Link>, version {policy.version}
      </h2>
      <p>{`Of ${shownCountInWords(people)} people, ${inOneLine(totals)}.`}</p>
      {drawn.length > 0 ? (
        <>
          <StackedBar
            id={`governance-${policy.slug}`}
            label={`Answers by team on “${policy.title}”; the numbers are in the table below.`}
            parts={[...REPORT_PART_COLUMNS]}
            rows={drawn.map(({ label, counts }) => ({
              label,
              values: byPart(counts, valueOf),
            }))}
          />
          {drawn.length < lines.length && (
            <p className="text-small text-soft">
              Where a number is suppressed (“fewer than 5”, “not shown”) there is no bar: its length would tell the
              number.
            </p>
          )}
        </>
      ) : (
        <p className="text-soft">
          There is no chart yet: in each row a number is suppressed, and the length of a bar would tell it.
        </p>
      )}
      <DataTable
        caption={`Answers on “${policy.title}”, version ${policy.version}, by team`}
        captionHidden
        empty="There is nobody in the directory who could answer."
        columns={[
          { key: "team", label: "Team" },
          ...REPORT_PART_COLUMNS.map(({ key, label }) => ({ key, label, numeric: true })),
        ]}
        rows={lines.map(({ label, counts }, at) => ({
          key: String(at),
          cells: { team: label, ...byPart(counts, (count) => <Count count={count} />) },
        }))}
      />
      <PageLinks
        label={`Teams on “${policy.title}”`}
        page={page}
        path="/governance"
        filters={[["policy", policy.slug]]}
        words={BY_NAME}
      />
      <p className="no-print">
        <Link href={`/governance/acknowledgements.csv?policy=${policy.slug}`}>Save as a table (CSV)</Link>
      </p>
    </Stack>
  );
}

function Count({ count }: { count: ShownCount }) {
  if (count.kind === "shown") return count.count;
  return <span className="text-small text-soft">{shownCountInWords(count)}</span>;
}

function valueOf(count: ShownCount): number | null {
  return count.kind === "shown" ? count.count : null;
}

function byPart<Value>([accepted, declined, outstanding]: readonly ShownCount[], of: (count: ShownCount) => Value) {
  const nothing: ShownCount = { kind: "hidden" };
  return {
    accepted: of(accepted ?? nothing),
    declined: of(declined ?? nothing),
    outstanding: of(outstanding ?? nothing),
  };
}

function inOneLine(totals: readonly ShownCount[]): string {
  const { accepted, declined, outstanding } = byPart(totals, shownCountInWords);
  return `${accepted} accepted, ${declined} declined, ${outstanding} still to answer`;
}

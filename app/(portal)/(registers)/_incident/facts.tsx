import { Moment } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/layout.tsx";
import type { IncidentAnswer, IncidentView } from "#server/registers/incident/queries.ts";
import { Missing, SummaryList, type SummaryRow, summaryRows, UserText } from "#app/_ui/content.tsx";
import { isDeleteStep } from "#domain/registers/incident/step.ts";
import { headingOf, INCIDENT_STEP_TITLES } from "./step-words.ts";

/** What was reported, in the order of its steps; for the reporter with a link to change each while the case is open. */
export function Facts({ incident }: { incident: IncidentView }) {
  const { reference, standing, steps, reportedAt, reporter, managerName, from, closedAt, isForOther } = incident;
  const mayChange = standing === "reporter" && closedAt === null;
  return (
    <SummaryList
      rows={[
        ...summaryRows({
          Reference: <span className="whitespace-nowrap">{reference}</span>,
          Reported: <Moment at={reportedAt} />,
          "Reported by": reporter && reporterWords(reporter, isForOther),
          "Line manager told": standing !== "manager" && (managerName ?? "No"),
        }),
        ...steps.flatMap((view) => {
          const href = `/incidents/${reference}/steps/${view.step}`;
          const change = { href, context: `: ${INCIDENT_STEP_TITLES[view.step].toLowerCase()}` };
          return rowsOf(view, standing).map((row, nth) => (mayChange && nth === 0 ? { ...row, change } : row));
        }),
        ...summaryRows({ "Checked before": from && <From from={from} /> }),
      ]}
    />
  );
}

/** The answers of a step, one row each; for a deletion, what was done, when, and why not, in a single row. */
function rowsOf({ step, answers }: IncidentView["steps"][number], standing: IncidentView["standing"]): SummaryRow[] {
  // Managers need not know who must not be told.
  const left = standing === "manager" ? ["forOther", "notToTell"] : ["forOther"];
  if (!isDeleteStep(step)) return answerRows(answers.filter(({ name }) => !left.includes(name)));
  const [outcome, ...more] = answers;
  if (!outcome) return [];
  return [
    {
      term: headingOf(step),
      value: (
        <>
          {outcome.words}
          {more.map(({ name, words }) => (
            <span key={name} className="block text-small text-soft">
              <bdi>{words}</bdi>
            </span>
          ))}
        </>
      ),
    },
  ];
}

function reporterWords({ name, team, hasLeft }: NonNullable<IncidentView["reporter"]>, isForOther: boolean): string {
  const who = [hasLeft ? `${name}, who has left` : name, team].filter(Boolean).join(", ");
  return isForOther ? `${who}, who saw somebody else do it` : who;
}

const From = ({ from: { policy, version, rows } }: { from: NonNullable<IncidentView["from"]> }) => (
  <>
    <Link href={`/policies/${policy}/versions/${version}`}>
      {policy}, version {version}
    </Link>
    {rows.length === 0 && <Missing>No answers</Missing>}
    {rows.map(({ term, words }) => (
      <span key={term} className="block">
        {term}: {words}
      </span>
    ))}
  </>
);

/** What was answered, as rows of a summary. */
export const answerRows = (answers: readonly IncidentAnswer[]): SummaryRow[] =>
  answers.map(({ short, words, isText }) => ({ term: short, value: isText ? <UserText>{words}</UserText> : words }));

import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { getExceptionFigures } from "#server/policy/exception/figures-queries.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { ClauseFigures, TeamFigures } from "./decided-tables.tsx";
import { QuarterTable } from "./quarter-table.tsx";

const page = definePage({
  path: "/exceptions/figures",
  async read({ actor }) {
    const [figures, policies] = await Promise.all([getExceptionFigures(actor), listPolicies(actor)]);
    return figures && { ...figures, titles: new Map(policies.map(({ slug, title }) => [slug, title])) };
  },
  heading: "Figures of exceptions",
  back: { href: "/exceptions/register", label: "Register of exceptions" },
  intro: ({ view }) => (
    <>
      <p>{conditionsInWords(view.overdueConditions)}</p>
      <PrintHint />
    </>
  ),
  gap: "section",
});

/** How exceptions were decided: by quarter, by clause and by team. */
const { generateMetadata, Page } = framedPage(page, ({ view: { quarters, clauses, teams, hasMoreTeams, titles } }) => (
  <>
    <QuarterTable quarters={quarters} />
    <ClauseFigures clauses={clauses} titles={titles} />
    <TeamFigures teams={teams} hasMore={hasMoreTeams} />
  </>
));
export { generateMetadata, Page as default };

function conditionsInWords(overdue: number): string {
  if (overdue === 0) return "No condition of an exception in force is overdue.";
  return overdue === 1
    ? "1 condition of an exception in force is overdue."
    : `${overdue} conditions of exceptions in force are overdue.`;
}

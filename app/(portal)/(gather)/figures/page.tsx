import { definePage, lastOf, showPage } from "#app/_portal/form/form.tsx";
import { FigureTables } from "#app/_portal/figure-tables.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { LinkLine, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { FilterForm, TextField } from "#app/_ui/fields.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { FigurePeriod } from "#domain/gather/figure/figure.ts";
import { getFigures } from "#server/gather/figure/queries.ts";

const HEADING = "Figures for requesters";

/** What requesters ask a body for, for any period: counts without names and small numbers. */
const page = definePage({
  path: "/figures",
  async read({ actor, query }) {
    const typed = { from: lastOf(query, "from") ?? "", until: lastOf(query, "until") ?? "" };
    const figures = await getFigures(actor, typed);
    return figures && { typed, problems: [], ...figures };
  },
  heading: HEADING,
  title: ({ view }) => ("tables" in view ? HEADING : `Error: ${HEADING}`),
});

const { generateMetadata, Page } = showPage(page, ({ actor, view }) => (
  <PortalPage actor={actor} gap="section">
    <Stack>
      <ErrorSummary errors={view.problems} />
      <PageHeading>{HEADING}</PageHeading>
      <PeriodChoice typed={"tables" in view ? view : view.typed} problems={view.problems} />
    </Stack>
    {"tables" in view && (
      <Stack as="section">
        <h2>
          {dateInWords(view.from)} to {dateInWords(view.until)}
        </h2>
        <p>
          Numbers under five are not shown, nor are those that would tell them. Two periods that overlap can tell more
          than one: release one of them.
        </p>
        <FigureTables tables={view.tables} />
        <LinkLine onPaper={false} href={`/figures.csv?from=${view.from}&until=${view.until}`}>
          Save as a table (CSV)
        </LinkLine>
        <PrintButton />
      </Stack>
    )}
  </PortalPage>
));
export { generateMetadata, Page as default };

const PeriodChoice = ({ typed, problems }: { typed: FigurePeriod; problems: readonly FieldProblem[] }) => (
  <FilterForm action="/figures">
    {(["from", "until"] as const).map((name) => (
      <TextField
        key={name}
        name={name}
        label={name === "from" ? "First day" : "Last day"}
        hint="For example 2026-03-31."
        autoComplete="off"
        defaultValue={typed[name]}
        error={problems.find(({ field }) => field === name)?.message}
      />
    ))}
  </FilterForm>
);

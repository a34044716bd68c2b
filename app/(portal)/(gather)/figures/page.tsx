import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FigureTables } from "#app/_portal/figure-tables.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FigurePeriod } from "#domain/gather/figure/figure.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getFigures } from "#server/gather/figure/queries.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Figures for requesters";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { figures } = await readPage(props);
  if (!figures) return { title: "Page not found" };
  return { title: "problems" in figures ? `Error: ${HEADING}` : HEADING };
}

/** What requesters ask a body for, for any period: counts without names and small numbers. */
export default async function FiguresPage(props: Props) {
  const { actor, figures, typed } = await readPage(props);
  if (!figures) notFound();
  const problems = "problems" in figures ? figures.problems : [];
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <ErrorSummary errors={problems} />
          <PageHeading>{HEADING}</PageHeading>
          <PeriodChoice typed={"problems" in figures ? typed : figures} problems={problems} />
        </Stack>
        {!("problems" in figures) && (
          <Stack as="section">
            <h2>
              {dateInWords(figures.from)} to {dateInWords(figures.until)}
            </h2>
            <p>
              Numbers under five are not shown, nor are those that would tell them. Two periods that overlap can tell
              more than one: release one of them.
            </p>
            <FigureTables tables={figures.tables} />
            <p className="no-print">
              <Link href={`/figures.csv?from=${figures.from}&until=${figures.until}`}>Save as a table (CSV)</Link>
            </p>
            <PrintButton />
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}

function PeriodChoice({ typed, problems }: { typed: FigurePeriod; problems: readonly FieldProblem[] }) {
  return (
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
}

const readPage = readOnce(async ({ searchParams }: Props) => {
  const actor = await requireActor();
  const query = await searchParams;
  const last = (name: string) => [query[name] ?? ""].flat().at(-1) ?? "";
  const typed = { from: last("from"), until: last("until") };
  return { actor, typed, figures: await getFigures(actor, typed) };
});

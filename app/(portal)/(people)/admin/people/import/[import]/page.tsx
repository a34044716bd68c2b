import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { IMPORT_FIELDS } from "#domain/people/directory/import-column.ts";
import { getPendingImport } from "#server/people/directory/pending-import-service.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { BodyChanges, inShort } from "./body-changes.tsx";

type Props = {
  params: Promise<{ import: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}${headingOf(page)}` : "Page not found" };
}

/** What checking a list found, and the way to confirm it; afterwards, what was done. */
export default async function CheckedImportPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, id, fileName, doneAt, report, refill, isChanged } = page;
  const { faults, faultCount, unknown, rows, bodies } = report;
  const [body] = bodies;
  const isUnreadable = isOfTheWholeFile(report);
  const isNothing = bodies.every(({ counts }) => counts.added + counts.changed + counts.left === 0);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people/import">Import a list of people</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading
            kicker={
              isUnreadable ? fileName : `${fileName}, ${rows.toLocaleString("en-GB")} ${rows === 1 ? "line" : "lines"}`
            }
          >
            {headingOf(page)}
          </PageHeading>
          {isUnreadable && faults.map(({ reason }) => <p key={reason}>{reason}</p>)}
          {isUnreadable && <p>Nothing was written. Put this right in the file, then choose it again.</p>}
          {faultCount > 0 && !isUnreadable && (
            <p>Nothing was written. Put these right in the file, then choose it again.</p>
          )}
          {isChanged && (
            <Banner tone="warning" title="The directory has changed since the check">
              <p>Nothing was written. Below is what the list would do now.</p>
            </Banner>
          )}
          {unknown.length > 0 && (
            <Banner title={unknown.length === 1 ? "A column is not used" : "Some columns are not used"}>
              <p>{inShort(unknown, unknown.length)}</p>
            </Banner>
          )}
        </Stack>
        {faultCount > 0 && (
          <>
            {!isUnreadable && (
              <DataTable
                caption={`${faultCount.toLocaleString("en-GB")} ${faultCount === 1 ? "fault" : "faults"} to put right${faultCount > faults.length ? `, the first ${faults.length.toLocaleString("en-GB")}` : ""}`}
                columns={[
                  { key: "row", label: "Row", onCard: true },
                  { key: "field", label: "Column" },
                  { key: "reason", label: "What is wrong" },
                ]}
                rows={faults.map(({ row, field, reason }, at) => ({
                  key: String(at),
                  cells: { row, field: field ? IMPORT_FIELDS[field].label : "The whole row", reason },
                }))}
              />
            )}
            <p>
              <ButtonLink href="/admin/people/import">Choose the file again</ButtonLink>
            </p>
          </>
        )}
        {body && <BodyChanges report={body} isDone={doneAt !== null} />}
        {body && !doneAt && isNothing && <p>The directory says all of this already. There is nothing to import.</p>}
        {body && !doneAt && !isNothing && (
          <PostForm actor={actor} action={`/admin/people/import/${id}/send`}>
            {body.areMany && (
              <CheckboxQuestion
                name="many"
                heading={false}
                question="Have this many people left?"
                help={`${body.counts.left.toLocaleString("en-GB")} of ${body.activeBefore.toLocaleString("en-GB")} who work here are not in the list. They are signed out at once.`}
                error={refill.errorOf("many")}
                options={[{ value: "yes", label: "Yes, they have left", checked: refill.isChosen("many", "yes") }]}
              />
            )}
            <Button>Import this list</Button>
          </PostForm>
        )}
        {doneAt && (
          <p>
            <ButtonLink href="/admin/people">People</ButtonLink>
          </p>
        )}
      </Stack>
    </PortalPage>
  );
}

/** Whether nothing below the first line could be read: its faults are of the file, not of a row. */
function isOfTheWholeFile({ faults }: Report): boolean {
  return faults.length > 0 && faults.every(({ row }) => row === 1);
}

type Report = { faultCount: number; faults: readonly { row: number }[] };

function headingOf({ doneAt, report }: { doneAt: Date | null; report: Report }): string {
  if (doneAt) return "The list is imported";
  if (isOfTheWholeFile(report)) return "The list cannot be read";
  return report.faultCount > 0 ? "The list has faults" : "Import this list?";
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const found = await getPendingImport(actor, (await params).import);
  if (!found) return null;
  const { kept, changed } = await searchParams;
  const refill = await refillFor(actor, kept, `/admin/people/import/${found.id}`);
  return { actor, refill, isChanged: changed !== undefined && !found.doneAt, ...found };
}

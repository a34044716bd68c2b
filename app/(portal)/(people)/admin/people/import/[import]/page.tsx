import { framedPage } from "#app/_portal/form/form.tsx";
import { ButtonLink } from "#app/_ui/layout.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { IMPORT_FIELDS } from "#domain/people/directory/import-row.ts";
import { BodyChanges } from "./body-changes.tsx";
import { form, isOfTheWholeFile, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { doneAt, report } = shown.view;
  const { faults, faultCount, bodies } = report;
  const [body] = bodies;
  const isNothing = bodies.every(
    ({ counts, absenceCount = 0 }) => counts.added + counts.changed + counts.left + absenceCount === 0,
  );
  return (
    <>
      {faultCount > 0 && (
        <>
          {!isOfTheWholeFile(report) && (
            <DataTable
              caption={`${faultCount.toLocaleString("en-GB")} ${faultCount === 1 ? "fault" : "faults"} to put right${faultCount > faults.length ? `, the first ${faults.length.toLocaleString("en-GB")}` : ""}`}
              captionHidden={false}
              columns={{
                Row: { cell: ({ row }) => row, onCard: true },
                Column: ({ field }) => (field ? IMPORT_FIELDS[field].label : "The whole row"),
                "What is wrong": ({ reason }) => reason,
              }}
              rows={faults}
            />
          )}
          <p>
            <ButtonLink href="/admin/people/import">Choose the file again</ButtonLink>
          </p>
        </>
      )}
      {body && <BodyChanges report={body} isDone={doneAt !== null} />}
      {body && !doneAt && isNothing && <p>The directory says all of this already. There is nothing to import.</p>}
      {body && !doneAt && !isNothing && form.show(shown)}
      {doneAt && (
        <p>
          <ButtonLink href="/admin/people">People</ButtonLink>
        </p>
      )}
    </>
  );
});

export { generateMetadata, Page as default };

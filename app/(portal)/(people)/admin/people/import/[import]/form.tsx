import { boxes } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { confirmImport, getPendingImport, type PendingImport } from "#server/people/directory/import-service.ts";
import { BodyChanges, inShort } from "./body-changes.tsx";
import { ButtonLink } from "#app/_ui/layout.tsx";
import { IMPORT_FIELDS } from "#domain/people/directory/import-row.ts";

/** What checking a list found, with a button to confirm it; afterwards, what was done. */
export const page = definePage({
  path: "/admin/people/import/[import]",
  read: ({ actor, params }) => getPendingImport(actor, params.import),
  heading: ({ view }) => headingOf(view),
  kicker: ({ view: { fileName, report } }) =>
    isOfTheWholeFile(report)
      ? fileName
      : `${fileName}, ${report.rows.toLocaleString("en-GB")} ${report.rows === 1 ? "line" : "lines"}`,
  back: { href: "/admin/people/import", label: "Import a list of people" },
  intro: ({ view, query }) => <Found view={view} isChanged={query["changed"] !== undefined && !view.doneAt} />,
});

export const form = defineForm(page, {
  fields: { many: boxes("Have this many people left?", { yes: "Yes, they have left" }) },
  body: ({ field, view }) => {
    const [body] = view.report.bodies;
    const [left, all] = [body?.counts.left, body?.activeBefore].map((count) => count?.toLocaleString("en-GB"));
    return (
      body?.areMany &&
      field("many", { hint: `${left} of ${all} who work here are not in the list. They are signed out at once.` })
    );
  },
  button: "Import this list",
  submit: ({ actor, params, values }) => confirmImport(actor, params.import, values.many.includes("yes")),
  done(result, { path }) {
    switch (result.code) {
      case "done":
        return `${path}?done=1`;
      case "changed":
        return `${path}?changed=1`;
      case "many-leave":
        return refused("Confirm that they have left, or correct the list.", "many");
      case "busy":
        return refused(result.problem);
    }
  },
});

/** Whether nothing below the first line could be read: its faults then concern the file, not a row. */
export const isOfTheWholeFile = ({ faults }: Pick<PendingImport["report"], "faults">): boolean =>
  faults.length > 0 && faults.every(({ row }) => row === 1);

function headingOf({ doneAt, report }: PendingImport): string {
  if (doneAt) return "The list is imported";
  if (isOfTheWholeFile(report)) return "The list cannot be read";
  return report.faultCount > 0 ? "The list has faults" : "Import this list?";
}

function Found({ view, isChanged }: { view: PendingImport; isChanged: boolean }) {
  const { faults, faultCount, unknown } = view.report;
  const isUnreadable = isOfTheWholeFile(view.report);
  return (
    <>
      {isUnreadable && faults.map(({ reason }) => <p key={reason}>{reason}</p>)}
      {faultCount > 0 && (
        <p>Nothing was written. Put {isUnreadable ? "this" : "these"} right in the file, then choose it again.</p>
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
    </>
  );
}

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
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

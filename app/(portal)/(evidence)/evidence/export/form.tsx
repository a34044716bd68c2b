import { savedFile, streamOf } from "#app/_portal/file-response.ts";
import { choice, date } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button, Link } from "#app/_ui/layout.tsx";
import { getExportForm } from "#server/evidence/journal/queries.ts";
import { exportEvidence } from "#server/evidence/journal/export-service.ts";

/** For governance officers and auditors: which period, and what goes with it. */
export const page = definePage({
  path: "/evidence/export",
  read: ({ actor }) => getExportForm(actor),
  heading: "Export the evidence",
  back: { href: "/evidence", label: "Evidence" },
  intro: (
    <p>
      You get one ZIP file, signed by this portal, with a program that checks it. You do not need any of our software.{" "}
      <Link href="/evidence/proof">What it proves, and what it does not</Link>
    </p>
  ),
});

/** Downloads the evidence of a period. A post, because it is recorded. */
export const form = defineForm(page, {
  fields: {
    from: date("First day", "the first day", "The evidence of your body begins on this day."),
    until: date("Last day", "the last day", "This day is included. London time."),
    holds: choice("Include names and texts?", {
      commitments: {
        label: "No: only identifiers and codes",
        hint: "Enough to prove that nothing was changed. It names nobody, and holds nothing that people wrote.",
      },
      texts: {
        label: "Yes: with names and texts",
        hint: "To read what was decided and why. It holds personal data: keep it as carefully as the portal does, and delete it when you are done.",
      },
    }),
  },
  stored: ({ view }) => ({ from: view.firstDay, until: view.today, holds: "commitments" }),
  body: ({ field, view }) => (
    <>
      {field("from", view.isEmpty ? { hint: "For example, 1 4 2026" } : {})}
      {field("until")}
      {field("holds")}
    </>
  ),
  button: (
    <div className="space-y-2">
      <Button>Save the ZIP file</Button>
      <p className="text-small text-soft">The evidence records that you did.</p>
    </div>
  ),
  submit: ({ actor, values: { holds, ...period } }) => exportEvidence(actor, { ...period, holds: holds ?? "" }),
  done: ({ fileName, archive }) => ({ file: savedFile(fileName, "application/zip", streamOf(archive)) }),
});

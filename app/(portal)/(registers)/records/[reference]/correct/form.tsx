import { PageSection } from "#app/_ui/layout.tsx";
import { defineFormPage, definePage, refused } from "#app/_portal/form/form.tsx";
import { firstRevision, text } from "#app/_portal/form/field.tsx";
import { getRecord, getSetting } from "#server/registers/record/queries.ts";
import { correctRecord } from "#server/registers/record/service.ts";
import { RECORD_FIELDS, RecordFields, storedFields } from "#app/(portal)/(registers)/records/record-fields.tsx";

const page = definePage({
  path: "/records/[reference]/correct",
  reference: "REC",
  async read({ actor, params }) {
    const record = await getRecord(actor, params.reference);
    const setting = record?.mayCorrect ? await getSetting(actor, record) : null;
    return record && setting && { record, setting };
  },
  heading: ({ params }) => `Correct ${params.reference}`,
  back: ({ params }) => ({ href: `/records/${params.reference}`, label: `Record ${params.reference}` }),
  intro: <p>The current text is kept in its history, with your name and your reason.</p>,
});

/** The form of a record with its current values, and why they are wrong. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { revision: firstRevision(), ...RECORD_FIELDS, reason: text("Reason", { lines: 3 }) },
  stored: ({ view }) => storedFields(view.record),
  body: ({ field, view }) => (
    <>
      <RecordFields setting={view.setting} field={field} />
      <PageSection title="Why you are correcting it">{field("reason")}</PageSection>
    </>
  ),
  button: "Save the correction",
  submit: ({ actor, params, values: { revision: seen, reason, ...draft } }) =>
    correctRecord(actor, params.reference, { seen, reason, draft }),
  done: ({ code }, { params }) =>
    code === "done"
      ? `/records/${params.reference}`
      : refused(
          "Somebody else changed this record after you opened it. Nothing was saved. Open it again to see what changed.",
        ),
});

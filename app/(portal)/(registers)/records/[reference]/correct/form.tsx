import { custom, firstRevision, text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Section } from "#app/_ui/section.tsx";
import { getRecord, getSetting } from "#server/registers/record/queries.ts";
import { correctRecord } from "#server/registers/record/service.ts";
import { readRecord } from "#app/(portal)/(registers)/records/read-record.ts";
import { RecordFields } from "#app/(portal)/(registers)/records/record-fields.tsx";

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
export const form = defineForm(page, {
  fields: { revision: firstRevision(), draft: custom(readRecord), reason: text("Reason", { lines: 3 }) },
  stored: ({ view }) => ({ revision: view.record.revision }),
  body: ({ field, view, formState }) => (
    <>
      <RecordFields setting={view.setting} formState={formState} stored={view.record} />
      <Section title="Why you are correcting it">{field("reason")}</Section>
    </>
  ),
  button: "Save the correction",
  submit: ({ actor, params, values: { revision: seen, ...sent } }) =>
    correctRecord(actor, params.reference, { seen, ...sent }),
  done: ({ code }, { params }) =>
    code === "done"
      ? `/records/${params.reference}`
      : refused(
          "Somebody else changed this record after you opened it. Nothing was saved. Open it again to see what changed.",
        ),
});

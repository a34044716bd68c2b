import { recordRows } from "#app/(portal)/(registers)/records/record-rows.tsx";
import { HoldCheck, DoNotDelete } from "#app/_portal/hold-check.tsx";
import { custom, date, firstRevision, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Button, Link, PageSection } from "#app/_ui/layout.tsx";
import { SummaryList } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { disposeRecord, keepLonger } from "#server/registers/record/disposal-service.ts";
import { getRecord } from "#server/registers/record/queries.ts";

const HELD = "It was not disposed of: there is a hold, or there may be a request. Find out first.";

/** An officer's decision on a record whose retention period is over: it is disposed of, or kept until another day. */
const page = definePage({
  path: "/records/[reference]/disposal",
  reference: "REC",
  async read({ actor, params }) {
    const record = await getRecord(actor, params.reference);
    return record?.mayDispose ? record : null;
  },
  heading: ({ params }) => `Dispose of ${params.reference}?`,
  title: ({ params }) => `Dispose of ${params.reference}`,
  back: ({ params }) => ({ href: `/records/${params.reference}`, label: `Record ${params.reference}` }),
  intro: ({ view: { className, keepUntil } }) => (
    <p>
      {className ?? "It"}: kept until {keepUntil && dateInWords(keepUntil)}.
    </p>
  ),
});

const disposeForm = defineForm(page, {
  fields: {
    revision: firstRevision(),
    holdAnswer: custom((sent) => sent.text("holdAnswer")),
    reason: text("Note for the log, if there is one", { hint: "It stays. Do not name anybody.", lines: 2 }),
  },
  stored: ({ view }) => ({ revision: view.revision }),
  lead: ({ view, formState }) => (
    <>
      <p>
        Its text, and earlier versions of it, are erased here for good. The reference, class, days and your name stay,
        as the log. What is in {<bdi>{view.system}</bdi>} is disposed of there.
      </p>
      <HoldCheck nation={view.nation} formState={formState} />
    </>
  ),
  button: "Dispose of it",
  submit: ({ actor, params, values: { revision: seen, ...sent } }) =>
    disposeRecord(actor, params.reference, { seen, ...sent }),
  // If it is too late, the record shows who was faster, and what they decided.
  done: ({ code }, { params }) =>
    code === "held" ? { problems: [{ field: "holdAnswer", message: HELD }] } : `/records/${params.reference}`,
});

const keepForm = defineForm(page, {
  do: "keep",
  fields: {
    revision: firstRevision(),
    until: date("Until when?", "the day", "You are asked again after it. For example, 27 3 2028"),
    keepReason: text("Why?", { lines: 2 }),
  },
  stored: ({ view }) => ({ revision: view.revision }),
  button: <Button look="quiet">Keep it longer</Button>,
  submit: ({ actor, params, values: { revision: seen, until, keepReason: reason } }) =>
    keepLonger(actor, params.reference, { seen, until, reason }),
  done: (_, { params }) => `/records/${params.reference}`,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [disposeForm, keepForm], (shown) => (
  <>
    <SummaryList rows={recordRows(shown.view)} />
    <PageSection title="Dispose of it">
      {shown.view.perhapsHeld.length > 0 && (
        <p>
          It may name somebody whom a hold is about. Read it and the hold first:{" "}
          {shown.view.perhapsHeld.map(({ reference }, at) => [
            at > 0 && ", ",
            <Link key={reference} href={`/holds/${reference}`}>
              {reference}
            </Link>,
          ])}
          .
        </p>
      )}
      {shown.view.holds.length > 0 ? <DoNotDelete holds={shown.view.holds} /> : disposeForm.show(shown)}
    </PageSection>
    <PageSection title="Or keep it longer">{keepForm.show(shown)}</PageSection>
  </>
));

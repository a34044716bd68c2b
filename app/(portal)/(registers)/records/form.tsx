import { current, custom, date, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage, wholeQuery } from "#app/_portal/form/page.ts";
import { HoldCheck } from "#app/_portal/hold-check.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { decideOnRecords, disposeRecord, keepLonger } from "#server/registers/record/disposal-service.ts";
import { exportRecords } from "#server/registers/record/export-service.ts";
import { getOwnRecords } from "#server/registers/record/queries.ts";
import { records } from "./register.tsx";

/** The reader's own records; for governance officers and auditors, first the body's register with a search. */
export const page = definePage({
  path: "/records",
  suffix: wholeQuery,
  async read({ actor, query }) {
    const [own, register] = await Promise.all([
      getOwnRecords(actor, readPageCursor(query, "own")),
      records.read(actor, query),
    ]);
    return { own, register };
  },
  heading: "Captured records",
  gap: "section",
  intro: (
    <>
      <p>
        What was said in a chat and matters to the organisation: noted here, kept in an approved system. A decision that
        was reached in a chat belongs here too.
      </p>
      <p className="no-print">
        <ButtonLink href="/records/new">Capture a record</ButtonLink>
      </p>
    </>
  ),
});

/** Downloads what a search found, as a file. A post, because it is recorded. */
export const exportForm = defineForm(page, {
  action: "/records/export/send",
  fields: {
    q: current(),
    person: current(),
    from: current(),
    until: current(),
    group: current(),
    class: current(),
    standing: current(),
  },
  stored: ({ view }) => ({ ...view.register?.asked }),
  async submit({ actor, values }) {
    const handed = await exportRecords(actor, records.asked(values));
    return handed && { file: records.respond(handed.fileName, handed.records) };
  },
});

/** Decides on the ticked ones of those whose retention has ended: each has its own line in the log. */
export const disposalForm = defineForm(page, {
  fields: {
    records: custom((sent) => sent.all("record")),
    holdAnswer: custom((sent) => sent.text("holdAnswer")),
    reason: text("Why?", { hint: "Needed to keep them; it stays. Do not name anybody.", lines: 2 }),
    until: date("Keep until", "the day", "Only to keep them. You are asked again after it."),
  },
  body: ({ field, view: { register }, formState }) =>
    register && (
      <>
        {records.table(register, (record, named) =>
          isDue(record, register.found.today) ? (
            <TickBox
              name="record"
              value={`${record.reference} ${record.revision}`}
              isChosen={formState.isChosen("record", `${record.reference} ${record.revision}`)}
            >
              <span>{named}</span>
            </TickBox>
          ) : (
            named
          ),
        )}
        <HoldCheck nation={register.found.nation} formState={formState} />
        {field("reason")}
        {field("until")}
      </>
    ),
  button: (
    <Cluster>
      <Button name="then" value="dispose">
        Dispose of those ticked
      </Button>
      <Button name="then" value="keep" look="quiet">
        Keep those ticked longer
      </Button>
    </Cluster>
  ),
  async submit({ actor, values: { records: chosen, holdAnswer, reason, until }, form: sent }) {
    const isKept = sent.text("then") === "keep";
    const result = await decideOnRecords(actor, chosen, (reference, seen) =>
      isKept
        ? keepLonger(actor, reference, { seen, until, reason }, "reason")
        : disposeRecord(actor, reference, { seen, holdAnswer, reason }),
    );
    if (result.code !== "done") return result;
    const done = [
      ["standing", "due"],
      ["did", isKept ? "keep" : "dispose"],
      ["done", String(result.done)],
      ["already", String(result.left)],
    ];
    return { to: `/records?${new URLSearchParams(done).toString()}` };
  },
});

import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { current, custom, date, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, type Query, together, wholeQuery } from "#app/_portal/form/form.tsx";
import { HoldCheck } from "#app/_portal/hold-check.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Banner, Tag } from "#app/_ui/content.tsx";
import { Button, ButtonLine, Cluster, PageSection } from "#app/_ui/layout.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { CLASS_UNSURE, RECORD_STANDINGS } from "#domain/registers/record/record.ts";
import { clock } from "#server/base/clock.ts";
import * as service from "#server/registers/record/disposal-service.ts";
import {
  getOwnRecords,
  getRecordRegister,
  type ListedRecord,
  type RecordRegister,
} from "#server/registers/record/queries.ts";

/**
 * All records of the body, with the search that a request for information needs. Its file is handed out by a form,
 * which writes down who searched for what.
 */
const records = defineRegister<ListedRecord, RecordRegister>({
  path: "/records",
  caption: "Records found",
  one: "record",
  many: "records",
  search: "Words or reference",
  filters: {
    person: { label: "Person" },
    from: { label: "Said from", isDay: true },
    until: { label: "Said until", isDay: true },
    group: {
      label: "Group",
      choices: ({ groups }) => groups && Object.fromEntries(groups.map(({ reference, name }) => [reference, name])),
    },
    class: {
      label: "Class",
      choices: ({ schedule }) => ({
        ...Object.fromEntries(schedule.map(({ id, name }) => [id, name])),
        [CLASS_UNSURE]: "Not chosen yet",
      }),
    },
    standing: { label: "Standing", choices: RECORD_STANDINGS },
  },
  orders: { newest: "Newest first", oldest: "Oldest first", said: "By the day it was said" },
  columns: {
    Reference: column.reference("/records"),
    About: column.shown(
      (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
      ({ about }) => about,
    ),
    "Said on": column.day(({ saidOn }) => saidOn),
    Group: column.saved(({ group }) => group?.name ?? null),
    Chat: column.saved(({ chat }) => chat),
    "Who took part": column.saved(({ participants }) => participants),
    "What was said": column.saved(({ content }) => content),
    "Copied into": column.saved(({ system }) => system),
    "Found there as": column.saved(({ systemReference }) => systemReference),
    "Captured by": column.words(({ person }) => person.name),
    Class: column.shown((record) => (
      <>
        {record.className ?? "Not chosen yet"}{" "}
        {isDue(record, calendarDay(clock.now())) && <Tag tone="warning">Disposal is due</Tag>}
      </>
    )),
    "Retention class": column.saved(({ className }) => className),
    "Kept until": column.saved(({ keepUntil }) => keepUntil),
    "Captured on": column.savedMoment(({ capturedAt }) => capturedAt),
    "Deleted from the chat on": column.savedMoment(({ chatDeletedAt }) => chatDeletedAt),
    "Disposed of on": column.savedMoment(({ disposedAt }) => disposedAt),
    "Disposal decided by": column.saved(({ disposedBy }) => disposedBy?.name ?? null),
  },
  empty: "Nobody has captured a record yet.",
  read: getRecordRegister,
});

/** The reader's own records; for governance officers and auditors, first the body's register with a search. */
const page = definePage({
  path: "/records",
  suffix: wholeQuery,
  read: ({ actor, query }) =>
    together({ own: getOwnRecords(actor, readPageCursor(query, "own")), register: records.read(actor, query) }),
  heading: "Captured records",
  gap: "section",
  intro: (
    <>
      <p>
        What was said in a chat and matters to the organisation: noted here, kept in an approved system. A decision that
        was reached in a chat belongs here too.
      </p>
      <ButtonLine href="/records/new">Capture a record</ButtonLine>
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
    const handed = await service.exportRecords(actor, records.asked(values));
    return handed && { file: records.respond(handed.fileName, handed.records) };
  },
});

/** Decides on the ticked ones of those whose retention has ended: each has its own line in the log. */
const disposalForm = defineForm(page, {
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
    const result = await service.decideOnRecords(actor, chosen, (reference, seen) =>
      isKept
        ? service.keepLonger(actor, reference, { seen, until, reason }, "reason")
        : service.disposeRecord(actor, reference, { seen, holdAnswer, reason }),
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

export const { generateMetadata, Page, GET, POST } = formsPage(page, [disposalForm], (shown) => {
  const { own, register } = shown.view;
  const isFound = register !== null && register.page.rows.length > 0;
  return (
    <>
      {register && (
        <PageSection title="Search all records">
          <DoneWithMany query={shown.query} />
          {records.show(
            register,
            isFound && register.asked["standing"] === "due" && register.found.mayDispose
              ? disposalForm.show(shown)
              : undefined,
          )}
          {isFound && (
            <div className="no-print space-y-2">
              {exportForm.show(shown, { button: <Button look="quiet">Save all that was found as a CSV file</Button> })}
              <p className="text-small text-soft">The evidence records that you did, and what you searched for.</p>
            </div>
          )}
        </PageSection>
      )}
      <EntryList
        title={register && "Captured by you"}
        caption="Records that you captured"
        path="/records"
        list="own"
        page={own}
        pages="Pages of those captured by you"
        columns={{
          About: (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
          "Said on": ({ saidOn }) => dateInWords(saidOn),
          Class: ({ className }) => className ?? "Not chosen yet",
        }}
        empty="You have not captured anything yet. When a chat decides something, or somebody may ask for it later, capture it."
      />
    </>
  );
});

/** What was done with those ticked last: the figures of the address, which prove nothing by themselves. */
function DoneWithMany({ query: { did, done, already } }: { query: Query }) {
  const [changed, left] = [Number(done), Number(already)];
  if (typeof did !== "string" || !Number.isSafeInteger(changed) || !Number.isSafeInteger(left)) return null;
  const what = did === "keep" ? "kept longer" : "disposed of";
  return (
    <Banner
      tone={left > 0 ? "warning" : undefined}
      title={changed === 1 ? `One record is ${what}` : `${changed} records are ${what}`}
    >
      {left > 0 && (
        <p>
          {left === 1 ? "One was" : `${left} were`} left as before: there is a hold, there may be a request, or somebody
          else was faster.
        </p>
      )}
    </Banner>
  );
}

import { TextBefore } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { HoldCheck, DoNotDelete } from "#app/_portal/hold-check.tsx";
import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, ButtonLine, Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Banner, Confirmation, Steps, SummaryList, summaryRows, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Contact } from "#domain/policy/policy/body.ts";
import { RECORD_STEPS } from "#domain/registers/record/record.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { deleteChatCopy } from "#server/registers/record/disposal-service.ts";
import { getRecord, type RecordView } from "#server/registers/record/queries.ts";
import { recordRows } from "../record-rows.tsx";

const DONE = "You have captured the record";
const HELD =
  "Do not delete it, and nothing was recorded as deleted. Ask the governance officer first. If it is deleted already, tell them now.";

const page = definePage({
  path: "/records/[reference]",
  reference: "REC",
  async read({ actor, params, query, formState }) {
    const [record, body] = await Promise.all([getRecord(actor, params.reference), getOwnBody(actor)]);
    if (!record || !body) return null;
    const contact = body.contacts.find(({ id }) => id === "governance-officer") ?? body.contacts[0];
    return { record, contact, isDone: Boolean(query["done"]) && record.isMine && !formState.isReturned };
  },
  heading: ({ view, params }) => (view.isDone ? DONE : `Record ${params.reference}`),
  back: { href: "/records", label: "Captured records" },
  confirmation: ({ view, params }) => view.isDone && <Confirmation title={DONE} reference={params.reference} />,
});

const form = defineForm(page, {
  fields: { holdAnswer: custom((sent) => sent.text("holdAnswer")) },
  body: ({ view, formState }) => <HoldCheck nation={view.record.nation} formState={formState} />,
  button: <Button look="quiet">I have deleted it from the chat</Button>,
  submit: ({ actor, params, values }) => deleteChatCopy(actor, params.reference, values.holdAnswer),
  done({ code }, { path }) {
    if (code === "held") return { problems: [{ field: "holdAnswer", message: HELD }] };
    return code === "done" ? path : refused("The record has changed since you opened it. Send it again.");
  },
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { record, isDone, contact } = shown.view;
  const { disposedAt, disposedBy } = record;
  return (
    <>
      {isDone && <Next record={record} contact={contact} />}
      {record.isDue && !isDone && <Due record={record} />}
      {disposedAt && disposedBy ? (
        <KeptOfDisposed record={record} disposedAt={disposedAt} disposedBy={disposedBy.name} />
      ) : (
        <>
          {record.isMine && !record.chatDeletedAt && <ChatCopy record={record}>{form.show(shown)}</ChatCopy>}
          <TheRecord record={record} />
        </>
      )}
      {!isDone && <RecordHistory history={record.history} />}
    </>
  );
});

type KeptOfDisposedProps = { record: RecordView; disposedAt: Date; disposedBy: string };

const KeptOfDisposed = ({ record, disposedAt, disposedBy }: KeptOfDisposedProps) => (
  <>
    <p>Its text was erased when its time was over. This is what is kept of it.</p>
    <SummaryList
      rows={{
        "Said on": dateInWords(record.saidOn),
        Group: record.group && <bdi>{record.group.name}</bdi>,
        "Retention class": record.className ?? "None was chosen",
        "Kept until": record.keepUntil && dateInWords(record.keepUntil),
        "Captured on": <Moment at={record.capturedAt} />,
        "Disposed of on": <Moment at={disposedAt} />,
        "Decided by": disposedBy,
      }}
    />
  </>
);

const TheRecord = ({ record }: { record: RecordView }) => (
  <PageSection title="The record">
    <SummaryList
      rows={[
        ...recordRows(record),
        ...summaryRows({
          "Captured for": record.request?.reference,
          "Captured by": record.isMine ? "You" : record.person.name,
          "On behalf of": record.principal?.name,
          "Captured on": <Moment at={record.capturedAt} />,
          "Copy in the chat": record.chatDeletedAt ? (
            <>
              Deleted, <Moment at={record.chatDeletedAt} />
            </>
          ) : (
            "Not deleted, as far as is recorded"
          ),
          "Checked before": record.policy && (
            <Link href={`/policies/${record.policy}/versions/${record.version ?? ""}`}>
              {record.policyTitle}, version {record.version}
            </Link>
          ),
        }),
      ]}
    />
    {record.mayCorrect && (
      <ButtonLine href={`/records/${record.reference}/correct`} look="quiet">
        Correct the record
      </ButtonLine>
    )}
  </PageSection>
);

const Next = ({ record: { keepUntil }, contact }: { record: RecordView; contact: Contact | undefined }) => (
  <PageSection title="What happens next">
    <ul>
      <li>Governance officers find it when somebody asks for information.</li>
      <li>
        {keepUntil
          ? `After ${dateInWords(keepUntil)} an officer decides whether it goes.`
          : "It is kept until an officer decides otherwise."}
      </li>
      <li>
        It is among <Link href="/records">your captured records</Link>. You can correct it; the earlier text is kept.
      </li>
      {contact && (
        <li>{`If you have a question, ask: ${contact.name}${contact.address ? `, ${contact.address}` : ""}.`}</li>
      )}
    </ul>
  </PageSection>
);

const Due = ({ record: { reference, keepUntil, mayDispose } }: { record: RecordView }) => (
  <Banner title="Its time is over">
    <p>
      It had to be kept until {keepUntil && dateInWords(keepUntil)}.{" "}
      {mayDispose ? (
        <Link href={`/records/${reference}/disposal`}>Dispose of it, or keep it longer</Link>
      ) : (
        "Whoever acts as governance officer decides whether it goes."
      )}
    </p>
  </Banner>
);

/** Whether the message may be deleted from the chat now that the record is safe, and that it was. */
const ChatCopy = ({ record, children }: { record: RecordView; children: React.ReactNode }) => (
  <section id="chat-copy" aria-labelledby="chat-copy-title" className="no-print">
    <Stack>
      <h2 id="chat-copy-title">The copy in the chat</h2>
      {record.holds.length > 0 ? (
        <DoNotDelete holds={record.holds} />
      ) : (
        <>
          <p>
            You do not have to delete it. If your policy lets you, and the text is safe in {<bdi>{record.system}</bdi>},
            ask yourself this first.
          </p>
          {children}
        </>
      )}
    </Stack>
  </section>
);

const FIELD_NAMES = {
  about: "What it is about",
  saidOn: "Said on",
  saidTime: "At",
  method: "How it was copied",
  group: "Group",
  chat: "Chat",
  participants: "Who took part",
  content: "What was said",
  system: "Copied into",
  systemReference: "Found there as",
  className: "Retention class",
  eventOn: "Counts from",
  keepUntil: "Kept until",
};

/** What was done with a record, oldest first; for a correction, the previous values. */
const RecordHistory = ({ history }: Pick<RecordView, "history">) => (
  <PageSection title="History">
    <Steps
      items={history.map(({ at, by, step, reason, before }) => ({
        title: RECORD_STEPS[step],
        when: <Moment at={at} />,
        who: by,
        children: (reason !== null || before !== null) && (
          <>
            {reason !== null && <UserText>{reason}</UserText>}
            {before !== null && <TextBefore summary="Earlier text" before={before} names={FIELD_NAMES} />}
          </>
        ),
      }))}
    />
  </PageSection>
);

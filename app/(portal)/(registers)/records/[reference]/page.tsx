import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoNotDelete, HoldCheck } from "#app/_hold/hold-check.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Contact } from "#domain/policy/policy/body.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { getRecord, type RecordView } from "#server/registers/record/queries.ts";
import { recordRows } from "../record-rows.tsx";
import { RecordHistory } from "./history.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const DONE = "You have captured the record";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: page.isDone ? DONE : `${page.refill.titlePrefix}Record ${page.record.reference}` };
}

/** One record: what it says, what became of the copy in the chat, and its history; of one disposed of, the log. */
export default async function RecordPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, record, refill, isDone, contact } = page;
  const { reference, disposedAt, disposedBy } = record;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        {isDone ? (
          <Confirmation title={DONE} reference={reference} />
        ) : (
          <Stack>
            <BackLink href="/records">Captured records</BackLink>
            <ErrorSummary errors={[...refill.problems]} />
            <PageHeading>Record {reference}</PageHeading>
          </Stack>
        )}
        {isDone && <Next record={record} contact={contact} />}
        {record.isDue && !isDone && <Due record={record} />}
        {disposedAt && disposedBy ? (
          <>
            <p>Its text was erased when its time was over. This is what is kept of it.</p>
            <SummaryList
              rows={[
                { term: "Said on", value: dateInWords(record.saidOn) },
                ...(record.group ? [{ term: "Group", value: <bdi>{record.group.name}</bdi> }] : []),
                { term: "Retention class", value: record.className ?? "None was chosen" },
                ...(record.keepUntil ? [{ term: "Kept until", value: dateInWords(record.keepUntil) }] : []),
                { term: "Captured on", value: <Moment at={record.capturedAt} /> },
                { term: "Disposed of on", value: <Moment at={disposedAt} /> },
                { term: "Decided by", value: disposedBy.name },
              ]}
            />
          </>
        ) : (
          <>
            {record.isMine && <ChatCopy actor={actor} record={record} refill={refill} />}
            <Stack as="section">
              <h2>The record</h2>
              <SummaryList
                rows={[
                  ...recordRows(record),
                  { term: "Captured by", value: record.isMine ? "You" : record.person.name },
                  { term: "Captured on", value: <Moment at={record.capturedAt} /> },
                  {
                    term: "Copy in the chat",
                    value: record.chatDeletedAt ? (
                      <>
                        Deleted, <Moment at={record.chatDeletedAt} />
                      </>
                    ) : (
                      "Not deleted, as far as is recorded"
                    ),
                  },
                  ...(record.policy
                    ? [
                        {
                          term: "Checked before",
                          value: (
                            <Link href={`/policies/${record.policy}/versions/${record.version ?? ""}`}>
                              {record.policyTitle}, version {record.version}
                            </Link>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
              {record.mayCorrect && (
                <p className="no-print">
                  <ButtonLink href={`/records/${reference}/correct`} look="quiet">
                    Correct the record
                  </ButtonLink>
                </p>
              )}
            </Stack>
          </>
        )}
        {!isDone && <RecordHistory history={record.history} />}
      </Stack>
    </PortalPage>
  );
}

function Next({ record: { keepUntil }, contact }: { record: RecordView; contact: Contact | undefined }) {
  return (
    <Stack as="section">
      <h2>What happens next</h2>
      <ul>
        <li>Governance officers find it when somebody asks for information.</li>
        <li>
          {keepUntil
            ? `After ${dateInWords(keepUntil)} an officer decides whether it goes.`
            : "It is kept until an officer decides otherwise."}
        </li>
        <li>
          It is among <Link href="/records">your captured records</Link>. You can correct it; what stood before is kept.
        </li>
        {contact && (
          <li>{`If you have a question, ask: ${contact.name}${contact.address ? `, ${contact.address}` : ""}.`}</li>
        )}
      </ul>
    </Stack>
  );
}

function Due({ record: { reference, keepUntil, mayDispose } }: { record: RecordView }) {
  return (
    <Banner title="Its time is over">
      <p>
        It was to be kept until {keepUntil && dateInWords(keepUntil)}.{" "}
        {mayDispose ? (
          <Link href={`/records/${reference}/disposal`}>Dispose of it, or keep it longer</Link>
        ) : (
          "A governance officer decides whether it goes."
        )}
      </p>
    </Banner>
  );
}

/** Whether the message may go from the chat now that the record is safe, and that it went. */
function ChatCopy({ actor, record, refill }: { actor: Actor; record: RecordView; refill: Refill }) {
  if (record.chatDeletedAt) return null;
  return (
    <section id="chat-copy" aria-labelledby="chat-copy-title" className="no-print">
      <Stack>
        <h2 id="chat-copy-title">The copy in the chat</h2>
        {record.holds.length > 0 ? (
          <DoNotDelete holds={record.holds} />
        ) : (
          <>
            <p>
              You need not delete it. If your policy lets you, and the text is safe in {<bdi>{record.system}</bdi>}, ask
              yourself this first.
            </p>
            <PostForm actor={actor} action={`/records/${record.reference}/send`}>
              <HoldCheck
                nation={record.nation}
                chosen={refill.value("holdAnswer")}
                error={refill.errorOf("holdAnswer")}
              />
              <Button look="quiet">I have deleted it from the chat</Button>
            </PostForm>
          </>
        )}
      </Stack>
    </section>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const [record, body] = await Promise.all([getRecord(actor, (await params).reference), getOwnBody(actor)]);
  if (!record || !body) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/records/${record.reference}`);
  const contact = body.contacts.find(({ id }) => id === "governance-officer") ?? body.contacts[0];
  return {
    actor,
    record,
    refill,
    isDone: Boolean(done) && record.isMine && !refill.isRefilled,
    contact,
  };
}

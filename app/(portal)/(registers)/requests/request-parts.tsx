import { Moment } from "#app/_portal/portal-page.tsx";
import { Link, Stack } from "#app/_ui/layout.tsx";
import { DataTable, SummaryList, Tag, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import {
  PAUSE_REASONS,
  REQUEST_KINDS,
  REQUEST_STATES,
  REQUEST_STEPS,
  type RequestState,
} from "#domain/registers/information-request/information-request.ts";
import { GONE_REASONS, hoursInWords, SEARCH_ANSWERS } from "#domain/registers/information-request/search-request.ts";
import { clock } from "#server/base/clock.ts";
import type { RequestFile, RequestView, SearchView } from "#server/registers/information-request/queries.ts";

/** Shown in place of what people wrote, to auditors. */
const NO_TEXT = "Not shown to auditors";

/** The words of a code; the code itself where it is of an older list. */
const wordsOf = (list: Readonly<Record<string, string>>, code: string | null): string =>
  code === null ? "" : (list[code] ?? code);

export const RequestStateTag = ({ state, isLate }: { state: RequestState; isLate: boolean }) =>
  state === "open" && isLate ? (
    <Tag tone="warning">Overdue</Tag>
  ) : (
    <Tag tone={state === "open" ? "good" : "neutral"}>{REQUEST_STATES[state]}</Tag>
  );

/** What came in, its clock and who looks after it. */
export function RequestFacts({ request }: { request: RequestView }) {
  const { kind, state, receivedOn, due, acknowledgedOn, closedOn, texts, isOwn, file } = request;
  const isLate = due !== null && (closedOn ?? calendarDay(clock.now())) > due;
  const dueWords = due === null ? "No day is set" : dateInWords(due);
  const isWaiting = kind === "complaint" && acknowledgedOn === null && closedOn === null;
  return (
    <SummaryList
      rows={{
        State: <RequestStateTag state={state} isLate={isLate} />,
        Kind: REQUEST_KINDS[kind].label,
        "Who asks": !isOwn && whoAsks(request),
        [kind === "complaint" ? "What happened" : "What is asked"]: texts ? (
          <UserText>{texts.asked}</UserText>
        ) : (
          NO_TEXT
        ),
        "Came in": dateInWords(receivedOn),
        Acknowledged: kind === "complaint" && (acknowledgedOn ? dateInWords(acknowledgedOn) : "Not yet"),
        [isWaiting ? "Acknowledge by" : "Last day"]:
          state === "paused" ? `The clock is stopped. If it went on today: ${dueWords}` : dueWords,
        [REQUEST_STATES[state]]: closedOn !== null && `${dateInWords(closedOn)}${isLate ? ", late" : ""}`,
        "What came of it": texts?.outcome && <UserText>{texts.outcome}</UserText>,
        "Handled by": file && <Handler file={file} />,
      }}
    />
  );
}

function whoAsks({ file, texts }: RequestView) {
  if (file?.complainant) return `${file.complainant}, about their own data`;
  return texts ? <bdi>{texts.requester}</bdi> : NO_TEXT;
}

function Handler({ file: { handler } }: { file: RequestFile }) {
  if (!handler) return <Tag tone="warning">Nobody yet</Tag>;
  return handler.isThere ? handler.name : `${handler.name}, who is not there: anybody who may can take it`;
}

/** The hold it placed, and the law of its kind. */
export function RequestHold({ request: { kind, body }, file: { hold } }: { request: RequestView; file: RequestFile }) {
  return (
    <>
      <p>
        {hold ? (
          <>
            <Link href={`/holds/${hold.reference}`}>{hold.reference}</Link>, since <Moment at={hold.placedAt} />
            {hold.endedAt ? ", ended " : ", in force"}
            {hold.endedAt && <Moment at={hold.endedAt} />}.
          </>
        ) : (
          "No hold was placed for it."
        )}
      </p>
      <p className="text-small text-soft">{lawOnDeleting(body, kind)}</p>
    </>
  );
}

/** When its clock did not count, and why. */
export const RequestPauses = ({ pauses }: Pick<RequestFile, "pauses">) =>
  pauses.length === 0 ? null : (
    <ul>
      {pauses.map(({ why, words, firstDay, lastDay }) => (
        <li key={firstDay}>
          {wordsOf(PAUSE_REASONS, why)}: from {dateInWords(firstDay)}
          {lastDay ? ` to ${dateInWords(lastDay)}` : ", still stopped"}. <bdi>{words}</bdi>
        </li>
      ))}
    </ul>
  );

/** The time that all searches took, as part of what the law allows. */
export function SearchHours({ file: { minutes, limit } }: { file: RequestFile }) {
  if (!limit) return <p>Searching took {hoursInWords(minutes)}. The law sets no cost limit for this kind.</p>;
  const over = minutes > limit.hours * 60;
  return (
    <p>
      Searching took {hoursInWords(minutes)} of {limit.hours} (£{limit.pounds}).{" "}
      {over && <Tag tone="warning">Over the cost limit</Tag>}{" "}
      <span className="text-small text-soft">{limit.source}. Check the figures with your legal team.</span>
    </p>
  );
}

/** Who was asked to search, when and for what, and what each answered. */
export const SearchTable = ({ searches }: Pick<RequestFile, "searches">) => (
  <DataTable
    caption="Who was asked to search"
    columns={{
      Who: ({ person }) => `${person.name}${person.hasLeft ? ", who has left" : ""}`,
      Asked: ({ askedAt, askedBy }) => (
        <>
          <Moment at={askedAt} /> by {askedBy}
        </>
      ),
      "For what": ({ what }) => (what ? <What what={what} /> : NO_TEXT),
      Answer: (search) => <Answers search={search} />,
      Minutes: { numeric: true, cell: ({ answers }) => answers.at(-1)?.minutes ?? "" },
    }}
    rows={searches}
    empty="Nobody was asked to search."
  />
);

/** What somebody was asked to look for, where and from when to when. */
export function What({ what }: { what: NonNullable<SearchView["what"]> }) {
  const { lookFor, chats, apps, devices, firstDay, lastDay } = what;
  const rows = [
    ["Chats", chats],
    ["Apps", apps],
    ["Devices", devices],
    ["From", firstDay && dateInWords(firstDay)],
    ["Until", lastDay && dateInWords(lastDay)],
  ] as const;
  return (
    <>
      <UserText>{lookFor}</UserText>
      {rows.map(
        ([term, value]) =>
          value && (
            <p key={term} className="text-small">
              {term}: <bdi>{value}</bdi>
            </p>
          ),
      )}
    </>
  );
}

function Answers({ search: { answers, endedAt, answerBy, what } }: { search: SearchView }) {
  if (answers.length === 0)
    return endedAt ? (
      <>
        Taken back on <Moment at={endedAt} />. <bdi>{what?.endReason}</bdi>
      </>
    ) : (
      `Waits, asked for by ${dateInWords(answerBy)}`
    );
  return (
    <Stack gap="tight">
      {answers.toReversed().map(({ position, answer, gone, words, answeredAt, statement, inPlace }, nth) => (
        <div key={position} className={nth > 0 ? "text-small text-soft" : ""}>
          {nth > 0 && "Before it was corrected: "}
          {wordsOf(SEARCH_ANSWERS, answer)}
          {gone && `: ${wordsOf(GONE_REASONS, gone).toLowerCase()}`}, <Moment at={answeredAt} />
          {inPlace && (
            <>
              , by <bdi>{inPlace}</bdi> in their place
            </>
          )}
          {words !== "" && <UserText>{words}</UserText>}
          {nth === 0 && <p className="text-small text-soft">Stated: “{statement}”</p>}
        </div>
      ))}
    </Stack>
  );
}

/** The records that were captured for it. */
export const RequestRecords = ({ records }: Pick<RequestFile, "records">) =>
  records.length === 0 ? (
    <p>No record was captured for it.</p>
  ) : (
    <ul>
      {records.map(({ reference, about }) => (
        <li key={reference}>
          <Link href={`/records/${reference}`}>{reference}</Link> <bdi>{about}</bdi>
        </li>
      ))}
    </ul>
  );

/** Everything that was done with it, the oldest first. */
export const RequestHistory = ({ history }: Pick<RequestFile, "history">) => (
  <ul>
    {history.map(({ at, by, step, reason }, nth) => (
      <li key={nth}>
        <Moment at={at} />: {wordsOf(REQUEST_STEPS, step)}, {by}
        {reason && <UserText>{reason}</UserText>}
      </li>
    ))}
  </ul>
);

import { shownCountInWords } from "#app/_portal/count-words.ts";
import { definePage, lastOf, type Query, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { ColumnChart } from "#app/_ui/column-chart.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { TextField } from "#app/_ui/fields.tsx";
import { Button, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { addDays, dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { type Board, type BoardMonth, getBoard, type WrongBoardDay } from "#server/gather/board/queries.ts";
import { PolicySection, shortDay } from "./policy-section.tsx";

const HEADING = "The board’s report";

const ON_PAPER =
  "print:[page:receipt] print:text-[8pt] print:leading-[1.2] print:[--text-lead:9pt] print:[--text-small:7pt] print:[--text-title:14pt] print:**:max-w-none print:[&_td]:py-0 print:[&_th]:py-0";

/** What the board sees: shares, times and counts as they were at the end of a day, without names. */
const page = definePage({
  path: "/board",
  read: ({ actor, query }) => getBoard(actor, lastOf(query, "on")),
  heading: HEADING,
  title: ({ view }) => ("wrong" in view ? `Error: ${HEADING}` : `${HEADING} of ${dateInWords(view.day)}`),
});

const { generateMetadata, Page } = showPage(page, ({ actor, query, view: board }) => (
  <PortalPage actor={actor} gap="section">
    <DayChoice typed={lastOf(query, "on") ?? ""} wrong={"wrong" in board ? board.wrong : null} />
    {"wrong" in board ? null : <Report board={board} query={query} />}
  </PortalPage>
));
export { generateMetadata, Page as default };

const Report = ({ board, query }: { board: Board; query: Query }) => (
  <div data-paper="" className={`space-y-8 print:space-y-3 ${ON_PAPER}`}>
    <Stack gap="tight">
      <h2>
        {HEADING}: {board.bodyName}, {dateInWords(board.day)}
      </h2>
      <p>{board.isToday ? "As it is today." : "As it was at the end of that day."} Small numbers are not shown.</p>
    </Stack>
    {board.policies.length === 0 && <p>No policy has asked for answers yet.</p>}
    {board.policies.map((policy) => (
      <PolicySection
        key={policy.slug}
        policy={policy}
        moments={board.moments}
        day={board.day}
        cursor={readPageCursor(query, policy.slug)}
      />
    ))}
    <EventsSection board={board} />
    <Foot board={board} />
  </div>
);

/** What cannot be known of a past day, and where the chain stood. */
const Foot = ({ board: { head } }: { board: Board }) => (
  <div className="max-w-text space-y-1 text-small wrap-anywhere text-soft">
    <p>
      Employers, teams and first days are today’s, because they are not kept by day. The same goes for the ends of
      exceptions, who is in a chat group, when the body knew of an accident, and whom a campaign asks, by when and for
      which share. Answers past their retention time are not included. An answer on paper counts from the day it was
      recorded, and not at all once that was withdrawn. Reports that are kept from somebody are not counted.
    </p>
    <p>
      {head.position === 0
        ? "No evidence was recorded by then."
        : `Evidence row ${head.position} was the last by then: ${head.hash}`}
    </p>
  </div>
);

const WRONG_WORDS = {
  "no-day": "Enter a day that exists, such as 2026-03-31.",
  future: "Enter today or an earlier day.",
} as const satisfies Record<WrongBoardDay, string>;

const DayChoice = ({ typed, wrong }: { typed: string; wrong: WrongBoardDay | null }) => (
  <div className="no-print space-y-5">
    <PageHeading>{HEADING}</PageHeading>
    <form action="/board" method="get" noValidate className="space-y-5">
      <TextField
        name="on"
        label="Day"
        hint="Year, month and day, for example 2026-03-31. The report shows how things stood at the end of that day."
        width="short"
        autoComplete="off"
        defaultValue={typed}
        error={wrong ? WRONG_WORDS[wrong] : undefined}
      />
      <Button look="quiet">Show that day</Button>
    </form>
    <PrintButton />
  </div>
);

/** Exceptions, accidents and clear-downs, month by month: two charts and their table. */
function EventsSection({ board }: { board: Board }) {
  const { months, exceptionsApproved, exceptionsDeclined } = board;
  return (
    <PageSection title="Exceptions, breaches and clear-downs">
      <p>
        {`Exceptions approved since ${dateInWords(months[0]?.from ?? board.day)}: ${shownCountInWords(exceptionsApproved)}. Declined: ${shownCountInWords(exceptionsDeclined)}.`}
      </p>
      <div className="grid gap-6 md:grid-cols-2 print:grid-cols-2 print:gap-4">
        <EventChart
          id="breaches"
          title="Possible breaches of personal data"
          months={months}
          of={(one) => one.breaches}
        />
        <EventChart id="missed" title="Clear-downs missed" months={months} of={(one) => one.missedClearDowns} />
      </div>
      <DataTable
        caption="Month by month"
        columns={{
          Month: (one) => monthInWords(one),
          "Exceptions in force at its end": { numeric: true, cell: (one) => shownCountInWords(one.exceptionsInForce) },
          "Exceptions waiting at its end": { numeric: true, cell: (one) => shownCountInWords(one.exceptionsWaiting) },
          Accidents: { numeric: true, cell: (one) => one.accidents },
          "Possible breaches": { numeric: true, cell: (one) => one.breaches },
          "Clear-downs missed": { numeric: true, cell: (one) => one.missedClearDowns },
        }}
        rows={months}
      />
    </PageSection>
  );
}

type EventChartProps = { id: string; title: string; months: readonly BoardMonth[]; of: (month: BoardMonth) => number };

function EventChart({ id, title, months, of }: EventChartProps) {
  const counts = months.map(of);
  if (counts.every((count) => count === 0))
    return (
      <div className="space-y-2">
        <h3>{title}</h3>
        <p>None in these months.</p>
      </div>
    );
  return (
    <div className="space-y-2">
      <h3>{title}</h3>
      <ColumnChart
        id={`board-${id}`}
        label={`${title} by month; the numbers are in the table below.`}
        most={Math.max(...counts)}
        columns={months.map((month, at) => ({
          label: shortDay(month.until, false),
          text: String(counts[at] ?? 0),
          value: counts[at] ?? 0,
        }))}
      />
    </div>
  );
}

/** "March 2027", or "1 March 2027 to 15 March 2027" for a part of one. */
function monthInWords({ from, until }: BoardMonth): string {
  const isWhole = addDays(until, 1).slice(0, 7) !== until.slice(0, 7);
  return isWhole ? dateInWords(from.slice(0, 7)) : `${dateInWords(from)} to ${dateInWords(until)}`;
}

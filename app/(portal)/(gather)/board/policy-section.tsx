import { PageLinks, BY_NAME } from "#app/_portal/portal-page.tsx";
import { NO_TEAM, shownCountInWords } from "#app/_portal/count-words.ts";
import { ColumnChart } from "#app/_ui/column-chart.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { addDays, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { pageOf, type PageCursor } from "#domain/base/list/page.ts";
import {
  percentInWords,
  reachesTarget,
  type ShownShare,
  standingInWords,
  timesInWords,
} from "#domain/gather/board/share.ts";
import { SUPPRESSED_WORDS } from "#domain/policy/acknowledgement/suppression.ts";
import { DECLINE_THEMES } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { BoardPolicy, SharesOverTime } from "#server/gather/board/queries.ts";

type Props = { policy: BoardPolicy; moments: readonly DayEnd[]; day: string; cursor: PageCursor };

const TEAMS_A_PAGE = 12;

/** How one policy is answered: over time against the target, by employer and team, how fast, and why people decline. */
export function PolicySection({ policy, moments, day, cursor }: Props) {
  const { slug, title, version, isDraft, target, all, employers, teams } = policy;
  const now = all.at(-1) ?? null;
  const page = pageOf(teams, ({ key }) => key, cursor, TEAMS_A_PAGE);
  const areSeveral = employers.length > 1;
  return (
    <Stack as="section">
      <h2>
        {title}, version {version}
        {isDraft ? ", a draft" : ""}
      </h2>
      <p>
        {standingInWords(now, target)} {timesInWords(policy.times)}
      </p>
      <div className={BESIDE}>
        <div className="space-y-4 print:space-y-1">
          <ShareChart policy={policy} moments={moments} />
          <MonthTable policy={policy} moments={moments} />
        </div>
        <div className="space-y-6 print:space-y-2">
          {areSeveral && <ShareTable caption="By employer" moments={moments} target={target} rows={employers} />}
          <ShareTable
            caption="By team"
            moments={moments}
            target={target}
            rows={page.rows.map(({ employer, name, shares }) => ({
              name: areSeveral ? `${name ?? NO_TEAM}, ${employer}` : (name ?? NO_TEAM),
              shares,
            }))}
          />
          <PageLinks
            label={`Teams on “${title}”`}
            page={page}
            path="/board"
            filters={[["on", day]]}
            list={slug}
            words={BY_NAME}
          />
          <DeclineTable policy={policy} />
        </div>
      </div>
    </Stack>
  );
}

const ShareChart = ({ policy: { slug, title, target, all }, moments }: Pick<Props, "policy" | "moments">) => (
  <ColumnChart
    id={`board-${slug}`}
    label={`Share of people who have accepted “${title}”, by month; the numbers are in the table below.`}
    most={100}
    line={{ value: target, words: `target: ${target}%` }}
    legend={["Target reached", "Target not reached"]}
    columns={all.map((shown, at) => ({
      label: labelOf(moments[at], at === all.length - 1),
      text: textOf(shown),
      value: shown?.share?.percent ?? null,
      isMarked: reachesTarget(shown?.share ?? null, target) === false,
    }))}
  />
);

const MonthTable = ({ policy: { title, target, all }, moments }: Pick<Props, "policy" | "moments">) => (
  <DataTable
    caption={`People who have accepted “${title}”, at the end of each month`}
    columns={{
      "At the end of": ({ day }) => dateInWords(day),
      People: { numeric: true, cell: ({ shown }) => shown.people ?? "not shown" },
      Accepted: { numeric: true, cell: ({ shown }) => shownCountInWords(shown.accepted) },
      Share: { numeric: true, cell: ({ shown }) => shareInWords(shown) },
      [`Target ${target}%`]: ({ shown }) => targetInWords(shown, target),
    }}
    rows={all.flatMap((shown, at) => (shown === null ? [] : [{ day: moments[at]?.day ?? "", shown }]))}
  />
);

function DeclineTable({ policy: { declines, declinesInAll } }: Pick<Props, "policy">) {
  // Where all of them are few, each theme has few, too.
  if (declinesInAll.kind !== "shown") return <p>Declines: {shownCountInWords(declinesInAll)}.</p>;
  return (
    <DataTable
      caption={`Declines by theme: ${shownCountInWords(declinesInAll)} in all`}
      captionHidden={false}
      columns={{
        "What the decline is about": ({ theme }) => (theme === null ? "Not sorted yet" : DECLINE_THEMES[theme]),
        People: { numeric: true, cell: ({ count }) => shownCountInWords(count) },
      }}
      rows={declines}
    />
  );
}

/** On a sheet of paper, over time stands beside by team. */
const BESIDE = "space-y-6 print:grid print:grid-cols-2 print:gap-x-6 print:space-y-0";

type ShareRow = { name: string; shares: SharesOverTime };

function ShareTable(props: { caption: string; moments: readonly DayEnd[]; target: number; rows: readonly ShareRow[] }) {
  const { caption, moments, target, rows } = props;
  const last = moments.length - 1;
  // Days on which nobody was asked yet tell nothing.
  const shownAt = [0, last - 3, last - 1, last].filter((at) => at === last || rows.some(({ shares }) => shares[at]));
  return (
    <DataTable
      caption={caption}
      captionHidden={false}
      empty="Nobody is in the directory."
      columns={{
        [caption.slice(3, 4).toUpperCase() + caption.slice(4)]: ({ name }) => name,
        ...Object.fromEntries(
          shownAt.map((at) => [
            dateInWords(moments[at]?.day ?? ""),
            { numeric: true, cell: ({ shares }: ShareRow) => shareInWords(shares[at] ?? null) },
          ]),
        ),
        [`Target ${target}%`]: ({ shares }) => targetInWords(shares.at(-1) ?? null, target),
      }}
      rows={rows}
    />
  );
}

function targetInWords(shown: ShownShare | null, target: number): string {
  const reaches = reachesTarget(shown?.share ?? null, target);
  if (reaches === null) return "–";
  return reaches ? "Reached" : "Not reached";
}

const labelOf = (moment: DayEnd | undefined, isLast: boolean): string =>
  !moment ? "" : shortDay(moment.day, isLast && addDays(moment.day, 1).slice(0, 7) === moment.day.slice(0, 7));

/** In a chart there is room for a number only. */
function textOf(shown: ShownShare | null): string {
  if (!shown?.share) return "–";
  const sign = { exact: "", "at-least": "≥", "at-most": "≤" } as const;
  return `${sign[shown.share.kind]}${shown.share.percent}`;
}

/** "Mar" for the end of a month, "15 Mar" for a day within it. @param day YYYY-MM-DD */
export function shortDay(day: string, isWithin: boolean): string {
  const [date = "", month = ""] = dateInWords(day).split(" ");
  return isWithin ? `${date} ${month.slice(0, 3)}` : month.slice(0, 3);
}

/** A share as a reader may see it; null where there was nothing to answer yet. */
function shareInWords(shown: ShownShare | null): string {
  if (shown === null) return "not served yet";
  return shown.share === null ? SUPPRESSED_WORDS.hidden : percentInWords(shown.share);
}

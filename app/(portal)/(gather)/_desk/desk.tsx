import { CardGrid, Link, LinkLine, LinkList, PageSection, Panel } from "#app/_ui/layout.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { type Actor, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { dueInWords, isOverdue, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { timeLeft } from "#domain/base/calendar/time-left.ts";
import { clock } from "#server/base/clock.ts";
import type { DeskFigures } from "#server/gather/desk/queries.ts";
import { deskPartsOf, type DeskPart, type DeskPartName } from "./desk-parts.ts";

interface DeskProps {
  actor: Actor;
  figures: DeskFigures;
  tasks: readonly Task[];
  /** Titles of the timed work whose last attempt failed; null for those who may not know. */
  failedJobs: readonly string[] | null;
  daysOff: ReadonlySet<string>;
}

/** What waits for somebody in all their roles, with its clocks and figures, and each register one step away. */
export function Desk({ actor, figures, tasks, failedJobs, daysOff }: DeskProps) {
  const parts = deskPartsOf(actor);
  const roles = actor.roles.filter((role) => role !== "employee").map((role) => ROLE_NAMES[role]);
  const figuresOf = partFigures(figures, failedJobs);
  return (
    <PageSection title="Your desk">
      <p className="text-soft">{roles.join(", ")}</p>
      <CardGrid>
        {parts.map((part) => (
          <Panel key={part.name} title={part.title} headingLevel={3}>
            <Waiting part={part} tasks={tasks} daysOff={daysOff} hasFigures={figuresOf[part.name] !== null} />
            {figuresOf[part.name]}
            <LinkList links={part.pages} />
          </Panel>
        ))}
      </CardGrid>
    </PageSection>
  );
}

type WaitingProps = Pick<DeskProps, "tasks" | "daysOff"> & { part: DeskPart; hasFigures: boolean };

/** How many of the reader's tasks are about it, and the one to begin with; nothing where the figures say enough. */
function Waiting({ part, tasks, daysOff, hasFigures }: WaitingProps) {
  const own = tasks.filter(({ kind }) => part.kinds.includes(kind));
  const [next] = own;
  if (part.kinds.length === 0 || (!next && hasFigures)) return null;
  if (!next) return <p className="text-soft">Nothing is waiting for you here.</p>;
  const now = clock.now();
  const count = tasks.length > MOST_TASKS ? `${own.length} or more` : String(own.length);
  return (
    <div className="space-y-1.5">
      <p>{own.length === 1 ? "One thing is waiting for you:" : `${count} things are waiting for you. The first:`}</p>
      <LinkLine href={next.href}>{next.title}</LinkLine>
      <p>
        <Tag tone={isOverdue(next, now) ? "warning" : "neutral"}>{dueInWords(next, now, daysOff)}</Tag>
      </p>
    </div>
  );
}

const partFigures = (
  figures: DeskFigures,
  failedJobs: DeskProps["failedJobs"],
): Record<DeskPartName, React.ReactNode> => ({
  incidents: figures.cases && <CaseFigures cases={figures.cases} />,
  requests: figures.informationRequests && <OpenRequestFigures counts={figures.informationRequests} />,
  exceptions: figures.requests && <RequestFigures requests={figures.requests} />,
  answers: <AnswerFigures figures={figures} />,
  groups: <GroupFigures figures={figures} />,
  policy: null,
  portal: <PortalFigures undelivered={figures.undeliveredMail} failedJobs={failedJobs} />,
  evidence: null,
});

/** The open cases by how many hours are left of the 72. */
function CaseFigures({ cases }: { cases: NonNullable<DeskFigures["cases"]> }) {
  const { all, over, oneDay, twoDays, later, other, unopened, reference, deadline } = cases;
  if (all === 0) return <p>No case is open.</p>;
  const first = deadline && timeLeft(deadline, clock.now());
  return (
    <>
      <p>
        {counted(all, "open case")}, {unopened === 0 ? "all opened" : `${unopened} not opened yet`}
        {other > 0 && `; ${other} without a running clock`}.
      </p>
      {first && reference && (
        <p>
          <Link href={`/incidents/${reference}`}>{reference}</Link>: {`the 72 hours: ${first.words}`}
        </p>
      )}
      {all > other && (
        <StackedBar
          id="cases"
          label={`Cases to decide on: ${over} past the 72 hours, ${oneDay} with up to a day left, ${twoDays} with up to two, ${later} with more.`}
          parts={[
            { key: "over", label: "Past the 72 hours", tone: "warning" },
            { key: "oneDay", label: "Up to 24 hours left", tone: "warning" },
            { key: "twoDays", label: "Up to 48", tone: "accent" },
            { key: "later", label: "More", tone: "good" },
          ]}
          rows={[{ label: "To decide", values: { over, oneDay, twoDays, later } }]}
        />
      )}
    </>
  );
}

/** The open information requests and complaints, and the one that is due first. */
function OpenRequestFigures({ counts }: { counts: NonNullable<DeskFigures["informationRequests"]> }) {
  const { all, overdue, paused, next } = counts;
  if (all === 0) return <p>No request is open.</p>;
  return (
    <>
      <p>
        {counted(all, "open request")}, {overdue === 0 ? "none overdue" : `${overdue} overdue`}
        {paused > 0 && `; ${paused} with a stopped clock`}.
      </p>
      {next && (
        <p>
          <Link href={`/requests/${next.reference}`}>{next.reference}</Link>:{" "}
          {dueInWords(next, calendarDay(clock.now())).toLowerCase()}
        </p>
      )}
    </>
  );
}

function RequestFigures({ requests }: { requests: NonNullable<DeskFigures["requests"]> }) {
  const { waiting, oldest, inForce, ending } = requests;
  return (
    <>
      <p>
        {waiting === 0
          ? "No requests are waiting."
          : `${counted(waiting, "request")} ${waiting === 1 ? "is" : "are"} waiting for a decision${oldest ? `, the oldest since ${dateInWords(calendarDay(oldest))}` : ""}.`}
      </p>
      {inForce > 0 && (
        <StackedBar
          id="requests"
          label={`${counted(inForce, "exception")} in force, of which ${ending} end within 30 days.`}
          parts={[
            { key: "ending", label: "Ends within 30 days", tone: "warning" },
            { key: "later", label: "Later", tone: "good" },
          ]}
          rows={[{ label: "In force", values: { ending, later: inForce - ending } }]}
        />
      )}
    </>
  );
}

function AnswerFigures({ figures: { answers, isOwnTeam, runningCampaigns } }: { figures: DeskFigures }) {
  if (!answers) return null;
  const overdue = answers.reduce((sum, one) => sum + one.overdue, 0);
  const asked = answers.filter((one) => one.answered + one.inTime + one.overdue > 0);
  return (
    <>
      <p>
        {overdue === 0
          ? "No answer is overdue"
          : `${counted(overdue, "answer")} ${overdue === 1 ? "is" : "are"} overdue`}
        {isOwnTeam ? " among your people." : "."}
        {runningCampaigns !== null &&
          ` ${runningCampaigns === 0 ? "No campaign is running." : `${counted(runningCampaigns, "campaign")} ${runningCampaigns === 1 ? "is" : "are"} running.`}`}
      </p>
      {asked.length > 0 && (
        <StackedBar
          id="answers"
          label={asked
            .map(
              (one) => `${one.title}: ${one.answered} answered, ${one.inTime} still in time, ${one.overdue} overdue.`,
            )
            .join(" ")}
          parts={[
            { key: "answered", label: "Answered", tone: "good" },
            { key: "inTime", label: "Still in time", tone: "neutral" },
            { key: "overdue", label: "Overdue", tone: "warning" },
          ]}
          rows={asked.map(({ title, answered, inTime, overdue: late }) => ({
            label: title,
            values: { answered, inTime, overdue: late },
          }))}
        />
      )}
    </>
  );
}

const GroupFigures = ({ figures: { groups, holds } }: { figures: DeskFigures }) => (
  <>
    {groups !== null && <p>{groups === 0 ? "No group is in use." : `${counted(groups, "group")} in use.`}</p>}
    {holds !== null && <p>{holds === 0 ? "No hold is in force." : `${counted(holds, "hold")} in force.`}</p>}
  </>
);

const PortalFigures = ({ undelivered, failedJobs }: { undelivered: number | null } & Pick<DeskProps, "failedJobs">) => (
  <>
    {undelivered !== null && (
      <p>{undelivered === 0 ? "All mail was delivered." : `${counted(undelivered, "mail")} not delivered.`}</p>
    )}
    {failedJobs !== null && (
      <p>
        {failedJobs.length === 0
          ? "No timed work failed."
          : `Timed work that failed last time: ${failedJobs.join("; ")}.`}
      </p>
    )}
  </>
);

/** "1 case", "3 cases". */
const counted = (count: number, thing: string): string =>
  `${count.toLocaleString("en-GB")} ${thing}${count === 1 ? "" : "s"}`;

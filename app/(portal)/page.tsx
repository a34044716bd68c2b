import type { Metadata } from "next";
import { News } from "#app/_portal/news.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { requireReader } from "#app/_portal/reader.ts";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { CardGrid, Link, LinkCard, LinkLine, PageHeading, PageSection, Panel, Stack } from "../_ui/layout.tsx";
import { SearchField } from "../_ui/fields.tsx";
import { Tag } from "../_ui/content.tsx";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { NoticeKind } from "#domain/evidence/notice/notice.ts";
import { dueInWords, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { listNews, type NoticeRecord } from "#server/evidence/notice/queries.ts";
import { getDesk } from "#server/gather/desk/queries.ts";
import { getHomeWords } from "#server/gather/statement/queries.ts";
import { listDaysOff, listTasks } from "#server/gather/task/queries.ts";
import { getCheckWords, listPolicies, type PolicyEntry } from "#server/policy/policy/queries.ts";
import { listFailedJobs } from "#server/shell/schedule/queries.ts";
import { Desk } from "./(gather)/_desk/desk.tsx";

/** Other news is shown while it is fresh; decisions for the two weeks of all news. The tasks show the rest. */
const DAYS_OF_NEWS = 3;
const MOST_NEWS = 3;

/** What somebody decided about a thing of the reader's. */
const DECISIONS: readonly string[] = [
  "exception-decided",
  "exception-changes-asked",
  "exception-ended",
  "group-decided",
  "group-closed",
  "incident-ruling",
  "incident-closed",
] satisfies NoticeKind[];

const HEADING = "What do you need to do?";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getHomeWords()).heading ?? HEADING });

/** The start page: the desk of the reader's roles, if they have any, then what everybody comes for. */
export default async function HomePage() {
  const actor = await requireReader();
  const [check, policies, tasks, told, figures, failedJobs] = await Promise.all([
    getCheckWords(actor),
    listPolicies(actor),
    listTasks(actor),
    listNews(actor),
    getDesk(actor),
    listFailedJobs(actor),
  ]);
  const [daysOff, { heading, words }] = await Promise.all([listDaysOff(actor), getHomeWords()]);
  return (
    <PortalPage actor={actor} gap="section">
      <Stack>
        <PageHeading size="display">{heading ?? HEADING}</PageHeading>
        {words !== undefined && <p>{words}</p>}
      </Stack>
      {figures && <Desk actor={actor} figures={figures} tasks={tasks} failedJobs={failedJobs} daysOff={daysOff} />}
      <Stack gap="loose">
        <CheckCard title={check} />
        <CardGrid>
          <TaskCard tasks={tasks} />
          <PolicyCard
            mine={policies.filter(({ isMine }) => isMine)}
            hasOthers={policies.some(({ isMine }) => !isMine)}
          />
          <LinkCard href="/incidents/new" title="Something went wrong">
            <p>Report it in two minutes: something shared by mistake, an offensive message, a scam, a lost phone.</p>
          </LinkCard>
        </CardGrid>
      </Stack>
      <Lately told={told} />
      <LinkLine href="/more" className="inline-flex min-h-target items-center">
        All pages: exceptions, chat groups, your records
      </LinkLine>
    </PortalPage>
  );
}

const CheckCard = ({ title }: { title: string }) => (
  <Panel title={<Link href="/check">{title}</Link>}>
    <form action="/check" method="get" noValidate>
      <SearchField
        name="say"
        label="Say it in your own words"
        hint="For example: voice note to the team. Leave out names. What you type is not kept."
        button="Find"
      />
    </form>
  </Panel>
);

/** What was decided about the reader's things, and what they were told in the last days. */
function Lately({ told }: { told: readonly NoticeRecord[] }) {
  const since = addDays(calendarDay(clock.now()), -DAYS_OF_NEWS);
  const isShown = ({ kind, createdAt }: NoticeRecord) => DECISIONS.includes(kind) || calendarDay(createdAt) >= since;
  const news = told.filter(isShown).slice(0, MOST_NEWS);
  if (news.length > 0) return <News news={news} />;
  return (
    <PageSection title="What you were told lately">
      <p>
        Nothing in the last days. Once you <Link href="/exceptions/new">ask for an exception</Link> or{" "}
        <Link href="/groups/new">register a chat group</Link>, you see here what was decided.
      </p>
    </PageSection>
  );
}

function PolicyCard({ mine, hasOthers }: { mine: readonly PolicyEntry[]; hasOthers: boolean }) {
  const [only, ...others] = mine;
  const title = "Read the policy";
  if (!only)
    return (
      <LinkCard href="/policies" title={title}>
        <p>Your employer has none here yet.{hasOthers && " See what others say."}</p>
      </LinkCard>
    );
  if (others.length > 0)
    return (
      <LinkCard href="/policies" title={title}>
        <p>Choose among your employer's policies.</p>
      </LinkCard>
    );
  return (
    <LinkCard href={`/policies/${only.slug}`} title={title}>
      <p>
        {only.title}, version {only.version}. {STATUS_WORDS[only.status]}.
      </p>
    </LinkCard>
  );
}

const countInWords = ({ length }: readonly Task[]): string =>
  length < MOST_TASKS ? String(length) : `More than ${MOST_TASKS - 1}`;

function TaskCard({ tasks }: { tasks: readonly Task[] }) {
  const [next] = tasks;
  return (
    <LinkCard href="/tasks" title="See your tasks">
      {next ? (
        <>
          <p>{tasks.length === 1 ? "One thing to do." : `${countInWords(tasks)} things to do. The next:`}</p>
          <p>
            <Tag tone="warning">{dueInWords(next, clock.now())}</Tag>
          </p>
        </>
      ) : (
        <p>You have nothing to do.</p>
      )}
    </LinkCard>
  );
}

import type { Metadata } from "next";
import { News } from "#app/_portal/news.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { CardGrid, LeadCard, LinkCard } from "#app/_ui/card.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { dueInWords, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { requireReader } from "#app/_portal/reader.ts";
import { listNews } from "#server/evidence/notice/queries.ts";
import { listPolicies, type PolicyEntry } from "#server/policy/policy/queries.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { MoreLinks } from "./more-links.tsx";

/** The start page shows what is fresh; the tasks show the rest. */
const DAYS_OF_NEWS = 3;
const MOST_NEWS = 3;

const HEADING = "What do you need to do?";

export const metadata: Metadata = { title: HEADING };

/** The start page: what most people came for first, then the rest, then what the reader's role adds. */
export default async function HomePage() {
  const actor = await requireReader();
  const [policies, tasks, told] = await Promise.all([listPolicies(actor), listTasks(actor), listNews(actor)]);
  const since = addDays(calendarDay(clock.now()), -DAYS_OF_NEWS);
  const news = told.filter(({ createdAt }) => calendarDay(createdAt) >= since).slice(0, MOST_NEWS);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <PageHeading size="display">{HEADING}</PageHeading>
          <CardGrid>
            <LeadCard href="/check" title="Check a message">
              <p>May I send this? A few short questions, one clear answer, and the reason for it.</p>
            </LeadCard>
            <PolicyCard mine={policies.filter(({ isMine }) => isMine)} />
            <TaskCard tasks={tasks} />
            <LinkCard href="/incidents/new" title="I shared something by mistake">
              <p>Report it in two minutes. Also: offensive messages, scams, a lost phone.</p>
            </LinkCard>
          </CardGrid>
        </Stack>
        {news.length > 0 && <News news={news} />}
        <MoreLinks actor={actor} />
      </Stack>
    </PortalPage>
  );
}

function PolicyCard({ mine }: { mine: readonly PolicyEntry[] }) {
  const [only, ...others] = mine;
  const title = "Read the policy";
  if (!only)
    return (
      <LinkCard href="/policies" title={title}>
        <p>Your employer has none here yet. See what others say.</p>
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

function countInWords({ length }: readonly Task[]): string {
  return length < MOST_TASKS ? String(length) : `More than ${MOST_TASKS - 1}`;
}

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
        <p>You owe nothing now.</p>
      )}
    </LinkCard>
  );
}

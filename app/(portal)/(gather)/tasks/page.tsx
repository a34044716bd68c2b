import type { Metadata } from "next";
import { OwnHolds } from "#app/_hold/own-holds.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { groupTasks } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listNews, type NoticeRecord } from "#server/evidence/notice/queries.ts";
import { getOwnFeed } from "#server/gather/task/feed-queries.ts";
import { listDaysOff, listTasks } from "#server/gather/task/queries.ts";
import { CalendarSection } from "./calendar-section.tsx";

export const metadata: Metadata = { title: "Your tasks" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** All that one owes now, by how soon it is due; then what one was told, and the way into one's calendar. */
export default async function TasksPage({ searchParams }: Props) {
  const actor = await requireActor();
  const { done, calendar } = await searchParams;
  const isDone = done !== undefined;
  const feedSecret = await shownOnce(actor, calendar);
  const [tasks, daysOff, news, feed] = await Promise.all([
    listTasks(actor),
    listDaysOff(actor),
    listNews(actor),
    getOwnFeed(actor),
  ]);
  const groups = groupTasks(tasks, calendarDay(clock.now()), daysOff);
  return (
    <PortalPage actor={actor} place="tasks">
      <Stack gap="section">
        <Stack gap="loose">
          <PageHeading>Your tasks</PageHeading>
          {isDone && <Banner title="Done. It is off your list." />}
          <OwnHolds actor={actor} />
          {groups.map(({ key, label, tasks }) => (
            <Stack key={key} as="section" gap="tight">
              <h2>{label}</h2>
              <TaskItems actor={actor} id={key} tasks={tasks} />
            </Stack>
          ))}
          {groups.length === 0 && (
            <>
              <p>You owe nothing now. What others ask of you appears here, with the day it is due.</p>
              <p>
                <ButtonLink href="/check">Check a message</ButtonLink>
              </p>
            </>
          )}
        </Stack>
        {news.length > 0 && <News news={news} />}
        <CalendarSection actor={actor} feed={feed} secret={feedSecret} />
      </Stack>
    </PortalPage>
  );
}

function News({ news }: { news: readonly NoticeRecord[] }) {
  return (
    <Stack as="section">
      <h2>What you were told lately</h2>
      <ul role="list" className="list-none border-t border-line">
        {news.map(({ id, subject, href, createdAt }) => (
          <li key={id} className="border-b border-line py-2.5">
            <Link href={href}>{subject}</Link>
            <span className="block text-small text-soft">
              <Moment at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

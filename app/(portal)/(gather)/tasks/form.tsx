import { defineForm, definePage, refused, showPage } from "#app/_portal/form/form.tsx";
import { hidden } from "#app/_portal/form/field.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { Button, ButtonLink, Cluster, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { groupTasks, MOST_TASKS } from "#domain/gather/task/task.ts";
import { discardBegun } from "#server/access/form-input/service.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { clock } from "#server/base/clock.ts";
import { listNews } from "#server/evidence/notice/queries.ts";
import { endFeed, makeFeed } from "#server/gather/task/service.ts";
import { getOwnFeed, listDaysOff, listTasks } from "#server/gather/task/queries.ts";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { News } from "#app/_portal/news.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { Banner, CopyText } from "#app/_ui/content.tsx";
import { getEnv } from "#server/base/environment/env.ts";

/** All the reader's tasks, by how soon they are due; then their notices, and how to add the tasks to their calendar. */
export const page = definePage({
  path: "/tasks",
  async read({ actor, query }) {
    const [tasks, daysOff, news, feed, secret] = await Promise.all([
      listTasks(actor),
      listDaysOff(actor),
      listNews(actor),
      getOwnFeed(actor),
      shownOnce(actor, query["calendar"]),
    ]);
    const shown = tasks.slice(0, MOST_TASKS);
    const groups = groupTasks(shown, clock.now(), daysOff);
    return { groups, hasMore: tasks.length > shown.length, news, feed, secret };
  },
  heading: "Your tasks",
});

export type ShownTasks = Parameters<typeof makeFeedForm.show>[0];

/** Makes or renews the secret address of the reader's tasks. */
export const makeFeedForm = defineForm(page, {
  do: "make",
  action: "/tasks/feed/send",
  fields: {},
  button: ({ view }) => <Button look="quiet">{view.feed === null ? "Get an address" : "Get a new address"}</Button>,
  submit: ({ actor }) => makeFeed(actor),
  done: async (secret, { actor }) => `/tasks?calendar=${await keepToShow(actor, secret)}#calendar`,
});

export const endFeedForm = defineForm(page, {
  do: "end",
  action: "/tasks/feed/send",
  fields: {},
  button: <Button look="quiet">End this address</Button>,
  submit: ({ actor }) => endFeed(actor),
  done: "/tasks#calendar",
});

/** Discards what a program began in a form; the task and the form's page have its button. */
export const discardBegunForm = defineForm(page, {
  action: "/tasks/begun/send",
  fields: { begun: hidden() },
  submit: async ({ actor, values: { begun } }) => {
    const result = await discardBegun(actor, begun);
    if (result === "held") return refused("A hold concerns you, or what this says, so it was not discarded.");
    return { to: "/tasks?done=1" };
  },
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view } = shown;
  const { groups, hasMore, news } = view;
  return (
    <PortalPage actor={actor} section="tasks" gap="section">
      <Stack gap="loose">
        <PageHeading>Your tasks</PageHeading>
        {query["done"] !== undefined && <Banner title="Done. It is off your list." />}
        <OwnHolds actor={actor} />
        {hasMore && <p>These are the {MOST_TASKS} that are due first. Others follow as you do them.</p>}
        {groups.map(({ key, label, tasks }) => (
          <PageSection key={key} gap="tight" title={label}>
            <TaskItems actor={actor} id={key} tasks={tasks} />
          </PageSection>
        ))}
        {groups.length === 0 && (
          <>
            <p>You have nothing to do. Anything you are asked to do appears here, with the day it is due.</p>
            <p>
              <ButtonLink href="/check">Start a check</ButtonLink>
            </p>
          </>
        )}
      </Stack>
      {news.length > 0 && <News news={news} />}
      <CalendarSection shown={shown} />
    </PortalPage>
  );
});

function CalendarSection({ shown }: { shown: ShownTasks }) {
  const { feed, secret } = shown.view;
  return (
    <PageSection id="calendar" title="In your calendar">
      {feed === null ? (
        <>
          <p>Get a secret address that your calendar can follow. It shows what to do and by when, and no names.</p>
          {makeFeedForm.show(shown)}
        </>
      ) : (
        <>
          {secret === null ? (
            <p>
              You have an address, made <Moment at={feed.madeAt} />. It was shown once, and nobody can read it any more.
              If you have lost it, get a new one: the earlier one then stops working.
            </p>
          ) : (
            <>
              <CopyText
                id="feed"
                label="Your secret address"
                text={`${getEnv().appUrl}/tasks/feed/${secret}.ics`}
                lines={2}
              />
              <p>
                Copy it now: we only show it once. Add it to your calendar as a calendar from the internet. Whoever has
                it sees your tasks, so give it to nobody.
              </p>
            </>
          )}
          <Cluster>
            {makeFeedForm.show(shown)}
            {endFeedForm.show(shown)}
          </Cluster>
        </>
      )}
    </PageSection>
  );
}

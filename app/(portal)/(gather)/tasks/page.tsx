import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { News } from "#app/_portal/news.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { MOST_TASKS } from "#domain/gather/task/task.ts";
import { CalendarSection } from "./calendar-section.tsx";
import { page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view } = shown;
  const { groups, hasMore, news } = view;
  return (
    <PortalPage actor={actor} section="tasks">
      <Stack gap="section">
        <Stack gap="loose">
          <PageHeading>Your tasks</PageHeading>
          {query["done"] !== undefined && <Banner title="Done. It is off your list." />}
          <OwnHolds actor={actor} />
          {hasMore && <p>These are the {MOST_TASKS} that are due first. Others follow as you do them.</p>}
          {groups.map(({ key, label, tasks }) => (
            <Stack key={key} as="section" gap="tight">
              <h2>{label}</h2>
              <TaskItems actor={actor} id={key} tasks={tasks} />
            </Stack>
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
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

import type { Metadata } from "next";
import { OwnHolds } from "#app/_hold/own-holds.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/identity/session.ts";
import { listTasks } from "#server/task/queries.ts";

export const metadata: Metadata = { title: "Your tasks" };

/** All that one owes now, earliest due first. */
export default async function TasksPage() {
  const actor = await requireActor();
  const tasks = await listTasks(actor);
  return (
    <PortalPage actor={actor} place="tasks">
      <Stack gap="loose">
        <PageHeading>Your tasks</PageHeading>
        <OwnHolds actor={actor} />
        {tasks.length > 0 ? (
          <TaskItems id="tasks" tasks={tasks} />
        ) : (
          <>
            <p>You owe nothing now. What others ask of you appears here, with the day it is due.</p>
            <p>
              <ButtonLink href="/check">Check a message</ButtonLink>
            </p>
          </>
        )}
      </Stack>
    </PortalPage>
  );
}

import { Moment } from "#app/_portal/moment.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import { endFeedForm, makeFeedForm, type ShownTasks } from "./form.tsx";

/** The reader's tasks in their own calendar, through a secret address. */
export function CalendarSection({ shown }: { shown: ShownTasks }) {
  const { feed, secret } = shown.view;
  return (
    <Stack as="section">
      <h2 id="calendar">In your calendar</h2>
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
    </Stack>
  );
}

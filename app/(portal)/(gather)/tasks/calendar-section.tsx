import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getEnv } from "#server/base/environment/env.ts";

type Props = {
  actor: Actor;
  /** Null where there is no address. */
  feed: { madeAt: Date } | null;
  /** Of an address that was just made, to be shown this once. */
  secret: string | null;
};

/** One's tasks in one's own calendar, by a secret address. */
export function CalendarSection({ actor, feed, secret }: Props) {
  return (
    <Stack as="section">
      <h2 id="calendar">In your calendar</h2>
      {feed === null ? (
        <>
          <p>Get a secret address that your calendar can follow. It shows what to do and by when, and no names.</p>
          <Send actor={actor} command="make" label="Get an address" />
        </>
      ) : (
        <>
          {secret === null ? (
            <p>
              You have an address, made <Moment at={feed.madeAt} />. It was shown once, and nobody can read it any more.
              If you have lost it, get a new one: the earlier one ends then.
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
                Copy it now: it is shown this once. Add it to your calendar as a calendar from the internet. Whoever has
                it sees your tasks, so give it to nobody.
              </p>
            </>
          )}
          <Cluster>
            <Send actor={actor} command="make" label="Get a new address" />
            <Send actor={actor} command="end" label="End this address" />
          </Cluster>
        </>
      )}
    </Stack>
  );
}

function Send({ actor, command, label }: { actor: Actor; command: "make" | "end"; label: string }) {
  return (
    <PostForm actor={actor} action="/tasks/feed/send" hidden={{ do: command }}>
      <Button look="quiet">{label}</Button>
    </PostForm>
  );
}

import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/actor.ts";
import type { OwnFeed } from "#server/task/feed-queries.ts";

type Props = { actor: Actor; feed: OwnFeed | null };

/** One's tasks in one's own calendar, by a secret address. */
export function CalendarSection({ actor, feed }: Props) {
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
          {feed.address === null ? (
            <p>Your address of old cannot be shown any more. Get a new one.</p>
          ) : (
            <CopyText id="feed" label="Your secret address" text={feed.address} lines={2} />
          )}
          <p>
            Add it to your calendar as a calendar from the internet. Whoever has it sees your tasks, so give it to
            nobody. Got <Moment at={feed.madeAt} />. A new address ends this one.
          </p>
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

import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { browserInWords } from "#domain/access/identity/browser.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { SessionView } from "#server/access/identity/service.ts";

/** Where one is signed in, with a way to end each. */
export function Sessions({ actor, sessions }: { actor: Actor; sessions: readonly SessionView[] }) {
  return (
    <Stack as="section">
      <h2 id="sessions">Where you are signed in</h2>
      <DataTable
        caption="Your sessions, newest first"
        captionHidden
        columns={[
          { key: "browser", label: "Browser" },
          { key: "started", label: "Signed in" },
          { key: "ends", label: "Ends at the latest" },
          { key: "end", label: "End it" },
        ]}
        rows={sessions.map(({ id, userAgent, createdAt, expiresAt, isThisOne }) => ({
          key: id,
          cells: {
            browser: `${browserInWords(userAgent)}${isThisOne ? ", this one" : ""}`,
            started: <Moment at={createdAt} />,
            ends: <Moment at={expiresAt} />,
            end: isThisOne ? (
              "Sign out above"
            ) : (
              <PostForm actor={actor} action="/me/send" hidden={{ which: id }}>
                <Button look="link">
                  End<VisuallyHidden> the session that began on {momentInWords(createdAt)}</VisuallyHidden>
                </Button>
              </PostForm>
            ),
          },
        }))}
      />
      {sessions.length > 1 && (
        <PostForm actor={actor} action="/me/send" hidden={{ which: "others" }}>
          <Button look="quiet">End all other sessions</Button>
        </PostForm>
      )}
    </Stack>
  );
}

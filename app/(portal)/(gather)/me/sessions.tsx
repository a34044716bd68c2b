import { Moment } from "#app/_portal/moment.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { browserInWords } from "#domain/access/identity/browser.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { sessionForm, type ShownMe } from "./form.tsx";

/** Where the reader is signed in, with a button to end each session. */
export function Sessions({ shown }: { shown: ShownMe }) {
  const { sessions } = shown.view;
  return (
    <Stack as="section">
      <h2 id="sessions">Where you are signed in</h2>
      <DataTable
        caption="Your sessions, newest first"
        captionHidden
        columns={{
          Browser: ({ userAgent, isShared, isThisOne }) =>
            `${browserInWords(userAgent)}${isShared ? ", shared device" : ""}${isThisOne ? ", this one" : ""}`,
          "Signed in": ({ createdAt }) => <Moment at={createdAt} />,
          "Ends at the latest": ({ expiresAt }) => <Moment at={expiresAt} />,
          "End it": ({ id, createdAt, isThisOne }) =>
            isThisOne
              ? "Sign out above"
              : sessionForm.show(shown, {
                  stored: { which: id },
                  button: (
                    <Button look="link">
                      End<VisuallyHidden> the session that began on {momentInWords(createdAt)}</VisuallyHidden>
                    </Button>
                  ),
                }),
        }}
        rows={sessions}
      />
      {sessions.length > 1 && sessionForm.show(shown, { stored: { which: "others" } })}
    </Stack>
  );
}

import { PageHead } from "#app/_portal/form/form-page.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ListedText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { completeActionForm, page, type ShownIncident } from "./form.tsx";

type ActionListProps = { shown: ShownIncident; empty: string };

/** What is to be done after an accident, each with its owner, its due day and a button to mark it as done. */
export function ActionList({ shown, empty }: ActionListProps) {
  const { actions, standing } = shown.view;
  return (
    <DataTable
      caption="Actions"
      captionHidden
      empty={empty}
      columns={{
        Action: ({ text }) => <ListedText>{text}</ListedText>,
        Owner: ({ owner, isMine }) => (isMine ? "You" : owner),
        Due: ({ dueOn }) => dateInWords(dueOn),
        Done: ({ position, text, isMine, done }) =>
          done ??
          (isMine || standing === "handler"
            ? completeActionForm.show(shown, {
                stored: { position },
                button: (
                  <Button look="quiet">
                    Mark as done<VisuallyHidden>: {text}</VisuallyHidden>
                  </Button>
                ),
              })
            : "Not yet"),
      }}
      rows={actions}
    />
  );
}

/** What somebody was given to do after an accident, for those whom the report itself does not concern. */
export function OwnerView({ shown }: { shown: ShownIncident }) {
  const { handlerNames } = shown.view;
  return (
    <Stack gap="loose">
      <PageHead definition={page.definition} shown={shown} />
      <p>You can see what you were asked to do, and nothing else of the report.</p>
      <ActionList shown={shown} empty="There is nothing to do." />
      {handlerNames.length > 0 && <p>Is anything unclear? Ask {handlerNames.join(" or ")}.</p>}
    </Stack>
  );
}

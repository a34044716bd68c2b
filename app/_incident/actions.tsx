import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { IncidentView } from "#server/registers/incident/queries.ts";

type ActionListProps = { actor: Actor; incident: IncidentView; empty: string };

/** What is to be done after an accident, each with its owner, its day and a way to say that it is done. */
export function ActionList({ actor, incident: { reference, actions, standing }, empty }: ActionListProps) {
  return (
    <DataTable
      caption="Actions"
      captionHidden
      empty={empty}
      columns={[
        { key: "text", label: "Action" },
        { key: "owner", label: "Owner" },
        { key: "due", label: "Due" },
        { key: "done", label: "Done" },
      ]}
      rows={actions.map(({ position, text, owner, isMine, dueOn, done }) => ({
        key: String(position),
        cells: {
          text: <UserText>{text}</UserText>,
          owner: isMine ? "You" : owner,
          due: dateInWords(dueOn),
          done:
            done ??
            (isMine || standing === "handler" ? (
              <PostForm
                actor={actor}
                action={`/incidents/${reference}/send`}
                hidden={{ do: "complete-action", position }}
              >
                <Button look="quiet">
                  Mark as done<VisuallyHidden>: {text}</VisuallyHidden>
                </Button>
              </PostForm>
            ) : (
              "Not yet"
            )),
        },
      }))}
    />
  );
}

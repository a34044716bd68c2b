import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { getExceptionNotes } from "#server/policy/exception/queries.ts";
import { exceptionNoteForm, type ShownException } from "./form.tsx";

/** The notes of those who decide, for them and for auditors; nothing for everybody else. */
export async function NotesSection({ shown }: { shown: ShownException }) {
  const found = await getExceptionNotes(shown.actor, shown.view.exception.reference);
  if (!found) return null;
  const { notes, mayWrite } = found;
  return (
    <Stack as="section">
      <h2 id="notes">Notes of those who decide</h2>
      <p className="text-small text-soft">The person who asked and the people it covers do not see them.</p>
      {notes.length === 0 ? (
        <p>No notes yet.{mayWrite && " Write down what another decider should know."}</p>
      ) : (
        <Steps
          items={notes.map(({ at, by, text }) => ({
            title: by.name,
            when: <time dateTime={at.toISOString()}>{momentInWords(at)}</time>,
            children: <UserText>{text}</UserText>,
          }))}
        />
      )}
      {mayWrite && exceptionNoteForm.show(shown)}
    </Stack>
  );
}

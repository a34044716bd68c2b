import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import type { ExceptionEntry } from "#server/policy/exception/queries.ts";

type TeamExceptionsProps = {
  /** Without drafts, newest first. */
  entries: readonly ExceptionEntry[];
  /** Policy by slug. */
  titles: ReadonlyMap<string, string>;
};

/** The exceptions that the reader's team asked for. */
export function TeamExceptions({ entries, titles }: TeamExceptionsProps) {
  return (
    <Stack as="section">
      <h2>Exceptions</h2>
      <DataTable
        caption="Exceptions that your team asked for, newest first"
        captionHidden
        empty="Nobody in your team has asked for an exception. When somebody does, you are asked to decide, and it appears here."
        columns={{
          Reference: ({ exception }) => <Link href={`/exceptions/${exception.reference}`}>{exception.reference}</Link>,
          "Asked by": ({ exception }) => exception.requester.name,
          From: ({ exception }) => titles.get(exception.policy) ?? exception.policy,
          State: ({ state }) => EXCEPTION_STATE_WORDS[state],
          Ends: ({ exception }) => (exception.endsAt ? dateInWords(lastDay(exception.endsAt)) : "Not decided"),
        }}
        rows={entries}
      />
    </Stack>
  );
}

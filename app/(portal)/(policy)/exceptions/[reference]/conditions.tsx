import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { isMissed } from "#domain/policy/exception/request.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import { exceptionPath } from "./command-path.ts";
import { conditionForm, type ShownException } from "./form.tsx";
import { ThingsToDo } from "./things-to-do.tsx";

/** What has to be done by a day while the exception lasts: a button for whoever holds it, more time for who reviews it. */
export function DatedConditions({ shown }: { shown: ShownException }) {
  const { exception, state, commands } = shown.view;
  const dated = exception.conditions.flatMap((one) => (one.dueOn === null ? [] : [{ ...one, dueOn: one.dueOn }]));
  if (dated.length === 0) return null;
  const today = getToday();
  const canReview = commands.includes("give-more-time") && dated.some((one) => isMissed(one, today));
  return (
    <Stack as="section">
      <h2>To be done by a day</h2>
      {canReview && (
        <p>
          A condition was not met in time. Revoke the exception, or{" "}
          <Link href={exceptionPath(exception.reference, "give-more-time")}>give more time</Link>.
        </p>
      )}
      <ThingsToDo
        name="condition"
        things={dated}
        isOver={state !== "approved"}
        open={(one) => (
          <Tag tone="warning">
            {isMissed(one, today) ? "Was due on" : "Due by"} {dateInWords(one.dueOn)}
          </Tag>
        )}
        form={({ id, doneAt }, button) =>
          commands.includes("meet-condition") &&
          doneAt === null &&
          conditionForm.show(shown, { stored: { condition: id }, button })
        }
      />
    </Stack>
  );
}

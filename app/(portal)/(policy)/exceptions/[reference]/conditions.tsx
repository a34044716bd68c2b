import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { isMissed } from "#domain/policy/exception/condition.ts";
import { Button } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { getToday, type ConditionRecord } from "#server/policy/exception/queries.ts";
import { exceptionPath } from "./command-path.ts";
import { conditionForm, type ShownException } from "./form.tsx";

/** What has to be done by a day while the exception lasts: a button for whoever holds it, more time for who reviews it. */
export function DatedConditions({ shown }: { shown: ShownException }) {
  const { exception, state, commands } = shown.view;
  const dated = exception.conditions.filter(({ dueOn }) => dueOn !== null);
  if (dated.length === 0) return null;
  const today = getToday();
  const isOver = state !== "approved";
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
      <ul role="list" className="list-none border-t border-line">
        {dated.map((condition) => (
          <li
            key={condition.id}
            id={`condition-${condition.id}`}
            data-keep=""
            className="scroll-mt-6 space-y-2 border-b border-line py-3 target:bg-accent-tint target:outline-8 target:outline-accent-tint target:outline-solid"
          >
            <UserText>{condition.text}</UserText>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-soft">
              <ConditionState condition={condition} today={today} isOver={isOver} />
            </p>
            {commands.includes("meet-condition") &&
              condition.doneAt === null &&
              conditionForm.show(shown, {
                stored: { condition: condition.id },
                button: (
                  <Button look="quiet">
                    Mark as done<VisuallyHidden>: {condition.text}</VisuallyHidden>
                  </Button>
                ),
              })}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

type StateProps = { condition: ConditionRecord; today: string; isOver: boolean };

/** @param isOver the exception has ended, so that nobody has to do anything for it */
function ConditionState({ condition, today, isOver }: StateProps) {
  const { doneAt, doneBy, dueOn } = condition;
  if (doneAt)
    return (
      <>
        <Tag tone="good">Done</Tag>
        <span>
          {momentInWords(doneAt)}
          {doneBy && ` by ${doneBy}`}
        </span>
      </>
    );
  if (isOver) return <Tag>Not done</Tag>;
  const words = dueOn && dateInWords(dueOn);
  return <Tag tone="warning">{isMissed(condition, today) ? `Was due on ${words}` : `Due by ${words}`}</Tag>;
}

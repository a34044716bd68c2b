import { Tag, UserText } from "#app/_ui/content.tsx";
import { momentInWords, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { Button, Link, PageSection, VisuallyHidden } from "#app/_ui/layout.tsx";
import { isMissed } from "#domain/policy/exception/request.ts";
import { getToday, type ExceptionRecord } from "#server/policy/exception/queries.ts";
import { exceptionPath } from "./step-words.ts";
import { conditionForm, type ShownException, mitigationForm } from "./form.tsx";
import { MITIGATION_OWNERS } from "#domain/base/risk/risk.ts";

type ThingToDo = Pick<ExceptionRecord["conditions"][number], "id" | "text" | "doneAt" | "doneBy">;

type ThingsToDoProps<Thing extends ThingToDo> = {
  name: "mitigation" | "condition";
  things: readonly Thing[];
  /** The exception has ended, so that nobody has to do anything for it. */
  isOver: boolean;
  /** How one stands that is still to be done, and what else is said of it. */
  open: (thing: Thing) => React.ReactNode;
  more?: (thing: Thing) => React.ReactNode;
  /** The form that marks one as done, with its button; nothing for who cannot. */
  form: (thing: Thing, button: React.ReactNode) => React.ReactNode;
};

/** What has to be done for an exception, with its state and a button for whoever does it. */
function ThingsToDo<Thing extends ThingToDo>({ name, things, isOver, open, more, form }: ThingsToDoProps<Thing>) {
  return (
    <ul role="list" className="list-none border-t border-line">
      {things.map((thing) => (
        <li
          key={thing.id}
          id={`${name}-${thing.id}`}
          data-keep=""
          className="scroll-mt-6 space-y-2 border-b border-line py-3 target:bg-accent-tint target:outline-8 target:outline-accent-tint target:outline-solid"
        >
          <UserText>{thing.text}</UserText>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-soft">
            {!thing.doneAt && (isOver ? <Tag>Not done</Tag> : open(thing))}
            {thing.doneAt && <Tag tone="good">Done</Tag>}
            {thing.doneAt && <span>{[momentInWords(thing.doneAt), thing.doneBy].filter(Boolean).join(" by ")}</span>}
            {more?.(thing)}
          </p>
          {form(
            thing,
            <Button look="quiet">
              Mark as done<VisuallyHidden>: {thing.text}</VisuallyHidden>
            </Button>,
          )}
        </li>
      ))}
    </ul>
  );
}

/** What has to be done by a day while the exception lasts: a button for whoever holds it, more time for who reviews it. */
export function DatedConditions({ shown }: { shown: ShownException }) {
  const { exception, state, commands } = shown.view;
  const dated = exception.conditions.flatMap((one) => (one.dueOn === null ? [] : [{ ...one, dueOn: one.dueOn }]));
  if (dated.length === 0) return null;
  const today = getToday();
  const canReview = commands.includes("give-more-time") && dated.some((one) => isMissed(one, today));
  return (
    <PageSection title="To be done by a day">
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
    </PageSection>
  );
}

/** What was promised to reduce the risks, what has been done, and a button for whoever is responsible. */
export function Mitigations({ shown }: { shown: ShownException }) {
  const { exception, state, sees, ownMitigations } = shown.view;
  const all = exception.risks.flatMap(({ mitigations }) => mitigations);
  const last = exception.endsAt === null ? (exception.wantedUntil ?? "") : lastDay(exception.endsAt);
  return (
    <PageSection title={sees === "all" ? "What was promised" : "For you to do"}>
      <ThingsToDo
        name="mitigation"
        things={all.filter(({ id }) => sees === "all" || ownMitigations.includes(id))}
        isOver={state !== "approved"}
        open={({ dueOn }) =>
          dueOn ? <Tag tone="warning">Due by {dateInWords(dueOn)}</Tag> : <Tag>In place until {dateInWords(last)}</Tag>
        }
        more={({ owner }) => <span>{MITIGATION_OWNERS[owner]}</span>}
        form={({ id }, button) =>
          ownMitigations.includes(id) && mitigationForm.show(shown, { stored: { mitigation: id }, button })
        }
      />
    </PageSection>
  );
}

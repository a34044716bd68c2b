import type { ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";

interface ThingToDo {
  id: string;
  text: string;
  doneAt: Date | null;
  doneBy: string | null;
}

type ThingsToDoProps<Thing extends ThingToDo> = {
  /** What they are, for the ids of their entries. */
  name: "mitigation" | "condition";
  things: readonly Thing[];
  /** The exception has ended, so that nobody has to do anything for it. */
  isOver: boolean;
  /** How one stands that is still to be done, and what else is said of it. */
  open: (thing: Thing) => ReactNode;
  more?: (thing: Thing) => ReactNode;
  /** The form that marks one as done, with its button; nothing for who cannot. */
  form: (thing: Thing, button: ReactNode) => ReactNode;
};

/** What has to be done for an exception, with its state and a button for whoever does it. */
export function ThingsToDo<Thing extends ThingToDo>(props: ThingsToDoProps<Thing>) {
  const { name, things, isOver, open, more, form } = props;
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
            {thing.doneAt ? <Done {...thing} /> : isOver ? <Tag>Not done</Tag> : open(thing)}
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

function Done({ doneAt, doneBy }: ThingToDo) {
  return (
    <>
      <Tag tone="good">Done</Tag>
      <span>
        {doneAt && momentInWords(doneAt)}
        {doneBy && ` by ${doneBy}`}
      </span>
    </>
  );
}

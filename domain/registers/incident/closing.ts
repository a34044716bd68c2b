/** What is still to be done when a case is closed, and to whom each is handed over (model 9.5). */
import { isDeletionOwed, PART_FIELDS, type ClosingFacts } from "./case.ts";
import { valueOf, type IncidentField } from "./field.ts";
import type { DeleteStep } from "./step.ts";

/** By when whoever takes over what was not an action yet does it, in working days. Our own figure: no source gives one. */
export const HANDED_OVER_WITHIN_WORKING_DAYS = 1;

/** Something that is open when a case is closed. */
export interface OpenThing {
  /** The name of its field in the form. */
  name: string;
  /** What is to be done. */
  text: string;
  /** The action that it is; null if closing makes it one. */
  position: number | null;
  /** Whether it is for whoever reported it, unless somebody else is named. */
  isReporters: boolean;
}

interface ActionToHandOver {
  position: number;
  text: string;
  isDone: boolean;
}

const TELL_PEOPLE = "Tell the people this concerns. Then tell the governance officer when and how you told them.";

const DELETED_THINGS = {
  message: "the message",
  media: "photos and files on the phone",
  backups: "copies in cloud backups",
} as const satisfies Record<DeleteStep, string>;

/** All that is open: actions, people who are not told yet, and what was allowed to be deleted and is not. */
export function openThings(facts: ClosingFacts, actions: readonly ActionToHandOver[]): OpenThing[] {
  const open = actions.filter(({ isDone }) => !isDone);
  const left = facts.leftToDelete.map((step) => DELETED_THINGS[step]);
  const made = [
    ...(isDeletionOwed(facts)
      ? [{ name: "deletion", text: `Delete what is left of it: ${left.join("; ")}.`, isReporters: true }]
      : []),
    ...(facts.mayBePersonalData && valueOf(facts.answers.people, "told") === "later"
      ? [{ name: "people", text: TELL_PEOPLE, isReporters: false }]
      : []),
  ];
  return [
    ...open.map(({ position, text }) => ({ name: `action-${position}`, text, position, isReporters: false })),
    // Handed over at an earlier closing already: then it is one of the actions.
    ...made.filter(({ text }) => open.every((one) => one.text !== text)).map((one) => ({ ...one, position: null })),
  ];
}

/** The form for closing: how it ended, and for each open thing who sees to it. */
export const closingFields = (things: readonly OpenThing[]): readonly IncidentField[] => [
  ...PART_FIELDS.closing,
  ...things.map(({ name, text }, index): IncidentField => ({
    kind: "text",
    name,
    lines: 1,
    ask: `Open ${index + 1} of ${things.length}: who will do it?`,
    short: "Handed over to",
    help: `${text} Type a name or a work e-mail address.`,
    missing: `Say who will do this: ${text}`,
  })),
];

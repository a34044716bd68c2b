import { ABOUT_FIELDS, MESSAGE_FIELDS } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { NOTHING_TYPED, type FormState } from "#app/_portal/form-state.ts";
import { inputsOf } from "#app/_portal/form/field.tsx";
import { WHO_FIELDS } from "./who-fields.tsx";

export const STEP_NAMES = ["kind", "about", "who", "messages", "check"] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** The pages of the form, and the inputs of each. The values of one page are carried along by the next ones. */
export const STEPS: Readonly<Record<StepName, readonly string[]>> = {
  kind: ["kind"],
  about: inputsOf(ABOUT_FIELDS),
  who: inputsOf(WHO_FIELDS),
  messages: inputsOf(MESSAGE_FIELDS),
  check: ["agrees"],
};

export const HEADINGS: Record<StepName, string> = {
  kind: "What kind of group is it?",
  about: "What the group is for",
  who: "Who looks after it, and who is in it",
  messages: "Its messages, and its review",
  check: "Check the group before you send it",
};

export const NEW_PATH = "/groups/new";

export const isStepName = (text: string): text is StepName => Object.hasOwn(STEPS, text);

/** The page that has a field. */
export function stepOf(field: string): StepName {
  const has = (step: StepName) => STEPS[step].some((name) => name === field || name.startsWith(`${field}-`));
  return STEP_NAMES.find(has) ?? "about";
}

/** What a page carries along from the others, as hidden fields. */
export function carried(
  formState: FormState,
  step: StepName,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = STEP_NAMES.filter((one) => one !== step).flatMap((one) => [...STEPS[one], seenField(one)]);
  const pairs = names.map((name) => [name, formState.value(name)] as const).filter(([, value]) => value !== "");
  return { ...Object.fromEntries(pairs), ...more, step };
}

/** Marks a page as filled in: until then its fields show their initial values. */
export const seenField = (step: StepName): string => `seen-${step}`;

/** What the fields of one page show. */
export function formStateOf(formState: FormState, step: StepName): FormState {
  const isSeen = formState.value(seenField(step)) !== "" || formState.problems.length > 0;
  return isSeen ? formState : NOTHING_TYPED;
}

import type { FormState } from "#app/_portal/form-state.ts";

/** The pages of the form, and the fields of each. The values of one page are carried along by the next ones. */
export const STEPS = {
  kind: ["kind"],
  about: ["name", "purpose", "app", "logo"],
  who: [
    "administrator1",
    "administrator2",
    "deputy",
    "members",
    "responsible",
    "agreement",
    "partnerName",
    "partnerOrganisation",
  ],
  messages: [
    "retention",
    "retentionCount",
    "disappear",
    "timerBy",
    "canExport",
    "assistant",
    "reviewOn-day",
    "reviewOn-month",
    "reviewOn-year",
  ],
  check: ["agrees"],
} as const satisfies Record<string, readonly string[]>;

export type StepName = keyof typeof STEPS;
export const STEP_NAMES = ["kind", "about", "who", "messages", "check"] as const satisfies readonly StepName[];

export const HEADINGS: Record<StepName, string> = {
  kind: "What kind of group is it?",
  about: "What the group is for",
  who: "Who looks after it, and who is in it",
  messages: "Its messages, and its review",
  check: "Check the group before you send it",
};

export const NEW_PATH = "/groups/new";

export function isStepName(text: string): text is StepName {
  return Object.hasOwn(STEPS, text);
}

/** The page that has a field. */
export function stepOf(field: string): StepName {
  const has = (step: StepName) => {
    const fields: readonly string[] = STEPS[step];
    return fields.some((name) => name === field || name.startsWith(`${field}-`));
  };
  return STEP_NAMES.find(has) ?? "about";
}

/** What a page carries along from the others, as hidden fields. */
export function carried(
  formState: FormState,
  step: StepName,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = STEP_NAMES.filter((one) => one !== step).flatMap((one) => [...STEPS[one], seenField(one)]);
  const pairs = names
    .map((name): [string, string] => [name, formState.value(name)])
    .filter(([, value]) => value !== "");
  return { ...Object.fromEntries(pairs), ...more, step };
}

/** Marks a page as filled in: until then its fields show their initial values. */
export function seenField(step: StepName): string {
  return `seen-${step}`;
}

/** What the fields of one page show. */
export function formStateOf(formState: FormState, step: StepName): FormState {
  const isSeen = formState.value(seenField(step)) !== "" || formState.problems.length > 0;
  return isSeen
    ? formState
    : { ...formState, value: (_, stored = "") => stored, isChosen: (_, __, stored = false) => stored };
}

import type { ReactNode } from "react";
import { randomUUID } from "node:crypto";
import type { FormState } from "#app/_portal/form-state.ts";
import { dateValues } from "#app/_portal/date-values.ts";
import { CheckboxQuestion, DateField, RadioQuestion, SelectField, TextField } from "../../_ui/fields.tsx";
import { type FormValues, readDate, type TypedDate } from "#domain/base/form/form-values.ts";

/** The initial value of a field. A date is stored as YYYY-MM-DD. */
export type Stored = string | number | readonly string[] | null | undefined;

/** The answers that a field offers: the words for each value. */
export type Options = Readonly<Record<string, ReactNode | { label: ReactNode; hint?: ReactNode }>>;

/** What only the page knows about a field: it overrides the field's definition. */
export type FieldDetails = { label?: ReactNode; hint?: ReactNode; options?: Options; stored?: Stored };

export interface ShownField extends FieldDetails {
  name: string;
  formState: FormState;
}

/** One field of a form: what it means when it is sent, and how the page shows it. */
export interface Field<Value> {
  read(form: FormValues, name: string): Value;
  show(shown: ShownField): ReactNode;
  /** What its inputs are called after its name, if it has several. */
  parts?: readonly string[];
  /** Hidden fields come before the others, whatever the form's body is. */
  isHidden?: true;
}

export type FieldSet = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<Fields extends FieldSet> = { [Name in keyof Fields]: ReturnType<Fields[Name]["read"]> };

/** The values of fields, as a form sent them. */
export function valuesOf<Fields extends FieldSet>(fields: Fields, form: FormValues): ValuesOf<Fields> {
  const values = Object.entries(fields).map(([name, field]) => [name, field.read(form, name)]);
  return Object.fromEntries(values) as ValuesOf<Fields>;
}

/** Draws a field by its name, with what only the page knows about it. */
export type ShowField<Fields extends FieldSet> = (name: keyof Fields & string, details?: FieldDetails) => ReactNode;

/** Draws fields, with what was typed or else what is stored. */
export const showFields =
  <Fields extends FieldSet>(
    fields: Fields,
    formState: FormState,
    stored: Readonly<Record<string, Stored>> = {},
  ): ShowField<Fields> =>
  (name, details) =>
    fields[name]?.show({ stored: stored[name], ...details, name, formState });

/** The names of all inputs of fields, for a page that carries them along. */
export const inputsOf = (fields: FieldSet): string[] =>
  Object.entries(fields).flatMap(([name, { parts = [""] }]) => parts.map((part) => name + part));

type TextDetails = Pick<
  React.ComponentProps<typeof TextField>,
  "hint" | "lines" | "width" | "type" | "autoComplete" | "inputMode" | "maxLength" | "spellCheck"
>;

/** A text of one or several lines; its value is trimmed. */
export const text = (label: ReactNode, details: TextDetails = {}): Field<string> => ({
  read: (form, name) => form.text(name),
  show: (shown) => showText(label, details, shown),
});

/** A list typed with one entry per line; empty lines do not count. */
export function lines(label: ReactNode, details: TextDetails = {}): Field<string[]> {
  const read = (form: FormValues, name: string) =>
    form
      .text(name)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  return { read, show: (shown) => showText(label, details, shown) };
}

const showText = (label: ReactNode, details: TextDetails, { name, formState, stored, ...shown }: ShownField) => (
  <TextField
    {...details}
    name={name}
    label={shown.label ?? label}
    hint={shown.hint ?? details.hint}
    defaultValue={formState.value(name, textOf(stored))}
    error={formState.errorOf(name)}
  />
);

/** A day, typed into three fields. @param what its name in messages: "the last day" */
export const date = (legend: ReactNode, what: string, hint?: ReactNode): Field<TypedDate> => ({
  parts: ["-day", "-month", "-year"],
  read: (form, name) => readDate(form, name, what),
  show: ({ name, formState, stored, ...shown }) => (
    <DateField
      name={name}
      legend={shown.label ?? legend}
      hint={shown.hint ?? hint}
      values={dateValues(formState, name, textOf(stored))}
      error={formState.errorOf(name)}
    />
  ),
});

/** One answer of several, as radio buttons. Its value is null if none of them was sent. */
export const choice = <Value extends string>(
  question: ReactNode,
  options: Readonly<Record<Value, Options[string]>>,
  hint?: ReactNode,
): Field<Value | null> => ({
  read: (form, name) => keysOf(options).find((value) => value === form.text(name)) ?? null,
  show: (shown) => showChoice(question, options, hint, shown),
});

/** The same if the page knows the answers (`options`): its value is what was sent, "" for nothing. */
export const openChoice = (question: ReactNode, hint?: ReactNode): Field<string> => ({
  read: (form, name) => form.text(name),
  show: (shown) => showChoice(question, {}, hint, shown),
});

const showChoice = (
  question: ReactNode,
  options: Options,
  hint: ReactNode,
  { name, formState, ...shown }: ShownField,
) => (
  <RadioQuestion
    name={name}
    heading={false}
    question={shown.label ?? question}
    help={shown.hint ?? hint}
    error={formState.errorOf(name)}
    options={optionsOf(shown.options ?? options, (value) =>
      formState.isChosen(name, value, value === textOf(shown.stored)),
    )}
  />
);

/** Several answers at once, or one thing to confirm. Its value contains those of the options that were ticked. */
export const boxes = <Value extends string>(
  question: ReactNode,
  options: Readonly<Record<Value, Options[string]>>,
  hint?: ReactNode,
): Field<Value[]> => ({
  read: (form, name) => keysOf(options).filter((value) => form.all(name).includes(value)),
  show: (shown) => showBoxes(question, options, hint, shown),
});

/** The same if the page knows the answers (`options`): its value is all that was sent. */
export const openBoxes = (question: ReactNode, hint?: ReactNode): Field<readonly string[]> => ({
  read: (form, name) => form.all(name),
  show: (shown) => showBoxes(question, {}, hint, shown),
});

function showBoxes(question: ReactNode, options: Options, hint: ReactNode, { name, formState, ...shown }: ShownField) {
  const stored = [shown.stored ?? []].flat().map(String);
  return (
    <CheckboxQuestion
      name={name}
      heading={false}
      question={shown.label ?? question}
      help={shown.hint ?? hint}
      error={formState.errorOf(name)}
      options={optionsOf(shown.options ?? options, (value) => formState.isChosen(name, value, stored.includes(value)))}
    />
  );
}

/** An answer from a list that is too long for radio buttons; the page knows the list (`options`), in order. */
export const select = (label: ReactNode, hint?: ReactNode): Field<string> => ({
  read: (form, name) => form.text(name),
  show: ({ name, formState, stored, ...shown }) => (
    <SelectField
      name={name}
      label={shown.label ?? label}
      hint={shown.hint ?? hint}
      defaultValue={formState.value(name, textOf(stored))}
      error={formState.errorOf(name)}
      options={Object.entries(shown.options ?? {}).map(([value, words]) => ({
        value,
        label: typeof words === "string" ? words : value,
      }))}
    />
  ),
});

/** A value from the page that the handler needs again. It stays the same when the form comes back. */
export const hidden = (): Field<string> => ({
  isHidden: true,
  read: (form, name) => form.text(name),
  show: showHidden,
});

/** A value from the page that the handler needs, updated when the form comes back. */
export const current = (): Field<string> => ({
  ...hidden(),
  show: ({ name, stored }) => <input type="hidden" name={name} value={textOf(stored)} />,
});

/** The number of changes that the page has seen. When the form comes back, it is the current number. */
export const revision = (): Field<number> => ({ ...current(), read: readRevision });

/** The number of changes when the form was first opened: readers of an older state are refused again. */
export const firstRevision = (): Field<number> => ({ ...hidden(), read: readRevision });

/** A key that makes sending twice count once. */
export const startKey = (): Field<string> => ({
  isHidden: true,
  read: (form, name) => form.text(name).slice(0, 100) || randomUUID(),
  show: (shown) => showHidden({ ...shown, stored: randomUUID() }),
});

/** A value that the form's body renders by itself, or that several fields make up together. */
export function custom<Value>(read: (form: FormValues, name: string) => Value): Field<Value> {
  return { read, show: () => null };
}

function readRevision(form: FormValues, name: string): number {
  const number = Number(form.text(name));
  return Number.isSafeInteger(number) ? number : 0;
}

const showHidden = ({ name, formState, stored }: ShownField) => (
  <input type="hidden" name={name} value={formState.value(name, textOf(stored))} />
);

const textOf = (stored: Stored): string => (stored === null || stored === undefined ? "" : String(stored));

const keysOf = <Key extends string>(options: Readonly<Record<Key, unknown>>): Key[] => Object.keys(options) as Key[];

const optionsOf = (options: Options, isChosen: (value: string) => boolean) =>
  Object.entries(options).map(([value, words]) => ({
    ...(isWithHint(words) ? words : { label: words }),
    value,
    checked: isChosen(value),
  }));

const isWithHint = (words: Options[string]): words is { label: ReactNode; hint?: ReactNode } =>
  typeof words === "object" && words !== null && "label" in words;

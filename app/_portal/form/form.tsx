import { Fragment, type ReactNode } from "react";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { FormResult } from "#app/_portal/receive-form.ts";
import { Button } from "#app/_ui/button.tsx";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import type { TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { showFields, valuesOf, type FieldSet, type ShowField, type Stored, type ValuesOf } from "./field.tsx";
import { formRoute, type ReceivedForm } from "./form-route.ts";
import { derive, fillPath, type Page, type Shown, type Derived, type Visit } from "./page.ts";

/** Results common to all services: refused, or nothing that the actor may know about; and a finished answer. */
type Settled =
  | { problems: readonly FieldProblem[] }
  | { code: "refused"; message: string; field?: string }
  | { code: "not-found" }
  | "not-found"
  | { to: string }
  | { file: Response }
  | null;

/** What is left of a service's result for `done` to handle. */
export type Remaining<Result> = Exclude<Result, Settled>;

/** A form that was sent: who sent it, from which page, and what its fields mean. */
export interface Sent<Path extends string, Fields extends FieldSet> extends Visit<Path> {
  values: ValuesOf<Fields>;
  /** The fields as they were sent, for a form that has more of them than it can name. */
  form: FormValues;
}

export interface FormDefinition<
  Path extends string,
  View,
  Fields extends FieldSet,
  Result,
  Action extends string = never,
> {
  /** Which of the page's forms it is, if it has several: the value of the hidden field `do`. */
  do?: string;
  /** The address of its handler, if that is not next to the page: "/records/export/send". */
  action?: Action;
  /** In the order in which the page shows them. */
  fields: Fields & { readonly [TICKET_FIELD]?: never };
  stored?(shown: Shown<View, Path>): Partial<Record<keyof Fields, Stored>>;
  /** The form's body, if it is more than its fields in order. */
  body?(shown: Shown<View, Path> & { field: ShowField<Fields>; stored: FormRow["stored"] }): ReactNode;
  /** The text of its button, or different buttons; left out if each of several similar forms has its own. */
  button?: Derived<ReactNode, Shown<View, Path>>;
  /** Calls the service, which authorises. */
  submit(sent: Sent<Path | Action, Fields>): Promise<Result>;
  /** Where to go next, or what has to be corrected after all; by default the page itself. */
  done?: string | ((result: Remaining<Result>, sent: Sent<Path | Action, Fields>) => Answer | Promise<Answer>);
}

type Answer = string | FormResult;

export interface Form<Path extends string, View> extends ReceivedForm {
  page: Page<Path, View>;
  /** @param row the values of this one of several similar forms, and the text of its button */
  show(shown: Shown<View, Path>, row?: Partial<FormRow>): ReactNode;
  /** What its send/route.ts exports. @param others the page's other forms */
  route(...others: ReceivedForm[]): ReturnType<typeof formRoute>;
}

/** A form that a page shows for each of several things: its hidden fields say which one it is about. */
export interface FormRow {
  stored: Readonly<Record<string, Stored>>;
  button?: ReactNode;
}

/** Defines a form of a page: its fields and what they mean, what is done with them, and where it leads. */
export function defineForm<Path extends string, View, Fields extends FieldSet, Result, Action extends string = never>(
  page: Page<Path, View>,
  definition: FormDefinition<Path, View, Fields, Result, Action>,
): Form<Path, View> {
  const form: Form<Path, View> = {
    page,
    do: definition.do,
    pathOf: (params, query) => page.locate(params, query).path,
    show: (shown, row) => <ShownForm definition={definition} shown={shown} row={row} />,
    async receive(actor, typed, query, form) {
      const { params: parts, path } = page.locate(typed, query);
      // Next fills in every part that the handler's folders name.
      const params = parts as Sent<Path | Action, Fields>["params"];
      const sent = { actor, params, query, path, form, values: valuesOf(definition.fields, form) };
      const result = await definition.submit(sent);
      if (!isRemaining(result)) return isSettled(result) ? answerOf(result) : null;
      const { done = path } = definition;
      const answer = typeof done === "string" ? done : await done(result, sent);
      return typeof answer === "string" ? { to: answer } : answer;
    },
    route: (...others) => formRoute(form, ...others),
  };
  return form;
}

/** A problem of the whole form, or of one field. */
export function refused(message: string, field = ""): { problems: FieldProblem[] } {
  return { problems: [{ field, message }] };
}

function answerOf(settled: Settled): FormResult {
  if (settled === null || settled === "not-found") return null;
  if ("problems" in settled || "to" in settled || "file" in settled) return settled;
  return settled.code === "refused" ? refused(settled.message, settled.field) : null;
}

function isRemaining<Result>(result: Result): result is Remaining<Result> & Result {
  return !isSettled(result);
}

function isSettled(result: unknown): result is Settled {
  if (typeof result !== "object" || result === null) return result === null || result === "not-found";
  return "problems" in result || "to" in result || "file" in result || isRefusal(result);
}

function isRefusal(result: object): boolean {
  return "code" in result && (result.code === "not-found" || (result.code === "refused" && "message" in result));
}

type ShownFormProps<Path extends string, View, Fields extends FieldSet> = {
  definition: Omit<FormDefinition<Path, View, Fields, never, string>, "submit" | "done">;
  shown: Shown<View, Path>;
  row: Partial<FormRow> | undefined;
};

function ShownForm<Path extends string, View, Fields extends FieldSet>(props: ShownFormProps<Path, View, Fields>) {
  const { definition, shown, row } = props;
  const { fields, body, button } = definition;
  const { actor, formState, path, params } = shown;
  const stored: FormRow["stored"] = { ...definition.stored?.(shown), ...row?.stored };
  const field = showFields(fields, formState, stored);
  const names = (isHidden: boolean) =>
    Object.keys(fields).filter((name) => Boolean(fields[name]?.isHidden) === isHidden);
  const all = (isHidden: boolean) => names(isHidden).map((name) => <Fragment key={name}>{field(name)}</Fragment>);
  const words = row?.button ?? derive(button, shown);
  const action = definition.action ? fillPath(definition.action, { ...params, ...stored }) : sendPath(path);
  return (
    <PostForm actor={actor} action={action} hidden={definition.do ? { do: definition.do } : {}}>
      {all(true)}
      {body ? body({ ...shown, stored, field }) : all(false)}
      {typeof words === "string" ? <Button>{words}</Button> : words}
    </PostForm>
  );
}

/** The address of the handler next to a page. */
function sendPath(path: string): string {
  const [page = "", query] = path.split("?");
  return query === undefined ? `${page}/send` : `${page}/send?${query}`;
}

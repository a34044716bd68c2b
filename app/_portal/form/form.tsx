import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Fragment, type ReactNode } from "react";
import { type FormState, readFormState } from "#app/_portal/form-state.ts";
import type { Place } from "#app/_portal/place.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import { requireReader } from "#app/_portal/reader.ts";
import { type FormResult, receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem, FormValues } from "#domain/base/form/form-values.ts";
import { parseReference, type ReferencePrefix } from "#domain/base/reference/reference.ts";
import type { TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { ErrorSummary } from "../../_ui/content.tsx";
import { BackLink, Button, PageHeading, Stack } from "../../_ui/layout.tsx";
import { PortalPage, readOnce } from "../portal-page.tsx";
import { type FieldSet, type ShowField, showFields, type Stored, valuesOf, type ValuesOf } from "./field.tsx";

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
  /** What comes above the fields, in a form without a body of its own. */
  lead?: Derived<ReactNode, Shown<View, Path>>;
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
export type FormRow = { stored: Readonly<Record<string, Stored>>; button?: ReactNode };

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
export const refused = (message: string, field = ""): { problems: FieldProblem[] } => ({
  problems: [{ field, message }],
});

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

const isRefusal = (result: object): boolean =>
  "code" in result && (result.code === "not-found" || (result.code === "refused" && "message" in result));

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
      {derive(definition.lead, shown)}
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

export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The bracketed parts of an address: "/holds/[reference]" has `reference`. */
type ParamsOf<Path extends string> = Readonly<Record<NamesOf<Path>, string>>;
type NamesOf<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}` ? Name | NamesOf<Rest> : never;

/** Who is signed in, and at which address. */
export interface Visit<Path extends string> {
  actor: Actor;
  params: ParamsOf<Path>;
  query: Query;
  /** The page's address with its parts filled in, without `kept`. */
  path: string;
}

/** The same, with what the page read, and what was typed before it was refused. */
export interface Shown<View, Path extends string> extends Visit<Path> {
  view: View;
  formState: FormState;
}

/** A value, or a function of what the page shows. */
type Derived<Value, Given> = Value | ((given: Given) => Value);

export interface PageDefinition<Path extends string, View> {
  /** As the folders below app/ are named: "/holds/[reference]". */
  path: Path;
  /** The kind of reference in `params.reference`: it is normalised to the stored spelling, or "" if it is invalid. */
  reference?: ReferencePrefix;
  /** The part of the query that belongs to the form's address: "?from=check". */
  suffix?(query: Query): string;
  /** What the page shows; null if the actor may not know about it. */
  read(visit: Visit<Path> & { formState: FormState }): Promise<View | null> | View | null;
  heading: Derived<string, Shown<View, Path>>;
  /** The title in the browser's tab; by default the heading. */
  title?(shown: Shown<View, Path>): string;
  /** The line above the heading. */
  kicker?: Derived<ReactNode, Shown<View, Path>>;
  section?: Place;
  back?: Derived<{ href: string; label: ReactNode }, Shown<View, Path>>;
  /** The heading is a name that somebody gave: it keeps its own direction of writing. */
  isName?: true;
  /** What takes the place of the way back and the heading where something was just done. */
  confirmation?(shown: Shown<View, Path>): ReactNode;
  /** What comes above the heading: what was just done. */
  notice?: Derived<ReactNode, Shown<View, Path>>;
  /** What comes below the heading. */
  intro?: Derived<ReactNode, Shown<View, Path>>;
  /** The space between what follows; by default that of a form. */
  gap?: "section";
  /** A frame other than the usual one, for similar pages: it renders heading, problems and content. */
  frame?(shown: Shown<View, Path>, heading: string, children: ReactNode): ReactNode;
}

/** What Next passes to a page. */
export type PageProps = { params: Promise<Record<string, string>>; searchParams: Promise<Query> };

/** The parts of an address as they were typed. */
export type TypedParams = Readonly<Record<string, string>>;

/** A page definition: its address, and the data read once for both its title and its content. */
export interface Page<Path extends string, View> {
  definition: PageDefinition<Path, View>;
  /** The parts of an address as they are stored, and the page's address, as used for kept input. */
  locate(params: TypedParams, query: Query): { params: ParamsOf<Path>; path: string };
  /** Null if the actor may not know about it. */
  open(props: PageProps): Promise<Shown<View, Path> | null>;
}

/** Defines a page behind the sign-in: where it is, what it reads, and the words of its frame. */
export function definePage<Path extends string, View>(definition: PageDefinition<Path, View>): Page<Path, View> {
  const locate = (params: TypedParams, query: Query) => locateIn(definition, params, query);
  async function read(typed: TypedParams, query: Query): Promise<Shown<View, Path> | null> {
    const actor = await requireReader();
    const { params, path } = locate(typed, query);
    const visit = { actor, params, query, path, formState: await readFormState(actor, query["kept"], path) };
    const view = await definition.read(visit);
    return view === null ? null : { ...visit, view };
  }
  const open = readOnce(async ({ params, searchParams }: PageProps) => read(await params, await searchParams));
  return { definition, locate, open };
}

function locateIn<Path extends string>(
  { path, reference: prefix, suffix }: Pick<PageDefinition<Path, unknown>, "path" | "reference" | "suffix">,
  typed: TypedParams,
  query: Query,
) {
  const known = prefix ? parseReference(prefix, typed["reference"] ?? "") : null;
  const filled = fillPath(path, known === null ? typed : { ...typed, reference: known });
  const params = prefix ? { ...typed, reference: known ?? "" } : typed;
  // Next fills in every part that the folders name.
  return { params: params as ParamsOf<Path>, path: `${filled}${suffix?.(query) ?? ""}` };
}

/** The last value of a parameter of the query; undefined where it is not in it. */
export const lastOf = (query: Query, name: string): string | undefined => [query[name] ?? []].flat().at(-1);

/** The query as it was sent: every value in its order. */
export function asSent(query: Query): string {
  const sent = Object.entries(query).flatMap(([name, all = []]) => [all].flat().map((value) => [name, value]));
  return new URLSearchParams(sent).toString();
}

/** For `read`: several readings at the same time, by their names. */
export async function together<Readings extends Readonly<Record<string, unknown>>>(readings: Readings) {
  const read = Object.entries(readings).map(async ([name, reading]) => [name, await reading] as const);
  return Object.fromEntries(await Promise.all(read)) as { [Name in keyof Readings]: Awaited<Readings[Name]> };
}

/** For `suffix`: the whole query, without what says that something was just done. */
export function wholeQuery({ kept: _, done: __, already: ___, did: ____, ...query }: Query): string {
  const sent = asSent(query);
  return sent && `?${sent}`;
}

/** An address with its parts filled in. */
const fillPath = (path: string, parts: Readonly<Record<string, Stored>>): string =>
  path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? "")));

/** The value itself, or the function's result for what is shown. */
export const derive = <Value, Given>(value: Derived<Value, Given>, given: Given): Value =>
  isRule(value) ? value(given) : value;

const isRule = <Value, Given>(value: Derived<Value, Given>): value is (given: Given) => Value =>
  typeof value === "function";

/** What a page.tsx exports: title and content from a single read; 404 if there is nothing. */
export const showPage = <Path extends string, View>(
  page: Page<Path, View>,
  show: (shown: Shown<View, Path>) => ReactNode,
) => ({
  async generateMetadata(props: PageProps): Promise<Metadata> {
    const shown = await page.open(props);
    if (!shown) return { title: "Page not found" };
    const { title, heading } = page.definition;
    return { title: `${shown.formState.titlePrefix}${title ? title(shown) : derive(heading, shown)}` };
  },
  async Page(props: PageProps): Promise<ReactNode> {
    const shown = await page.open(props);
    return shown ? show(shown) : notFound();
  },
});

/** What the route handler needs from a form. */
interface ReceivedForm {
  do: string | undefined;
  /** The address of its page. */
  pathOf(params: TypedParams, query: Query): string;
  receive(actor: Actor, params: TypedParams, query: Query, form: FormValues): Promise<FormResult>;
}

type Context = { params: Promise<Record<string, string>> };

/**
 * What the send/route.ts of a form exports: it handles what the page posts, and redirects a GET of its address to the
 * page.
 * @param others the page's other forms; the hidden field `do` says which one was sent, and a form without one takes the
 * rest
 */
export function formRoute(first: ReceivedForm, ...others: ReceivedForm[]) {
  const forms = [first, ...others];
  return {
    async POST(request: Request, context: Context): Promise<Response> {
      const [params, query] = [await context.params, queryOf(request)];
      return receiveForm(request, first.pathOf(params, query), async (actor, sent) => {
        const asked = sent.text("do");
        const form = forms.find((one) => one.do === asked) ?? forms.find((one) => one.do === undefined);
        return form ? form.receive(actor, params, query, sent) : null;
      });
    },
    async GET(request: Request, context: Context): Promise<Response> {
      return seeOther(first.pathOf(await context.params, queryOf(request)));
    },
  };
}

function queryOf(request: Request): Query {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...searchParams.keys()].map((name) => {
      const all = searchParams.getAll(name);
      return [name, all.length > 1 ? all : all[0]];
    }),
  );
}

/**
 * A page with one form: the form, what its page.tsx exports, the page's frame with the form in it, and what its
 * send/route.ts does.
 */
export function defineFormPage<
  Path extends string,
  View,
  Fields extends FieldSet,
  Result,
  Action extends string = never,
>(page: Page<Path, View>, definition: FormDefinition<Path, View, Fields, Result, Action>) {
  const form = defineForm(page, definition);
  return { form, ...formsPage(page, [form], form.show) };
}

/** A page with more than one form in its frame: what its page.tsx exports. @param lead what belongs to its head, before the sections */
export const framedPage = <Path extends string, View>(
  page: Page<Path, View>,
  show: (shown: Shown<View, Path>) => ReactNode,
  lead?: (shown: Shown<View, Path>) => ReactNode,
) =>
  showPage(page, (shown) => (
    <FormPage definition={page.definition} shown={shown} lead={lead?.(shown)}>
      {show(shown)}
    </FormPage>
  ));

/** The same with what its send/route.ts does. @param forms those that are posted there; see `formRoute` */
export const formsPage = <Path extends string, View>(
  page: Page<Path, View>,
  forms: readonly [ReceivedForm, ...ReceivedForm[]],
  ...content: [show: (shown: Shown<View, Path>) => ReactNode, lead?: (shown: Shown<View, Path>) => ReactNode]
) => ({ ...framedPage(page, ...content), ...formRoute(...forms) });

type FormPageProps<Path extends string, View> = {
  definition: PageDefinition<Path, View>;
  shown: Shown<View, Path>;
  lead?: ReactNode;
  children: ReactNode;
};

/** The frame of a page with a form: the way back, what has to be corrected, the heading, and the form. */
export function FormPage<Path extends string, View>({ definition, shown, lead, children }: FormPageProps<Path, View>) {
  const { section, frame, gap = "loose" } = definition;
  if (frame) return frame(shown, derive(definition.heading, shown), children);
  const head = <PageHead definition={definition} shown={shown} />;
  return (
    <PortalPage actor={shown.actor} section={section} gap={gap}>
      {lead ? (
        <Stack gap="loose">
          {head}
          {lead}
        </Stack>
      ) : (
        head
      )}
      {children}
    </PortalPage>
  );
}

export type PageHeadProps<Path extends string, View> = {
  definition: Pick<
    PageDefinition<Path, View>,
    "back" | "confirmation" | "heading" | "intro" | "isName" | "kicker" | "notice"
  >;
  shown: Shown<View, Path>;
};

/** The head of a page: the way back, what has to be corrected, and the heading; or what was just done. */
export function PageHead<Path extends string, View>({ definition, shown }: PageHeadProps<Path, View>) {
  const { confirmation, isName } = definition;
  const [back, heading] = [derive(definition.back, shown), derive(definition.heading, shown)];
  return (
    confirmation?.(shown) || (
      <Stack>
        {back && <BackLink href={back.href}>{back.label}</BackLink>}
        <ErrorSummary errors={[...shown.formState.problems]} />
        {derive(definition.notice, shown)}
        <PageHeading kicker={derive(definition.kicker, shown)}>{isName ? <bdi>{heading}</bdi> : heading}</PageHeading>
        {derive(definition.intro, shown)}
      </Stack>
    )
  );
}

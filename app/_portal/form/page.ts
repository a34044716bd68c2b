import type { ReactNode } from "react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readFormState, type FormState } from "#app/_portal/form-state.ts";
import type { Place } from "#app/_portal/place.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { parseReference, type ReferencePrefix } from "#domain/base/reference/reference.ts";
import { readOnce } from "#app/_portal/read-once.ts";
import { requireReader } from "#app/_portal/reader.ts";
import type { Stored } from "./field.tsx";

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
export type Derived<Value, Given> = Value | ((given: Given) => Value);

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
export interface PageProps {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Query>;
}

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
export function lastOf(query: Query, name: string): string | undefined {
  return [query[name] ?? []].flat().at(-1);
}

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
export function fillPath(path: string, parts: Readonly<Record<string, Stored>>): string {
  return path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? "")));
}

/** The value itself, or the function's result for what is shown. */
export function derive<Value, Given>(value: Derived<Value, Given>, given: Given): Value {
  return isRule(value) ? value(given) : value;
}

function isRule<Value, Given>(value: Derived<Value, Given>): value is (given: Given) => Value {
  return typeof value === "function";
}

/** What a page.tsx exports: title and content from a single read; 404 if there is nothing. */
export function showPage<Path extends string, View>(
  page: Page<Path, View>,
  show: (shown: Shown<View, Path>) => ReactNode,
) {
  return {
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
  };
}

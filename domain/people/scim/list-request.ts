/** A program's request for a list: filter, order, page, attributes (RFC 7644, sections 3.4.2 and 3.4.3). */
import { z } from "zod";
import { ScimError } from "./error.ts";
import { type Filter, parseFilter } from "./filter.ts";
import { EXTENSIONS } from "./user.ts";

export const SEARCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
export const MOST_RESULTS = 200;
const USUAL_RESULTS = 100;

export interface ListRequest {
  filter: Filter | null;
  sortBy: string | null;
  isDescending: boolean;
  /** The first is 1. */
  startIndex: number;
  count: number;
  projection: Projection;
}

const names = z.union([z.string(), z.array(z.string())]).nullish();
const number = z.union([z.number(), z.string()]).nullish();
const requestSchema = z.object({
  filter: z.string().nullish(),
  sortBy: z.string().nullish(),
  sortOrder: z.string().nullish(),
  startIndex: number,
  count: number,
  attributes: names,
  excludedAttributes: names,
});

/** Reads it from an address. @throws ScimError 400 */
export const readListQuery = (query: URLSearchParams): ListRequest => readRequest(Object.fromEntries(query));

/** Reads it from the body of a search. @throws ScimError 400 */
export function readSearchBody(sent: Readonly<Record<string, unknown>>): ListRequest {
  const { schemas } = sent;
  if (!Array.isArray(schemas) || !schemas.includes(SEARCH_SCHEMA))
    throw new ScimError(400, "invalidSyntax", `"schemas" has to name ${SEARCH_SCHEMA}.`);
  return readRequest(sent);
}

/** Which attributes are requested, from an address. @throws ScimError 400 if both parameters are given */
export const readProjection = (query: URLSearchParams): Projection =>
  projectionOf(query.get("attributes"), query.get("excludedAttributes"));

function readRequest(sent: Readonly<Record<string, unknown>>): ListRequest {
  const read = requestSchema.safeParse(sent);
  if (!read.success) throw invalid(`"${read.error.issues[0]?.path.join(".")}" cannot be read.`);
  const { filter, sortBy, sortOrder, startIndex, count, attributes, excludedAttributes } = read.data;
  if (filter !== undefined && filter !== null && filter.trim() === "")
    throw new ScimError(400, "invalidFilter", "The filter is empty.");
  const order = (sortOrder ?? "ascending").toLowerCase();
  if (order !== "ascending" && order !== "descending") throw invalid('"sortOrder" is ascending or descending.');
  return {
    filter: filter ? parseFilter(filter) : null,
    sortBy: sortBy?.trim() || null,
    isDescending: order === "descending",
    startIndex: Math.max(1, whole("startIndex", startIndex, 1)),
    count: Math.min(MOST_RESULTS, Math.max(0, whole("count", count, USUAL_RESULTS))),
    projection: projectionOf(attributes, excludedAttributes),
  };
}

function whole(name: string, value: string | number | null | undefined, usual: number): number {
  if (value === undefined || value === null || value === "") return usual;
  const asked = Number(value);
  if (Number.isSafeInteger(asked)) return Math.min(asked, 1_000_000_000);
  throw invalid(`"${name}" is a whole number.`);
}

function projectionOf(
  attributes: string | string[] | null | undefined,
  excluded: string | string[] | null | undefined,
): Projection {
  const list = (given: string | string[] | null | undefined) =>
    [given ?? []]
      .flat()
      .flatMap((one) => one.split(","))
      .map((one) => one.trim())
      .filter(Boolean);
  const [included, unwanted] = [list(attributes), list(excluded)];
  if (included.length > 0 && unwanted.length > 0)
    throw invalid('"attributes" and "excludedAttributes" are not used together.');
  return { attributes: included.length > 0 ? included : null, excluded: unwanted };
}

const invalid = (detail: string): ScimError => new ScimError(400, "invalidValue", detail);

/** Which attributes of a resource are sent (RFC 7644, section 3.9). */
export interface Projection {
  /** Names as requested; null for all. */
  attributes: readonly string[] | null;
  excluded: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const ALWAYS = ["id", "schemas"];

/** The resource with the requested attributes; `id` and `schemas` are always included. */
export function project(resource: Json, { attributes, excluded }: Projection): Json {
  const picked = attributes ? pick(resource, attributes.map(pathOf)) : resource;
  const projected = excluded.map(pathOf).reduce((rest, path) => drop(rest, path), picked);
  const always = Object.fromEntries(ALWAYS.flatMap((name) => (name in resource ? [[name, resource[name]]] : [])));
  return { ...always, ...projected };
}

/** Whether an attribute is sent; `name` without sub-attributes. */
export function isProjected(name: string, { attributes, excluded }: Projection): boolean {
  const is = (asked: string) => same(pathOf(asked)[0] ?? "", name);
  return (
    (attributes === null || attributes.some(is)) && !excluded.some((asked) => is(asked) && pathOf(asked).length === 1)
  );
}

/** Splits `name.givenName` into its parts; a core schema is left out, an extension's is a part of its own. */
function pathOf(asked: string): string[] {
  const text = asked.trim();
  const extension = EXTENSIONS.find((one) => text.slice(0, one.length).toLowerCase() === one.toLowerCase());
  if (extension)
    return [
      extension,
      ...text
        .slice(extension.length + 1)
        .split(".")
        .filter(Boolean),
    ];
  return text.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, "").split(".");
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

function pick(resource: Json, paths: readonly (readonly string[])[]): Json {
  const entries = Object.entries(resource).flatMap(([key, value]): [string, unknown][] => {
    const here = paths.filter(([first]) => first !== undefined && same(first, key)).map(([, ...rest]) => rest);
    if (here.length === 0) return [];
    if (here.some((rest) => rest.length === 0)) return [[key, value]];
    if (Array.isArray(value)) return [[key, value.map((one: unknown) => (isJson(one) ? pick(one, here) : one))]];
    return isJson(value) ? [[key, pick(value, here)]] : [];
  });
  return Object.fromEntries(entries);
}

function drop(resource: Json, [first = "", ...rest]: readonly string[]): Json {
  const entries = Object.entries(resource).flatMap(([key, value]): [string, unknown][] => {
    if (!same(first, key)) return [[key, value]];
    if (rest.length === 0) return [];
    if (Array.isArray(value)) return [[key, value.map((one: unknown) => (isJson(one) ? drop(one, rest) : one))]];
    return [[key, isJson(value) ? drop(value, rest) : value]];
  });
  return Object.fromEntries(entries);
}

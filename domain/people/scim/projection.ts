/** Which attributes of a resource are sent (RFC 7644, section 3.9). */
import { EXTENSIONS } from "./user.ts";

export interface Projection {
  /** Names as requested; null for all. */
  attributes: readonly string[] | null;
  excluded: readonly string[];
}

export const EVERYTHING: Projection = { attributes: null, excluded: [] };

type Json = Readonly<Record<string, unknown>>;
/** These are always sent. */
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

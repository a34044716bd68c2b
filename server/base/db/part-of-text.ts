import * as Prisma from "./prisma.ts";
import type { Tx } from "./database.ts";
import { partsOfReference } from "#domain/base/reference/reference.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";

// Only for where people and programs search by part of a text: what they enter is taken literally. Anybody identified
// by what was typed or claimed is found by `=` instead (domain/access/identity/provider-claim.ts), so a lint rule allows the
// database's patterns only here.

/** Escapes the database's wildcards, so that they are taken literally. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

interface PartOptions {
  isCaseExact?: boolean;
}

const modeOf = ({ isCaseExact = false }: PartOptions) =>
  isCaseExact ? ("default" as const) : ("insensitive" as const);

/** Texts that contain this part. */
export const holding = (part: string, options: PartOptions = {}) => ({
  contains: literally(part),
  mode: modeOf(options),
});

/** Alternatives for an OR: rows whose reference contains what was typed, in whatever spelling. */
export const withReference = (typed: string) =>
  partsOfReference(typed).map((part) => ({ reference: { contains: part } }));

/** Where a search of a register looks: in columns of its table, and in the names of people that columns stand for. */
interface SearchedColumns {
  table: Prisma.ModelName;
  columns?: readonly string[];
  people?: readonly string[];
}

/** More rows are found by the letters as they were typed. */
const MOST_BY_PLAIN_LETTERS = 5_000;

/**
 * Rows of a body that contain what was typed, by plain letters: accents, apostrophes and case aside.
 * @returns alternatives for an OR
 */
export async function alternativesFor(
  tx: Tx,
  body: string,
  typed: string,
  { table, columns = [], people = [] }: SearchedColumns,
): Promise<object[]> {
  const pattern = `%${literally(plainLetters(typed))}%`;
  const column = (name: string) => Prisma.raw(`t."${name}"`);
  const isIn = [
    ...columns.map((name) => Prisma.sql`plain_letters(${column(name)}) LIKE ${pattern}`),
    ...people.map(
      (name) =>
        Prisma.sql`EXISTS (SELECT FROM "Person" p WHERE p.id = ${column(name)} AND plain_letters(p.name) LIKE ${pattern})`,
    ),
  ];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM ${Prisma.raw(`"${table}"`)} t
     WHERE t.body = ${body} AND (${Prisma.join(isIn, " OR ")}) LIMIT ${MOST_BY_PLAIN_LETTERS + 1}`;
  if (rows.length <= MOST_BY_PLAIN_LETTERS) return [{ id: { in: rows.map(({ id }) => id) } }];
  return [
    ...columns.map((name) => ({ [name]: holding(typed) })),
    ...people.map((name) => ({ [name.replace(/Id$/, "")]: { name: holding(typed) } })),
  ];
}

/** What a search of a register finds, for `found` of its list: a reference in whatever spelling, or a part of a text. */
export function findBy(tx: Tx, body: string, typed: string | undefined, searched: SearchedColumns) {
  if (!typed) return undefined;
  return async () => ({ OR: [...withReference(typed), ...(await alternativesFor(tx, body, typed, searched))] });
}

/** Texts that begin with this part. */
export const beginningWith = (part: string, options: PartOptions = {}) => ({
  startsWith: literally(part),
  mode: modeOf(options),
});

/** Texts that end with this part. */
export const endingWith = (part: string, options: PartOptions = {}) => ({
  endsWith: literally(part),
  mode: modeOf(options),
});

/** Texts that come before or after this one in the alphabet. */
export const ordered = (by: "gt" | "gte" | "lt" | "lte", text: string, options: PartOptions = {}) => ({
  [by]: text,
  mode: modeOf(options),
});

/**
 * What was typed as a query for the database's text search: each word is the beginning of a word in the text, by their
 * plain letters: case, accents and apostrophes aside. Null if it contains no letter or digit. For `search_words(…) @@
 * to_tsquery('simple', …)`, which has an index (docs/decisions/055-lists-by-keyset.md).
 */
export function wordsBeginning(typed: string): string | null {
  const words = plainLetters(typed)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "");
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}

/** What was typed as a prefix pattern, for LIKE in a statement in SQL. */
export const patternBeginning = (typed: string): string => `${literally(typed)}%`;

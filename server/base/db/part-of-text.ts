import "server-only";

// Where people and programs search by a part of a text, and nowhere else: what they give stands for itself. Whoever is
// picked out by what was typed or claimed is found by `=` instead (domain/access/identity/email.ts), so a lint rule allows the
// database's patterns here alone.

/** What the database would read as "any letters" stands for itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}

/** Whether capital letters count. */
interface PartOptions {
  isCaseExact?: boolean;
}

const modeOf = ({ isCaseExact = false }: PartOptions) =>
  isCaseExact ? ("default" as const) : ("insensitive" as const);

/** Texts that hold this part. */
export function holding(part: string, options: PartOptions = {}) {
  return { contains: literally(part), mode: modeOf(options) };
}

/** Texts that begin with this part. */
export function beginningWith(part: string, options: PartOptions = {}) {
  return { startsWith: literally(part), mode: modeOf(options) };
}

/** Texts that end with this part. */
export function endingWith(part: string, options: PartOptions = {}) {
  return { endsWith: literally(part), mode: modeOf(options) };
}

/** Texts that come before or after this one in the alphabet. */
export function ordered(by: "gt" | "gte" | "lt" | "lte", text: string, options: PartOptions = {}) {
  return { [by]: text, mode: modeOf(options) };
}

/**
 * What was typed as a query of the database's text search: each word begins a word of the text, whatever its case. Null
 * where there is no letter and no digit in it. For `search_words(…) @@ to_tsquery('simple', …)`, which has its index
 * (docs/decisions/055-lists-by-keyset.md).
 */
export function wordsBeginning(typed: string): string | null {
  const words = typed
    .normalize("NFC")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "");
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}

/** What was typed as a pattern for what begins with it, for LIKE in a statement in SQL. */
export function patternBeginning(typed: string): string {
  return `${literally(typed)}%`;
}

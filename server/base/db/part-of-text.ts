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

// @ts-check
// What may be told of an error: its class, its cause and where it happened, and nothing that people wrote. Messages of
// others quote values: PostgreSQL a whole row, Prisma the arguments of a call, JSON.parse what it was given.

const MOST_LETTERS = 500;
const MOST_FRAMES = 20;
const MOST_CAUSES = 3;
/** Shorter values are parts of too many words, and so are shorter words of a value. */
const LEAST_VALUE = 3;
const LEAST_WORD = 4;
const MOST_VALUES = 500;

/** What looks like a name in code: of a table, a column, a function, a file. */
const NAME = /^[\w$.:/#-]{1,80}(\(\))?$/;
const IN_BACKTICKS = /(Message: )?`([^`]*)`/g;
const QUOTED = /"(?:[^"\\]|\\.)*"|“[^”]*”|(?<![\p{L}\p{N}])'(?:[^']|'(?=\p{L}))*'(?!\p{L})/gu;
/** Before the name of a table and the like, which stays even where somebody typed the same word. */
const NAMING = '(?<!(?:\\b(?:relation|table|column|constraint|index|function|type|schema) ["`]|prisma\\.)[\\w.$]*)';
const PLACES = /** @type {const} */ ([
  // Values of columns in PostgreSQL's details.
  [/(Key \([^)]*\))=\(.*\)/g, "$1=([data])"],
  [/(Failing row contains) \(.*\)/g, "$1 ([data])"],
  [/(\w+:\/\/[^\s?"']+)\?[^\s"']*/g, "$1?[data]"],
  [/[\p{L}\p{N}.!#$%&'’*+/=?^_{|}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu, "[address]"],
]);

/**
 * A failure as the log writes it.
 * @typedef {object} FailureLine
 * @property {string} class
 * @property {string} message
 * @property {string} [code] of the system, of PostgreSQL or of Prisma
 * @property {string} [digest] the number that Next gives it, and its error page shows
 * @property {string} stack
 * @property {FailureLine} [cause]
 */

/**
 * An error without what people wrote.
 * @param {unknown} error
 * @param {readonly string[]} [typed] what was sent with the request that failed
 * @returns {FailureLine}
 */
export const describeFailure = (error, typed = []) => describe(error, typed, MOST_CAUSES);

/** @param {unknown} error @param {readonly string[]} typed @param {number} left @returns {FailureLine} */
function describe(error, typed, left) {
  if (!(error instanceof Error)) {
    const message = typeof error === "string" ? withoutData(error, typed) : "";
    return { class: error === null ? "null" : typeof error, message, stack: "" };
  }
  const { code, digest } = /** @type {{ code?: unknown, digest?: unknown }} */ (error);
  const cause = causeOf(error);
  return {
    class: error.name === "Error" ? error.constructor.name : error.name,
    message: messageOf(error, typed),
    ...(/^[\w.-]{1,60}$/.test(String(code ?? "")) && { code: String(code) }),
    ...(/^[\w@;.-]{1,60}$/.test(String(digest ?? "")) && { digest: String(digest) }),
    stack: framesOf(error),
    ...(cause !== undefined && left > 0 && { cause: describe(cause, typed, left - 1) }),
  };
}

/** @param {Error} error @returns {unknown} of several the first, as of the addresses of one host */
function causeOf(error) {
  if (error.cause !== undefined) return error.cause;
  return error instanceof AggregateError ? error.errors[0] : undefined;
}

/** @param {Error} error @param {readonly string[]} typed */
function messageOf(error, typed) {
  const { issues } = /** @type {{ issues?: unknown }} */ (error);
  if (error.name === "ZodError" && Array.isArray(issues))
    return issues
      .map(({ path = [], code }) => `${path.join(".")}: ${code}`)
      .join(", ")
      .slice(0, MOST_LETTERS);
  if (!error.name.startsWith("PrismaClient")) return withoutData(error.message, typed);
  // Prisma puts the call first and the reason last; the lines between hold the arguments.
  const lines = error.message.trim().split("\n");
  const call = /Invalid `[\w$.]+\(\)` invocation/.exec(lines[0] ?? "")?.[0];
  return withoutData([call, lines.at(-1)].filter(Boolean).join(": "), typed);
}

/** The places in the code, without the message that stands before them. @param {Error} error */
function framesOf({ stack = "" }) {
  const frames = stack.split("\n").filter((line) => /^\s+at\s/.test(line));
  return frames
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim())
    .join("\n");
}

/**
 * What went wrong, in one line of text that may be shown and kept.
 * @param {unknown} error
 */
export const inOneLine = (error) => describeFailure(error).message.slice(0, 300) || "It did not say why.";

/**
 * A text without the values that it quotes, addresses of mail, queries, and what was typed.
 * @param {string} text
 * @param {readonly string[]} typed
 */
function withoutData(text, typed) {
  const isOfParser = text.includes("JSON");
  const isName = (/** @type {string} */ inside) => NAME.test(inside) && !isOfParser;
  let hidden = text.replace(/\s+/g, " ").trim();
  for (const [pattern, words] of PLACES) hidden = hidden.replace(pattern, words);
  hidden = hidden
    // PostgreSQL's own message is in them where Prisma passes it on.
    .replace(IN_BACKTICKS, (whole, isMessage, inside) => (isMessage || isName(inside) ? whole : "[data]"))
    // A name follows the word for what it names; a value stands first, or after a colon or a comma.
    .replace(QUOTED, (whole, at, all) =>
      !whole.startsWith("“") && isName(whole.slice(1, -1)) && /[\p{L}(] ?$/u.test(all.slice(Math.max(0, at - 2), at))
        ? whole
        : "[data]",
    );
  return withoutTyped(hidden, typed).slice(0, MOST_LETTERS);
}

/**
 * A text without what was typed, as a whole or by its words with a capital letter, as names have.
 * @param {string} text
 * @param {readonly string[]} typed
 */
export function withoutTyped(text, typed) {
  const values = typed.flatMap((value) => [
    value.replace(/\s+/g, " ").trim(),
    ...(value.match(/\p{Lu}[\p{L}\p{N}'’-]+/gu) ?? []).filter((word) => word.length >= LEAST_WORD),
  ]);
  const known = [...new Set(values)].filter(({ length }) => length >= LEAST_VALUE).slice(0, MOST_VALUES);
  if (known.length === 0) return text;
  const longestFirst = known
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text.replace(
    new RegExp(`${NAMING}(?<![\\p{L}\\p{N}])(${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "giu"),
    "[data]",
  );
}

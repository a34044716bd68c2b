import "server-only";
import type { QueryResult } from "pg";
import type { RequestContext } from "#server/base/request/context.ts";
import { isUnavailable } from "./unavailable.ts";

/** What is asked of the pool, as Prisma's adapter asks it. */
export interface AskedStatement {
  text: string;
  values: readonly unknown[];
  rowMode: "array";
  types: { getTypeParser(oid: number, format: "text"): (text: string) => unknown };
}

/** As much of an answer as Prisma's adapter reads. */
export type Answer = Pick<QueryResult, "rows" | "rowCount"> & { fields: { name: string; dataTypeID: number }[] };

/** Sends one statement; with `rowMode` its rows are arrays. */
export type Send = (statement: { text: string; values: unknown[] } | AskedStatement) => Promise<Answer>;

interface Waiting {
  asked: AskedStatement;
  /** Of its columns. */
  names: readonly string[];
  resolve(answer: Answer | Promise<Answer>): void;
  reject(error: unknown): void;
}

const MOST_STATEMENTS = 60;
/** A statement has 65,535 values at most. */
const MOST_VALUES_EACH = 1_000;
const TEXT_OID = 25;

/**
 * Lets what a request asks at the same moment go to the server as one statement: a page reads from a dozen nouns, each by
 * its own repository, and waits for the server once. Only reading is bundled, outside transactions, and never what two
 * requests ask.
 * @param send to the server
 * @returns asks within a request; null for what goes by itself
 */
export function makeBundler(send: Send): (request: RequestContext, asked: unknown) => Promise<Answer> | null {
  const waitingOf = new WeakMap<RequestContext, Waiting[]>();
  return (request, asked) => {
    if (!isAsked(asked) || asked.values.length > MOST_VALUES_EACH) return null;
    const names = readColumns(asked.text);
    if (!names) return null;
    return new Promise((resolve, reject) => {
      const one = { asked, names, resolve, reject };
      const others = waitingOf.get(request);
      if (others && others.length < MOST_STATEMENTS) return void others.push(one);
      const bundle = [one];
      waitingOf.set(request, bundle);
      // By then all that was asked in one go has come: what Prisma does before it asks takes no turn of its own.
      setImmediate(() => {
        if (waitingOf.get(request) === bundle) waitingOf.delete(request);
        void sendBundle(send, bundle);
      });
    });
  };
}

function isAsked(asked: unknown): asked is AskedStatement {
  return (
    typeof asked === "object" &&
    asked !== null &&
    "rowMode" in asked &&
    asked.rowMode === "array" &&
    "types" in asked &&
    "text" in asked &&
    typeof asked.text === "string" &&
    "values" in asked &&
    Array.isArray(asked.values)
  );
}

async function sendBundle(send: Send, bundle: readonly Waiting[]): Promise<void> {
  const alone = () => bundle.forEach(({ asked, resolve }) => resolve(send(asked)));
  if (bundle.length === 1) return alone();
  try {
    const [parts = {}] = (await send(inOne(bundle))).rows as Record<string, Part>[];
    bundle.forEach(({ asked, names, resolve }, index) => resolve(answerOf(asked, names, parts[`r${index}`])));
  } catch (error) {
    // Where one of them asks something wrong, the others have their answers.
    if (isUnavailable(error)) bundle.forEach(({ reject }) => reject(error));
    else alone();
  }
}

/**
 * One statement with one row: for each statement of the bundle its rows, every value as the text that the server would
 * have sent, and the types of its columns.
 */
function inOne(bundle: readonly Waiting[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = bundle.map(({ asked, names }, index) => {
    const columns = names.map((_, at) => `c${at}`);
    const row = `ARRAY[${columns.map((column) => `${column}::text`).join(", ")}]`;
    const types = `ARRAY[${columns.map((column) => `min(pg_typeof(${column})::oid::int8)`).join(", ")}]`;
    const inner = withValuesFrom(asked.text, values.length);
    values.push(...asked.values);
    return `(SELECT json_build_array(json_agg(${row}), ${types}) FROM (${inner}) AS t(${columns.join(", ")})) AS r${index}`;
  });
  return { text: `SELECT ${parts.join(",\n")}`, values };
}

/** What a bundle says of one of its statements: rows, null for none, and the columns' types, null where there are no rows. */
type Part = [(string | null)[][] | null, (number | null)[]];

function answerOf({ types }: AskedStatement, names: readonly string[], part: Part | undefined): Answer {
  if (!part) throw new Error("An answer is missing.");
  const [found, oids] = part;
  const fields = names.map((name, at) => ({ name, dataTypeID: oids[at] ?? TEXT_OID }));
  const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, "text"));
  const valueOf = (text: string | null, at: number) => (text === null ? null : parsers[at]?.(text));
  const rows = (found ?? []).map((row) => row.map(valueOf));
  return { fields, rows, rowCount: rows.length };
}

// What is in quotes is one word, whatever it holds; the rest is of interest where it opens, closes or parts something.
const WORDS = /"(?:[^"]|"")*"|'(?:[^']|'')*'|::\w+(?:\[\])?|\$\d+|[[\](),]|\w+/g;

/** A statement whose values $1, $2 … stand further back. */
function withValuesFrom(text: string, first: number): string {
  return text.replace(WORDS, (word) => (/^\$\d+$/.test(word) ? `$${Number(word.slice(1)) + first}` : word));
}

/** The columns of a statement that reads, as Prisma writes them: each ends in its name in quotes; null where it is another. */
function readColumns(text: string): string[] | null {
  if (!text.startsWith("SELECT ") || /\bFOR (NO KEY )?(UPDATE|SHARE|KEY SHARE)\b/.test(text)) return null;
  const names: string[] = [];
  let [depth, last] = [0, ""];
  for (const [word] of text.slice("SELECT ".length).matchAll(WORDS)) {
    const isEnd = depth === 0 && (word === "," || word === "FROM");
    if (isEnd) {
      if (!last.startsWith('"')) return null;
      names.push(last.slice(1, -1).replaceAll('""', '"'));
      if (word === "FROM") return names;
    }
    if (word === "(" || word === "[") depth++;
    if (word === ")" || word === "]") depth--;
    if (!word.startsWith("::")) last = word; // what a column is made into leaves it its name
  }
  return null;
}

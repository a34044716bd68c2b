import type { QueryResult } from "pg";
import type { RequestContext } from "#server/base/request/context.ts";
import { isUnavailable } from "./unavailable.ts";

/** A query to the pool, as Prisma's adapter makes it. */
export interface AskedStatement {
  text: string;
  values: readonly unknown[];
  rowMode: "array";
  types: { getTypeParser(oid: number, format: "text"): (text: string) => unknown };
}

/** As much of a result as Prisma's adapter reads. */
export type Answer = Pick<QueryResult, "rows" | "rowCount"> & { fields: { name: string; dataTypeID: number }[] };

/** Sends one statement; with `rowMode` its rows are arrays. */
export type Send = (statement: { text: string; values: unknown[] } | AskedStatement) => Promise<Answer>;

interface Waiting {
  asked: AskedStatement;
  statement: Statement;
  resolve(answer: Answer | Promise<Answer>): void;
  reject(error: unknown): void;
}

const MOST_STATEMENTS = 60;
/** A statement has at most 65,535 values. */
const MOST_VALUES_EACH = 1_000;
const TEXT_OID = 25;

/**
 * Sends the queries that a request makes at the same moment to the server as one statement: a page reads from a dozen
 * nouns, each through its own repository, and waits for the server once. Only reads outside transactions are bundled,
 * and never across two requests.
 * @param send to the server
 * @returns runs a query within a request; null for one that goes on its own
 */
export function makeBundler(send: Send): (request: RequestContext, asked: unknown) => Promise<Answer> | null {
  const waitingOf = new WeakMap<RequestContext, Waiting[]>();
  return (request, asked) => {
    if (!isAsked(asked) || asked.values.length > MOST_VALUES_EACH) return null;
    const statement = readStatement(asked.text);
    if (!statement) return null;
    return new Promise((resolve, reject) => {
      const one = { asked, statement, resolve, reject };
      const others = waitingOf.get(request);
      if (others && others.length < MOST_STATEMENTS) return void others.push(one);
      const bundle = [one];
      waitingOf.set(request, bundle);
      // By then everything queried at the same time has arrived: Prisma's work before a query takes no extra turn.
      setImmediate(() => {
        if (waitingOf.get(request) === bundle) waitingOf.delete(request);
        void sendBundle(send, bundle);
      });
    });
  };
}

const isAsked = (asked: unknown): asked is AskedStatement =>
  typeof asked === "object" &&
  asked !== null &&
  "rowMode" in asked &&
  asked.rowMode === "array" &&
  "types" in asked &&
  "text" in asked &&
  typeof asked.text === "string" &&
  "values" in asked &&
  Array.isArray(asked.values);

async function sendBundle(send: Send, bundle: readonly Waiting[]): Promise<void> {
  const alone = () => bundle.forEach(({ asked, resolve }) => resolve(send(asked)));
  if (bundle.length === 1) return alone();
  try {
    const [parts = {}] = (await send(inOne(bundle))).rows as Record<string, Part>[];
    bundle.forEach(({ asked, statement, resolve }, index) =>
      resolve(answerOf(asked, statement.names, parts[`r${index}`])),
    );
  } catch (error) {
    // If one of them is wrong, the others still get their results.
    if (isUnavailable(error)) bundle.forEach(({ reject }) => reject(error));
    else alone();
  }
}

/**
 * One statement with one row: for each statement in the bundle its rows, every value as the text that the server would
 * have sent, and the types of its columns.
 */
function inOne(bundle: readonly Waiting[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = bundle.map(({ asked, statement: { answer, pieces } }, index) => {
    const inner = pieces.map((piece) => (typeof piece === "string" ? piece : `$${piece + values.length}`)).join("");
    values.push(...asked.values);
    return `(SELECT ${answer[0]} FROM (${inner}) AS t(${answer[1]})) AS r${index}`;
  });
  return { text: `SELECT ${parts.join(",\n")}`, values };
}

/** The result for one statement in a bundle: rows, null for none, and the column types, null if there are no rows. */
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

// Anything in quotes is one token, whatever it contains; the rest matters only if it opens, closes or separates
// something.
const WORDS = /"(?:[^"]|"")*"|'(?:[^']|'')*'|::\w+(?:\[\])?|\$\d+|[[\](),]|\w+/g;

/** What is known about a statement from its text. */
interface Statement {
  /** Of its columns. */
  names: readonly string[];
  /** Its text, split at each value; for each value, its number. */
  pieces: readonly (string | number)[];
  /** The query: all of it as one value, and what its columns are called there. */
  answer: readonly [value: string, columns: string];
}

/** Prisma writes few statements, over and over. Those with lists differ in the number of items. */
const read = new Map<string, Statement | null>();
const MOST_READ = 1_000;

/** Null for a statement that cannot be bundled. */
function readStatement(text: string): Statement | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  const names = readColumns(text);
  const statement = names && { names, pieces: piecesOf(text), answer: answerIn(names.map((_, at) => `c${at}`)) };
  if (read.size >= MOST_READ) read.clear();
  read.set(text, statement);
  return statement;
}

function piecesOf(text: string): (string | number)[] {
  const pieces: (string | number)[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    if (!/^\$\d+$/.test(word)) continue;
    pieces.push(text.slice(end, index), Number(word.slice(1)));
    end = index + word.length;
  }
  return [...pieces, text.slice(end)];
}

function answerIn(columns: readonly string[]): Statement["answer"] {
  const row = columns.map((column) => `${column}::text`).join(", ");
  const types = columns.map((column) => `min(pg_typeof(${column})::oid::int8)`).join(", ");
  return [`json_build_array(json_agg(ARRAY[${row}]), ARRAY[${types}])`, columns.join(", ")];
}

/**
 * The columns of a read statement, as Prisma writes it or by hand; null for any other statement, and where a column does
 * not end in its name. A comment to the end of a line may hold half a quotation, so a statement with one goes alone.
 */
function readColumns(text: string): string[] | null {
  const read = text.trimStart();
  if (!read.startsWith("SELECT ") || /--|\bFOR (NO KEY )?(UPDATE|SHARE|KEY SHARE)\b/.test(read)) return null;
  const names: string[] = [];
  let [depth, name] = [0, ""];
  let before = "";
  for (const { 0: word, index } of read.matchAll(WORDS)) {
    if (index === 0) continue; // SELECT itself
    const isEnd = depth === 0 && (word === "," || word === "FROM");
    if (isEnd) {
      if (name === "") return null;
      names.push(name);
      if (word === "FROM") return names;
    }
    if (word === "(" || word === "[") depth++;
    if (word === ")" || word === "]") depth--;
    if (word.startsWith("::")) continue; // a cast leaves the column its name
    const isName = word.startsWith('"') || before === "AS" || read[index - 1] === ".";
    name = !isName ? "" : word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
    before = word;
  }
  return null;
}

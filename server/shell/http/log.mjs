// @ts-check
// The log: JSON lines for programs, plain lines on a terminal, and no secrets in either.
import { format, stripVTControlCharacters } from "node:util";
import pino from "pino";
import { COOKIE_PATTERN } from "../../base/environment/cookie-name.mjs";
import { describeFailure, withoutTyped } from "../../base/log/failure.mjs";
import { shared } from "../../base/process-shared.mjs";

const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|_KEY)$/;
const ADDRESS_NAME = /_(URL|ENDPOINT)$/;
const HEADERS_NAME = /_HEADERS$/;
const PATTERNS = /** @type {const} */ ([
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [secret]"],
  [COOKIE_PATTERN, "$1[secret]"],
  [/\bwc_[\w-]{8,}|\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, "[secret]"], // tokens of programs; ID tokens and the like
  [/\b((?:\w*_)?(?:password|passwd|secret|token|code|code_verifier))=[^\s&"'\\]+/gi, "$1=[secret]"],
  [/(\w+:\/\/[^\s:/@"]*:)[^\s@"]+@/g, "$1[secret]@"],
]);

/**
 * Removes from a text what must not be seen: the values of secret settings, and whatever looks like a token, a cookie
 * or a password in an address.
 * @param {Readonly<Record<string, string | undefined>>} settings usually process.env
 * @returns {{ hide(text: string): string, add(secret: string): void }}
 */
export function secretKeeper(settings) {
  /** @type {Set<string>} */
  const secrets = new Set();
  const add = (/** @type {string} */ secret) => {
    if (secret.length < 6) return; // a word as short as that occurs in many texts
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) secrets.add(form);
  };
  for (const [name, value = ""] of Object.entries(settings)) {
    if (SECRET_NAME.test(name)) add(value.trim());
    for (const pair of HEADERS_NAME.test(name) ? value.split(",") : [])
      for (const form of [pair.slice(pair.indexOf("=") + 1).trim()].flatMap((one) => [one, decode(one)])) add(form);
    if (ADDRESS_NAME.test(name) && URL.canParse(value)) {
      const { password } = new URL(value);
      for (const form of [password, decode(password)]) add(form);
    }
  }
  return {
    add,
    hide: (text) => {
      let hidden = text;
      for (const secret of secrets) hidden = hidden.replaceAll(secret, "[secret]");
      for (const [pattern, words] of PATTERNS) hidden = hidden.replace(pattern, words);
      return hidden;
    },
  };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @typedef {object} Log
 * @property {(level: "debug" | "info" | "warn" | "error", fields: Record<string, unknown>, message: string) => void} write
 * @property {boolean} hasRequests whether it contains a line for each request
 */

/**
 * The request or other work that something happens in, as the log has it.
 * @typedef {object} LoggedWork
 * @property {Record<string, string>} fields of its own line and of each about it
 * @property {() => readonly string[]} typed what was sent with it, which no line may contain
 * @property {WeakSet<Error>} failures that have a line already
 */

/**
 * Makes the log, and redirects to it what the portal's code and Next write as errors and warnings: one line each, with
 * the cause, without secrets and without what people wrote.
 * @param {Pick<import("../../base/environment/environment.mjs").Env, "logLevel" | "logFormat" | "isLogLevelGiven">} env
 * @param {{ hide(text: string): string }} secrets
 * @param {{ isTerminal: boolean, out(line: string): void, work(): LoggedWork | null }} to
 * @returns {Log}
 */
export function startLog({ logLevel, logFormat, isLogLevelGiven }, { hide }, { isTerminal, out, work }) {
  const isText = (logFormat ?? (isTerminal ? "text" : "json")) === "text";
  const logger = pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (/** @type {string} */ line) => out(hide(isText ? asText(line) : line)) },
  );
  /** @param {"error" | "warn"} level @param {unknown[]} args @param {Record<string, string>} [more] */
  const note = (level, args, more) => {
    const current = work();
    const error = args.find((arg) => arg instanceof Error);
    if (error && current?.failures.has(error)) return;
    if (error) current?.failures.add(error);
    const typed = current?.typed() ?? [];
    const fields = { ...current?.fields, ...more, ...(error && { error: describeFailure(error, typed) }) };
    logger[level](fields, withoutTyped(wordsOf(args), typed) || "Something failed");
  };
  for (const level of /** @type {const} */ (["error", "warn"])) {
    console[level] = (/** @type {unknown[]} */ ...args) => {
      // Next prints an error, then hands it to instrumentation.ts, which knows the route.
      const isHandedOn =
        args.length === 1 && args[0] instanceof Error && /\.onRequestError \(/.test(new Error().stack ?? "");
      if (!isHandedOn) note(level, args);
    };
  }
  shared.logFailure = (error, fields) => note("error", ["A request failed:", error], fields);
  return {
    write: (level, fields, message) => logger[level](fields, message),
    // Somebody trying the portal on their own machine wants to see its address, not every request.
    hasRequests: !isText || isLogLevelGiven,
  };
}

/** What was printed, without its errors and objects, which may hold anything. @param {unknown[]} args */
function wordsOf(args) {
  const printable = args
    .filter((arg) => !(arg instanceof Error))
    .map((arg) => (Object(arg) === arg ? "[object]" : arg));
  // Some add colours.
  return stripVTControlCharacters(format(...printable)).replace(/:\s*$/, "");
}

/** @param {string} line as pino wrote it */
function asText(line) {
  const { level, time, msg, id, method, path, why, status, ms, error } = JSON.parse(line);
  if (status === undefined) return `${msg}${error ? `: ${error.class}: ${error.message}\n${error.stack}` : ""}\n`;
  const took = ms === undefined ? "" : `${ms} ms`;
  return (
    [time.slice(11, 19), level === "info" ? "" : level, method, path ?? why, status, took, id]
      .filter(Boolean)
      .join(" ") + "\n"
  );
}

// @ts-check
// The log: JSON lines for programs, plain lines on a terminal, and no secrets in either.
import { format, stripVTControlCharacters } from "node:util";
import pino from "pino";
import { COOKIE_PATTERN } from "../../base/environment/cookie-name.mjs";

const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|_KEY)$/;
const ADDRESS_NAME = /_URL$/;
const PATTERNS = /** @type {const} */ ([
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [secret]"],
  [COOKIE_PATTERN, "$1[secret]"],
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
 * Makes the log, and redirects to it what the portal's code and Next write as errors and warnings.
 * @param {Pick<import("../../base/environment/environment.mjs").Env, "logLevel" | "logFormat" | "isLogLevelGiven">} env
 * @param {{ hide(text: string): string }} secrets
 * @param {{ isTerminal: boolean, out(line: string): void, requestId(): string | undefined }} to
 * @returns {Log}
 */
export function startLog({ logLevel, logFormat, isLogLevelGiven }, { hide }, { isTerminal, out, requestId }) {
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
  for (const level of /** @type {const} */ (["error", "warn"])) {
    console[level] = (/** @type {unknown[]} */ ...args) => {
      const id = requestId();
      logger[level]({ ...(id && { id }) }, stripVTControlCharacters(format(...args))); // some add colours
    };
  }
  return {
    write: (level, fields, message) => logger[level](fields, message),
    // Somebody trying the portal on their own machine wants to see its address, not every request.
    hasRequests: !isText || isLogLevelGiven,
  };
}

/** @param {string} line as pino wrote it */
function asText(line) {
  const { level, time, msg, id, method, path, why, status, ms } = JSON.parse(line);
  if (status === undefined) return `${msg}\n`;
  const took = ms === undefined ? "" : `${ms} ms`;
  return (
    [time.slice(11, 19), level === "info" ? "" : level, method, path ?? why, status, took, id]
      .filter(Boolean)
      .join(" ") + "\n"
  );
}

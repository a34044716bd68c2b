// @ts-check
// The settings and their rules, once, in plain JavaScript on Node's own modules: scripts/start.mjs reads them on a
// fresh clone before anything is installed (hence no zod and no `server-only`); everybody else goes through server/env.ts.
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";

/**
 * @typedef {object} Env
 * @property {number} port
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {string} contentDir absolute
 * @property {string | null} databaseUrl null: the embedded database in `dataDir`; may hold a password, never print it
 * @property {string} appUrl origin that people type, without a slash at the end
 * @property {string[]} bodies slugs of the bodies served
 * @property {boolean} evaluation anyone may sign in as an invented sample person
 * @property {string | null} authSecret null: generated once into `dataDir`
 */

/** A setting is wrong; the message is one sentence for the person who starts the portal. */
export class EnvironmentError extends Error {
  /** @override */
  name = "EnvironmentError";
}

/**
 * Reads the settings.
 * @param {Readonly<Record<string, string | undefined>>} source usually process.env; an empty value counts as not set
 * @param {string} root absolute folder that relative folders start from: the project
 * @returns {Env}
 * @throws {EnvironmentError} for the first wrong value; never contains a password
 */
export function readEnvironment(source, root) {
  /** @param {string} name */
  const given = (name) => source[name]?.trim() || undefined;
  const port = readPort(given("PORT"));
  const evaluation = readEvaluation(given("EVALUATION"));
  const host = readHost(given("HOST"), evaluation);
  const dataDir = readDataDir(path.resolve(root, given("DATA_DIR") ?? ".data"));
  const contentDir = path.resolve(root, given("CONTENT_DIR") ?? "content");
  const bodies = readBodies(given("BODIES"), listBodies(contentDir));
  const databaseUrl = readDatabaseUrl(given("DATABASE_URL"), given("EVALUATION") === "1");
  const appUrl = readAppUrl(given("APP_URL"), host, port);
  const authSecret = readAuthSecret(given("AUTH_SECRET"));
  return { port, host, dataDir, contentDir, databaseUrl, appUrl, bodies, evaluation, authSecret };
}

/** @param {string | undefined} value */
function readPort(value) {
  if (value === undefined) return 3000;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65535) return port;
  throw new EnvironmentError(`PORT is "${value}", which is not a port: give a whole number from 1 to 65535.`);
}

// No identity provider can be configured yet, so every start is an evaluation.
/** @param {string | undefined} value */
function readEvaluation(value) {
  if (value === undefined || value === "1") return true;
  if (value === "0") {
    throw new EnvironmentError(
      "EVALUATION is 0, but no identity provider is configured, so nobody could sign in: set EVALUATION=1 or leave it out.",
    );
  }
  throw new EnvironmentError(`EVALUATION is "${value}": give 1 (sign in as sample people) or 0, or leave it out.`);
}

/**
 * @param {string | undefined} value
 * @param {boolean} evaluation
 */
function readHost(value, evaluation) {
  if (value === undefined) return evaluation ? "127.0.0.1" : "0.0.0.0";
  const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) && !/^[\d.]+$/.test(value);
  if (isIP(value) || isName) return value;
  throw new EnvironmentError(
    `HOST is "${value}", which is not an address to listen on: give an IP address such as 127.0.0.1 or 0.0.0.0, or a host name.`,
  );
}

/** @param {string} dataDir */
function readDataDir(dataDir) {
  let existing = dataDir;
  while (!existsSync(existing) && path.dirname(existing) !== existing) {
    existing = path.dirname(existing);
  }
  try {
    if (!statSync(existing).isDirectory()) throw new Error("not a folder");
    accessSync(existing, constants.W_OK);
  } catch {
    throw new EnvironmentError(
      `DATA_DIR is "${dataDir}", which is not a folder that With Care can write to: give another folder, or correct its permissions.`,
    );
  }
  return dataDir;
}

/** @param {string} contentDir */
function listBodies(contentDir) {
  /** @type {string[]} */
  let files = [];
  try {
    files = readdirSync(path.join(contentDir, "bodies"));
  } catch {
    // Said below, together with an empty folder.
  }
  const known = files.filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -".yaml".length));
  if (known.length > 0) return known.sort();
  throw new EnvironmentError(
    `CONTENT_DIR is "${contentDir}", where no bodies/*.yaml can be read: give the folder that holds bodies, policies and questions.yaml.`,
  );
}

/**
 * @param {string | undefined} value
 * @param {string[]} known
 */
function readBodies(value, known) {
  const wanted = (value ?? "").split(",").map((slug) => slug.trim()).filter(Boolean); // prettier-ignore
  const unknown = wanted.find((slug) => !known.includes(slug));
  if (unknown !== undefined) {
    throw new EnvironmentError(
      `BODIES names "${unknown}", which is not a known body: choose from ${known.join(", ")}.`,
    );
  }
  return wanted.length > 0 ? known.filter((slug) => wanted.includes(slug)) : known;
}

/**
 * @param {string | undefined} value
 * @param {boolean} isEvaluationAsked
 */
function readDatabaseUrl(value, isEvaluationAsked) {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol) || url.pathname.length < 2) {
    throw new EnvironmentError(
      "DATABASE_URL is not an address such as postgresql://user:password@host:5432/database (its value is not shown, as it may hold a password): correct it, or leave it out for the embedded database.",
    );
  }
  const schema = url.searchParams.get("schema") ?? "public";
  if (schema !== "public") {
    throw new EnvironmentError(
      `DATABASE_URL asks for the schema "${schema}", but With Care keeps its tables in the schema public: give it a database of its own.`,
    );
  }
  if (!isEvaluationAsked) {
    throw new EnvironmentError(
      "DATABASE_URL is set but no identity provider is, so anyone could sign in as anybody: set EVALUATION=1 as well if that is what you want.",
    );
  }
  return value;
}

/**
 * @param {string | undefined} value
 * @param {string} host
 * @param {number} port
 */
function readAppUrl(value, host, port) {
  if (value === undefined) {
    const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
    return new URL(`http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`).origin;
  }
  const url = URL.canParse(value) ? new URL(value) : null;
  const isOrigin = url?.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  if (url && isOrigin && ["http:", "https:"].includes(url.protocol)) return url.origin;
  const shown = url?.password || value.includes("@") ? "not shown, as it may hold a password" : `"${value}"`;
  throw new EnvironmentError(
    `APP_URL (${shown}) is not the address of a site: give scheme and host only, such as https://with-care.example.gov.uk.`,
  );
}

/** @param {string | undefined} value */
function readAuthSecret(value) {
  if (value === undefined) return null;
  if (value.length >= 32) return value;
  throw new EnvironmentError(
    "AUTH_SECRET is too short (its value is not shown): give at least 32 random characters, or leave it out and one is made.",
  );
}

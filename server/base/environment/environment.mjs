// @ts-check
// The settings and their rules, defined once, in plain JavaScript with Node's own modules only: scripts/start.mjs reads
// them on a fresh clone before anything is installed (hence no zod); everything else uses
// server/base/environment/env.ts.
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { homedir } from "node:os";
import path from "node:path";

/**
 * @typedef {object} Env
 * @property {number} port
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {string} contentDir absolute
 * @property {string | null} databaseUrl null: the embedded database in `dataDir`; may hold a password, never print it
 * @property {string | null} databaseOwnerUrl the account that creates and changes the tables, if it is not that of
 *   `databaseUrl`; may hold a password, never print it
 * @property {string | null} databaseSessionUrl the same database without a pooler in between: for what needs a session
 *   of its own; `databaseUrl` if there is no pooler; may hold a password, never print it
 * @property {string | null} databaseReadUrl a replica of it; may hold a password, never print it
 * @property {string} appUrl origin that people type, without a trailing slash
 * @property {string[]} bodies slugs of the bodies served
 * @property {boolean} evaluation anyone may sign in as an invented sample person
 * @property {string | null} smtpUrl null: no mail is sent; may hold a password, never print it
 * @property {string} mailFrom the sender of mail: "Name <address>", or an address, which goes out under the portal's name
 * @property {string[]} webhookHosts hosts to which events may be sent: "name", "*.name" for all below it, with ":port"
 *   where it is not 443; empty: nothing is sent
 * @property {boolean} webhookPrivate they may have addresses of a private network, or of this machine
 * @property {string | null} authSecret null: generated once in `dataDir`
 * @property {string | null} metricsToken lets monitoring read /api/metrics; null: nobody may; never print it
 * @property {Oidc | null} oidc the identity provider; null in evaluation mode
 * @property {number} sessionHours after which people sign in again, however active the session was
 * @property {number} sessionIdleMinutes after which an unused session ends
 * @property {ReadonlyMap<string, string> | null} scimGroupRoles name of a group sent by the directory's program → name
 *   of a role; null: groups have the names of the roles they give
 * @property {number | string[]} trustedProxies who may say in X-Forwarded-For where a request comes from: this many
 *   proxies in a row, or those with these addresses; an empty list: nobody
 * @property {Limits} limits requests per minute
 * @property {number} mostConnections open at once from one place on the network; for clients named by a trusted proxy,
 *   requests that are not answered yet
 * @property {"debug" | "info" | "warn" | "error"} logLevel
 * @property {{ traces: boolean, metrics: boolean, metricsEveryMs: number } | null} telemetry what OpenTelemetry sends; null: nothing, and it is not loaded
 * @property {"json" | "text" | null} logFormat null: text on a terminal, otherwise json
 * @property {boolean} isLogLevelGiven
 * @property {string | null} settingsFile from which settings were read beside the environment
 * @property {string | null} backupDir absolute; where backups are put, and their age is looked at
 */

/**
 * @typedef {object} Limits
 * @property {number} signIn from one address
 * @property {number} api for one token, or from one address without a token
 * @property {number} scim for one token, or from one address without a token
 * @property {number} embed from one address: what the intranet shows in frames
 * @property {number} search for one person
 * @property {number} export for one person: files that take the portal long to generate
 */

/**
 * @typedef {object} Oidc
 * @property {string} issuer its address, as its tokens name it
 * @property {string} clientId
 * @property {string} clientSecret never print it
 * @property {string} emailClaim
 * @property {boolean} trustsEmail an address counts as verified if the provider does not say
 * @property {{ claim: "acr" | "amr", value: string }[]} required a sign-in needs one of these; empty: none
 * @property {string} groupsClaim
 * @property {ReadonlyMap<string, string>} groupRoles name of a group → name of a role
 * @property {ReadonlyMap<string, string>} groupBodies name of a group → slug of a body
 * @property {string | undefined} [mcpAudience] whom its access tokens for /mcp are for, where it cannot name that address
 */

/** A setting is wrong; the message is one sentence for whoever starts the portal. */
export class EnvironmentError extends Error {
  /** @override */
  name = "EnvironmentError";
}

/**
 * Reads the settings.
 * @param {Readonly<Record<string, string | undefined>>} source usually process.env; an empty value counts as unset
 * @param {string} root absolute folder that relative paths start from: the project
 * @returns {Env}
 * @throws {EnvironmentError} for the first wrong value; never contains a password
 */
export function readEnvironment(source, root) {
  /** @param {string} name */
  const given = (name) => source[name]?.trim() || undefined;
  const port = readPort(given("PORT"));
  const contentDir = path.resolve(root, given("CONTENT_DIR") ?? "content");
  const known = listBodies(contentDir);
  const oidc = readOidc(given, known);
  const evaluation = readEvaluation(given("EVALUATION"), oidc !== null);
  const host = readHost(given("HOST"), evaluation);
  const dataDir = readDataDir(path.resolve(root, given("DATA_DIR") ?? ".data"));
  const bodies = readBodies(given("BODIES"), known);
  const databases = readDatabases(given, oidc !== null || given("EVALUATION") === "1");
  const appUrl = readAppUrl(given("APP_URL"), host, port, oidc !== null);
  const scimRoles = given("SCIM_GROUP_ROLES");
  /** @type {(name: string, usual: number, least: number, most: number) => number} */
  const number = (name, ...range) => readNumber(name, given(name), ...range);
  return {
    port,
    host,
    dataDir,
    contentDir,
    ...databases,
    appUrl,
    bodies,
    evaluation,
    oidc,
    smtpUrl: readSmtpUrl(given("SMTP_URL")),
    mailFrom: readMailFrom(given("MAIL_FROM"), appUrl),
    webhookHosts: readWebhookHosts(given("WEBHOOK_HOSTS")),
    webhookPrivate: readWebhookPrivate(given("WEBHOOK_PRIVATE")),
    authSecret: readAuthSecret(given("AUTH_SECRET")),
    sessionHours: number("SESSION_HOURS", 12, 1, 12),
    sessionIdleMinutes: number("SESSION_IDLE_MINUTES", 60, 5, 720),
    scimGroupRoles: scimRoles === undefined ? null : readPairs("SCIM_GROUP_ROLES", scimRoles),
    metricsToken: readMetricsToken(given("METRICS_TOKEN")),
    trustedProxies: readTrustedProxies(given("TRUSTED_PROXIES")),
    limits: readLimits(number),
    mostConnections: number("LIMIT_CONNECTIONS", 256, 8, 99_999),
    logLevel: readChoice("LOG_LEVEL", given("LOG_LEVEL"), LOG_LEVELS) ?? "info",
    logFormat: readChoice("LOG_FORMAT", given("LOG_FORMAT"), LOG_FORMATS),
    isLogLevelGiven: given("LOG_LEVEL") !== undefined,
    telemetry: readTelemetry(given),
    settingsFile: given("SETTINGS_FILE") ?? null,
    backupDir: given("BACKUP_DIR") === undefined ? null : path.resolve(root, given("BACKUP_DIR") ?? ""),
  };
}

/**
 * The same settings for commands, where nobody signs in: how people sign in, and whether somebody could as an invented
 * person, does not matter.
 * @param {Readonly<Record<string, string | undefined>>} source
 * @returns {Record<string, string | undefined>}
 */
export const withoutSignIn = (source) => ({
  ...source,
  EVALUATION: "1",
  OIDC_ISSUER: "",
  OIDC_CLIENT_ID: "",
  OIDC_CLIENT_SECRET: "",
});

/** What a setting that holds several holds. @param {string | undefined} value @param {string} separator */
const listOf = (value, separator) =>
  (value ?? "")
    .split(separator)
    .map((one) => one.trim())
    .filter(Boolean);

/** @param {string | undefined} value */
function readPort(value) {
  if (value === undefined) return 3000;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65535) return port;
  throw new EnvironmentError(`PORT is "${value}", which is not a port: give a whole number from 1 to 65535.`);
}

/** @param {string | undefined} value @param {boolean} hasProvider */
function readEvaluation(value, hasProvider) {
  if (value !== undefined && value !== "1" && value !== "0") {
    throw new EnvironmentError(`EVALUATION is "${value}": give 1 (sign in as sample people) or 0, or leave it out.`);
  }
  if (hasProvider && value === "1") {
    throw new EnvironmentError(
      "EVALUATION is 1, but OIDC_ISSUER names an identity provider, and nobody may sign in without it: leave EVALUATION out, or the OIDC settings.",
    );
  }
  if (!hasProvider && value === "0") {
    throw new EnvironmentError(
      "EVALUATION is 0, but no identity provider is configured, so nobody could sign in: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or leave EVALUATION out.",
    );
  }
  return !hasProvider;
}

/** RFC 6761, 6.3, and RFC 1122, 3.2.1.3. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a name can only mean the local machine. @param {string} hostname as in a URL, without a port */
export const isLoopback = (hostname) => LOOPBACK.test(hostname.replace(/\.$/, ""));

/** Settings that describe an identity provider further, and imply that there is one. */
const OF_PROVIDER = [
  "OIDC_REQUIRE",
  "OIDC_GROUP_ROLES",
  "OIDC_GROUP_BODIES",
  "OIDC_GROUPS_CLAIM",
  "OIDC_EMAIL_CLAIM",
  "OIDC_TRUST_EMAIL",
  "OIDC_MCP_AUDIENCE",
];

/** @param {(name: string) => string | undefined} given @param {string[]} bodies @returns {Oidc | null} */
function readOidc(given, bodies) {
  const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  const [issuer, clientId, clientSecret] = names.map(given);
  if (names.every((name) => given(name) === undefined)) {
    const lone = OF_PROVIDER.find((name) => given(name) !== undefined);
    if (lone !== undefined && given("EVALUATION") !== "1")
      throw new EnvironmentError(
        `${lone} is set, but no identity provider is, so anyone could sign in as anybody: set ${names.join(", ")}, or leave it out.`,
      );
    return null;
  }
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    const missing = names.filter((name) => given(name) === undefined).join(" and ");
    throw new EnvironmentError(`${missing} is missing: an identity provider needs ${names.join(", ")}.`);
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
    throw new EnvironmentError(
      "OIDC_ISSUER is not the address of an identity provider: give it as the provider names itself, such as https://login.example.gov.uk/realms/staff.",
    );
  }
  const emailClaim = given("OIDC_EMAIL_CLAIM") ?? "email";
  const trustsEmail = readTrust(given("OIDC_TRUST_EMAIL"), emailClaim);
  const groupRoles = readPairs("OIDC_GROUP_ROLES", given("OIDC_GROUP_ROLES"));
  const groupBodies = readPairs("OIDC_GROUP_BODIES", given("OIDC_GROUP_BODIES"));
  const unknown = [...groupBodies.values()].find((slug) => !bodies.includes(slug));
  if (unknown !== undefined) {
    throw new EnvironmentError(
      `OIDC_GROUP_BODIES names "${unknown}", which is not a known body: choose from ${bodies.join(", ")}.`,
    );
  }
  return {
    issuer,
    clientId,
    clientSecret,
    groupRoles,
    groupBodies,
    emailClaim,
    trustsEmail,
    groupsClaim: given("OIDC_GROUPS_CLAIM") ?? "groups",
    required: readRequired(given("OIDC_REQUIRE")),
    mcpAudience: given("OIDC_MCP_AUDIENCE"),
  };
}

/** @param {string | undefined} value @param {string} emailClaim */
function readTrust(value, emailClaim) {
  if (value !== undefined && value !== "1" && value !== "0") {
    throw new EnvironmentError(
      `OIDC_TRUST_EMAIL is "${value}": give 1 if the provider's addresses come from your own directory and people cannot change them there, or 0, or leave it out.`,
    );
  }
  if (value !== "1" && emailClaim !== "email") {
    throw new EnvironmentError(
      `OIDC_EMAIL_CLAIM is "${emailClaim}", and no provider says whether an address in such a claim is verified, so nobody could sign in for the first time: set OIDC_TRUST_EMAIL=1 if your own directory gives it and people cannot change it there.`,
    );
  }
  return value === "1";
}

/** @param {string | undefined} value @returns {{ claim: "acr" | "amr", value: string }[]} */
function readRequired(value) {
  if (value === undefined) return [];
  const given = listOf(value, ";");
  return (given.length > 0 ? given : [value]).map((one) => {
    const [, claim, wanted] = /^(acr|amr)\s*=\s*([^\s;]{1,200})$/.exec(one) ?? [];
    if ((claim === "acr" || claim === "amr") && wanted !== undefined) return { claim, value: wanted };
    throw new EnvironmentError(
      `OIDC_REQUIRE is "${value}": write amr=VALUE or acr=VALUE, such as amr=mfa, with a semicolon between values of which one is enough, or leave it out.`,
    );
  });
}

/** @param {string} name @param {string | undefined} value @returns {Map<string, string>} */
const readPairs = (name, value) =>
  new Map(
    listOf(value, ";").map((pair) => {
      const at = pair.lastIndexOf("="); // names of groups may contain one
      const [group, meaning] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
      if (group && meaning) return [group, meaning];
      throw new EnvironmentError(
        `${name} holds "${pair}", which is no pair: write GROUP=NAME, with a semicolon between pairs.`,
      );
    }),
  );

/**
 * @param {string} name
 * @param {string | undefined} value
 * @param {number} usual
 * @param {number} least
 * @param {number} most
 */
function readNumber(name, value, usual, least, most) {
  if (value === undefined) return usual;
  const number = Number(value);
  if (/^\d{1,6}$/.test(value) && number >= least && number <= most) return number;
  throw new EnvironmentError(`${name} is "${value}": give a whole number from ${least} to ${most}, or leave it out.`);
}

/** @param {string | undefined} value @param {boolean} evaluation */
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
    // Reported below, together with an empty folder.
  }
  const known = files.filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -".yaml".length));
  if (known.length > 0) return known.sort();
  throw new EnvironmentError(
    `CONTENT_DIR is "${contentDir}", where no bodies/*.yaml can be read: give the folder that holds bodies, policies and questions.yaml.`,
  );
}

/** @param {string | undefined} value @param {string[]} known */
function readBodies(value, known) {
  const wanted = listOf(value, ",");
  const unknown = wanted.find((slug) => !known.includes(slug));
  if (unknown !== undefined) {
    throw new EnvironmentError(
      `BODIES names "${unknown}", which is not a known body: choose from ${known.join(", ")}.`,
    );
  }
  return wanted.length > 0 ? known.filter((slug) => wanted.includes(slug)) : known;
}

/** @param {(name: string) => string | undefined} given @param {boolean} isAnswered the way people sign in is set */
function readDatabases(given, isAnswered) {
  const databaseUrl = given("DATABASE_URL") ?? null;
  if (databaseUrl !== null) {
    const { searchParams } = readPostgresUrl(
      "DATABASE_URL",
      databaseUrl,
      "postgresql://user:password@host:5432/database",
      "leave it out for the embedded database",
    );
    const schema = searchParams.get("schema") ?? "public";
    if (schema !== "public") {
      throw new EnvironmentError(
        `DATABASE_URL asks for the schema "${schema}", but With Care keeps its tables in the schema public: give it a database of its own.`,
      );
    }
    if (!isAnswered) {
      throw new EnvironmentError(
        "DATABASE_URL is set but no identity provider is, so anyone could sign in as anybody: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or EVALUATION=1 if that is what you want.",
      );
    }
  }
  /** @param {keyof typeof FURTHER_URLS} name */
  const further = (name) => withTls(name, readFurtherUrl(name, given(name), databaseUrl), given);
  const databaseOwnerUrl = further("DATABASE_OWNER_URL");
  if (databaseOwnerUrl && databaseUrl && new URL(databaseOwnerUrl).username === new URL(databaseUrl).username) {
    throw new EnvironmentError(
      "DATABASE_OWNER_URL and DATABASE_URL name the same account: make another one for the portal, which owns nothing (docs/operating.md), or leave DATABASE_OWNER_URL out.",
    );
  }
  const ownUrl = withTls("DATABASE_URL", databaseUrl, given);
  const databaseSessionUrl = further("DATABASE_SESSION_URL") ?? ownUrl;
  return { databaseUrl: ownUrl, databaseOwnerUrl, databaseSessionUrl, databaseReadUrl: further("DATABASE_READ_URL") };
}

const TLS_MODES = ["disable", "require", "verify-ca", "verify-full"];
/** Parameters of an address that name files for TLS, and where PostgreSQL's own programs look without them. */
const TLS_FILES = { sslrootcert: "root.crt", sslcert: "postgresql.crt", sslkey: "postgresql.key" };

/**
 * An address of the database with TLS as its parameters ask for, or else PGSSLMODE and the like, in the meaning that they
 * have for PostgreSQL's own programs (PostgreSQL 17, 32.19), written out so that every connection has the same.
 * @template {string | null} Address
 * @param {string} name of the setting
 * @param {Address} address
 * @param {(name: string) => string | undefined} given
 * @returns {Address | string}
 * @throws {EnvironmentError} for another mode, or a file that cannot be read
 */
function withTls(name, address, given) {
  if (address === null) return address;
  const url = new URL(address);
  const asked = url.searchParams;
  const find = (/** @type {string} */ parameter) => asked.get(parameter) ?? given(`PG${parameter.toUpperCase()}`);
  const mode = find("sslmode");
  const isAsked = mode !== undefined || Object.keys(TLS_FILES).some((parameter) => find(parameter) !== undefined);
  if (!isAsked || asked.get("host")?.startsWith("/")) return address; // a socket has no TLS
  const authority = find("sslrootcert");
  const wanted = mode === undefined || authority === "system" ? "verify-full" : mode === "no-verify" ? "require" : mode;
  if (!TLS_MODES.includes(wanted))
    throw new EnvironmentError(
      `${name} or PGSSLMODE asks for sslmode=${wanted}: give verify-full (encrypted, and the server is who it says), verify-ca, require (encrypted alone) or disable; what may end without encryption unnoticed is not taken.`,
    );
  asked.set("sslmode", wanted);
  asked.set("uselibpqcompat", "true"); // for node-postgres
  for (const [parameter, usual] of Object.entries(TLS_FILES)) {
    const usualFile = path.join(homedir(), ".postgresql", usual);
    const file = find(parameter) ?? (existsSync(usualFile) ? usualFile : undefined);
    const isLeftOut =
      wanted === "disable" ||
      (parameter === "sslrootcert" && [authority, mode].some((one) => one === "system" || one === "no-verify"));
    if (file === undefined || isLeftOut) asked.delete(parameter);
    else asked.set(parameter, readableFile(name, parameter, file));
  }
  if (wanted === "verify-ca" && !asked.has("sslrootcert"))
    throw new EnvironmentError(
      `${name} asks for sslmode=verify-ca without the authority: add sslrootcert=/path/to/ca.pem, the file with its certificate, or use verify-full, which takes the authorities that this machine trusts.`,
    );
  return url.href;
}

/** @param {string} name @param {string} parameter @param {string} file */
function readableFile(name, parameter, file) {
  try {
    accessSync(file, constants.R_OK);
    return file;
  } catch {
    throw new EnvironmentError(
      `${name} or PG${parameter.toUpperCase()} names "${file}" as ${parameter}, which this account cannot read: give the whole path of a PEM file, and let the portal's account read it.`,
    );
  }
}

/** @param {string} name @param {string} value @param {string} example @param {string} otherwise */
function readPostgresUrl(name, value, example, otherwise) {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && ["postgres:", "postgresql:"].includes(url.protocol) && url.pathname.length >= 2) return url;
  throw new EnvironmentError(
    `${name} is not an address such as ${example} (its value is not shown, as it may hold a password): correct it, or ${otherwise}.`,
  );
}

/** What each further address of the database is for. */
const FURTHER_URLS = {
  DATABASE_OWNER_URL: {
    example: "postgresql://owner:password@host:5432/database",
    without: "and the portal makes its tables as the account of DATABASE_URL",
    both: "each with an account of its own",
  },
  DATABASE_SESSION_URL: {
    example: "postgresql://user:password@host:5432/database",
    without: "where no pooler stands between the portal and the database",
    both: "that of the pooler as DATABASE_URL and the server's own as DATABASE_SESSION_URL",
  },
  DATABASE_READ_URL: {
    example: "postgresql://user:password@replica:5432/database",
    without: "and everything is read where it is written",
    both: "that of the primary as DATABASE_URL and that of its replica as DATABASE_READ_URL",
  },
};

/**
 * @param {keyof typeof FURTHER_URLS} name
 * @param {string | undefined} value
 * @param {string | null} databaseUrl
 * @returns {string | null}
 */
function readFurtherUrl(name, value, databaseUrl) {
  if (value === undefined) return null;
  const { example, without, both } = FURTHER_URLS[name];
  readPostgresUrl(name, value, example, `leave it out, ${without}`);
  if (databaseUrl !== null) return value;
  throw new EnvironmentError(
    `${name} is set but DATABASE_URL is not: give both, ${both}, or neither for the embedded database.`,
  );
}

/** @param {string | undefined} value @param {string} host @param {number} port @param {boolean} hasProvider */
function readAppUrl(value, host, port, hasProvider) {
  const appUrl = value === undefined ? usualAppUrl(host, port) : readOrigin(value);
  const { protocol, hostname } = new URL(appUrl);
  if (!hasProvider || protocol === "https:" || isLoopback(hostname)) return appUrl;
  throw new EnvironmentError(
    `APP_URL is ${appUrl}, but people sign in at an identity provider, and over http anybody on the way could take their sessions: put TLS in front and give the https:// address that people type, or one of this machine alone such as http://localhost:${port}.`,
  );
}

/** @param {string} host @param {number} port */
function usualAppUrl(host, port) {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return new URL(`http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`).origin;
}

/** @param {string} value */
function readOrigin(value) {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isOrigin = url?.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  if (url && isOrigin && ["http:", "https:"].includes(url.protocol)) return url.origin;
  const shown = url?.password || value.includes("@") ? "not shown, as it may hold a password" : `"${value}"`;
  throw new EnvironmentError(
    `APP_URL (${shown}) is not the address of a site: give scheme and host only, such as https://with-care.example.gov.uk.`,
  );
}

/** @param {string | undefined} value */
function readSmtpUrl(value) {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isServer = url !== null && ["smtp:", "smtps:"].includes(url.protocol) && url.hostname !== "";
  if (isServer && ["", "/"].includes(url.pathname) && url.hash === "") return value;
  throw new EnvironmentError(
    "SMTP_URL is not the address of a mail server such as smtp://user:password@mail.example:587 or smtps://mail.example (its value is not shown, as it may hold a password): correct it, or leave it out and no mail is sent.",
  );
}

/** @param {string | undefined} value @param {string} appUrl */
function readMailFrom(value, appUrl) {
  if (value === undefined) return `with-care@${new URL(appUrl).hostname}`;
  const address = /^[^<>\r\n]*<([^<>\r\n]*)>$/.exec(value)?.[1] ?? value;
  if (/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address) && !/[\r\n]/.test(value)) return value;
  throw new EnvironmentError(
    `MAIL_FROM is "${value}", which is not a sender: give an address such as with-care@example.gov.uk, or With Care <with-care@example.gov.uk>.`,
  );
}

/** @param {string | undefined} value */
function readWebhookHosts(value) {
  const hosts = listOf(value?.toLowerCase(), ",");
  const isHost = (/** @type {string} */ host) =>
    /^((\*\.[a-z0-9-]+\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host);
  const wrong = hosts.find((host) => !isHost(host));
  if (wrong === undefined) return hosts;
  throw new EnvironmentError(
    `WEBHOOK_HOSTS holds "${wrong}", which is no host: give names with commas between, such as hooks.slack.com, *.logic.azure.com for every name below it, or events.example.gov.uk:8443.`,
  );
}

/** @param {string | undefined} value */
function readWebhookPrivate(value) {
  if (value === undefined || value === "0" || value === "1") return value === "1";
  throw new EnvironmentError(
    `WEBHOOK_PRIVATE is "${value}": give 1 if hosts in WEBHOOK_HOSTS may have private addresses, or leave it out.`,
  );
}

const LOG_LEVELS = /** @type {const} */ (["debug", "info", "warn", "error"]);
const LOG_FORMATS = /** @type {const} */ (["json", "text"]);

/**
 * @template {string} Choice
 * @param {string} name
 * @param {string | undefined} value
 * @param {readonly Choice[]} choices
 * @returns {Choice | null}
 */
function readChoice(name, value, choices) {
  if (value === undefined) return null;
  const choice = choices.find((one) => one === value);
  if (choice) return choice;
  throw new EnvironmentError(`${name} is "${value}": give one of ${choices.join(", ")}, or leave it out.`);
}

/**
 * What the standard variables of OpenTelemetry ask for (opentelemetry.io/docs/specs/otel/configuration): a signal is sent
 * where its exporter is named, or an address is. Its packages read the others themselves.
 * @param {(name: string) => string | undefined} given
 */
function readTelemetry(given) {
  if (/^true$/i.test(given("OTEL_SDK_DISABLED") ?? "")) return null;
  const [traces, metrics] = [isSent("TRACES", given), isSent("METRICS", given)];
  const every = given("OTEL_METRIC_EXPORT_INTERVAL");
  if (every !== undefined && !/^[1-9]\d{2,6}$/.test(every))
    throw new EnvironmentError(
      `OTEL_METRIC_EXPORT_INTERVAL is "${every}": give milliseconds, such as 60000, or leave it out.`,
    );
  return traces || metrics ? { traces, metrics, metricsEveryMs: Number(every ?? 60_000) } : null;
}

/** @param {"TRACES" | "METRICS"} signal @param {(name: string) => string | undefined} given */
function isSent(signal, given) {
  const endpoint = given(`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`) ?? given("OTEL_EXPORTER_OTLP_ENDPOINT");
  const name = `OTEL_${signal}_EXPORTER`;
  const exporter = readChoice(name, given(name), ["otlp", "none"]) ?? (endpoint === undefined ? "none" : "otlp");
  if (exporter === "none") return false;
  const protocol = given(`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`) ?? given("OTEL_EXPORTER_OTLP_PROTOCOL");
  if (protocol !== undefined && protocol !== "http/protobuf")
    throw new EnvironmentError(
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}": the portal speaks http/protobuf, so give that and the address that takes it, which usually ends in :4318, or leave it out.`,
    );
  const url = URL.canParse(endpoint ?? "http://localhost") ? new URL(endpoint ?? "http://localhost") : null;
  if (url && ["http:", "https:"].includes(url.protocol)) return true;
  throw new EnvironmentError(
    `OTEL_EXPORTER_OTLP_ENDPOINT is not an address such as http://collector.example:4318 (its value is not shown, as it may hold a password): correct it, or leave it out and nothing is sent.`,
  );
}

/** @param {(name: string, usual: number, least: number, most: number) => number} number @returns {Limits} */
function readLimits(number) {
  /** @param {string} name @param {number} usual */
  const limit = (name, usual) => number(name, usual, 1, 999_999);
  return {
    signIn: limit("LIMIT_SIGN_IN", 300),
    api: limit("LIMIT_API", 600),
    scim: limit("LIMIT_SCIM", 1_800), // Microsoft Entra ID sends up to 25 a second
    embed: limit("LIMIT_EMBED", 1_800), // a whole office opens its intranet in the morning
    search: limit("LIMIT_SEARCH", 120),
    export: limit("LIMIT_EXPORT", 60),
  };
}

/** @param {string | undefined} value */
function readTrustedProxies(value) {
  if (value === undefined) return [];
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const entries = listOf(value, ",");
  const wrong = entries.find((entry) => !isNetwork(entry));
  if (wrong === undefined) return entries;
  throw new EnvironmentError(
    `TRUSTED_PROXIES holds "${wrong}": give how many proxies stand in front in a row, such as 1, or their addresses with commas between, such as 10.0.0.5 or 10.0.0.0/24.`,
  );
}

/** @param {string} entry an address, or a network such as 10.0.0.0/24 */
function isNetwork(entry) {
  const [address = "", bits, ...more] = entry.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && +bits <= most));
}

/** @param {string | undefined} value */
function readAuthSecret(value) {
  if (value === undefined) return null;
  if (value.length >= 32) return value;
  throw new EnvironmentError(
    "AUTH_SECRET is too short (its value is not shown): give at least 32 random characters, or leave it out and one is made.",
  );
}

/** @param {string | undefined} value */
function readMetricsToken(value) {
  if (value === undefined) return null;
  if (/^[\x21-\x7e]{32,200}$/.test(value)) return value;
  throw new EnvironmentError(
    "METRICS_TOKEN is not 32 to 200 letters, digits and signs without a space (its value is not shown): make one with node -p \"crypto.randomBytes(32).toString('hex')\", or leave it out and /api/metrics answers nobody.",
  );
}

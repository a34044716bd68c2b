// @ts-check
// Checks an export of the evidence of With Care. It needs Node.js 20 or later and nothing else, and changes nothing.
//
//   node verify.mjs [FOLDER] --key-of https://portal.example     the keys, fetched from the portal
//   node verify.mjs [FOLDER] --key THUMBPRINT                    the key whose thumbprint somebody told you
//   node verify.mjs [FOLDER] --keys FILE                         keys that you saved earlier, outside the export
//   more: [--earlier FOLDER] [--head BODY:POSITION:HASH]
//
// Give it a file in place of the folder to check one certificate, or a published head: node verify.mjs FILE --key-of …
// With --earlier FILE it also shows that one head continues another. Whoever wants to witness heads signs those that hold:
//
//   node verify.mjs witness FILE-OR-ADDRESS --as NAME --with KEY-FILE [--token-file FILE] --key-of https://portal.example
//
// Exit 0: proven, that is intact and signed by a key that you gave. 1: changed, or signed by somebody else; the first line
// says what. 2: not proven: intact in itself, but nothing shows who signed it. 3: it could not be checked.
// This file comes with every export, but whoever changed an export could have changed it, too: take it from elsewhere
// (the portal's source has it as server/evidence/journal/verify.mjs) when you do not trust who gave you the export.
import { isUtf8 } from "node:buffer";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as makeSignature,
  verify as verifySignature,
  X509Certificate,
} from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const USE =
  "Use: node verify.mjs [FOLDER or FILE] [--key-of https://portal | --key THUMBPRINT | --keys FILE] [--earlier FOLDER] [--head BODY:POSITION:HASH]";
const WITNESS_USE =
  "Use: npm run evidence:witness -- FILE-OR-ADDRESS --as NAME --with KEY-FILE [--token-file FILE] --key-of https://portal. Where there is no portal, node verify.mjs witness takes the same.";
const [PROVEN, CHANGED, NOT_PROVEN, NOT_CHECKED] = [0, 1, 2, 3];
/** What file managers leave in a folder that somebody opened. */
const LITTER = [".DS_Store", "Thumbs.db", "desktop.ini"];
const COLUMNS = [
  "body",
  "position",
  "event",
  "at",
  "actor",
  "subject",
  "policy",
  "version",
  "contentHash",
  "data",
  "commitment",
  "previousHash",
];
const CHAIN_START = "0".repeat(64);
const LINE_FEED = 0x0a;
const LONGEST_LINE_BYTES = 2 ** 28;
const MOST_KEY_BYTES = 2 ** 20;
const MOST_PROOF_BYTES = 2 ** 23;
/** Clocks of several servers differ a little. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** It could not be checked; the message says why and what to do. */
export class NotChecked extends Error {}

/** It was changed, in such a way that nothing more can be said of it. */
class Changed extends Error {}

/**
 * @typedef {{ position: number, hash: string }} Head
 * @typedef {{ revoked_at: number, reason?: string }} Revocation
 * @typedef {{ kty: string, crv: string, x: string, kid: string, body?: string, nbf?: number, exp?: number, revoked?: Revocation }} Key
 *   times in seconds since 1970; without a body it signs for all bodies of the portal, as keys did at first
 * @typedef {{ keys: Key[], from: string } | { thumbprints: string[] }} Trusted keys that did not come with the export
 * @typedef {object} Options
 * @property {Trusted | null} [trusted]
 * @property {(Head & { body: string })[]} [heads] noted earlier
 * @property {string[]} [earlier] folders of earlier exports
 * @typedef {{ faults: string[], notes: string[], doubt: string | null, manifest: any }} Report
 */

/**
 * Checks one export.
 * @param {string} folder
 * @param {Options} [options]
 * @returns {Promise<Report>} faults, the telling one first; notes say what was found right; `doubt` says why nothing shows who
 *   signed it, null where it was a trusted key
 * @throws {NotChecked} where it is no export, or cannot be read
 */
export async function verifyExport(folder, { trusted = null, heads = [], earlier = [] } = {}) {
  const signed = readSigned(folder, trusted);
  const { manifest, doubt } = signed;
  if (!manifest) return { manifest, doubt, faults: signed.faults, notes: [] };
  const claims = { faults: claimProblems(manifest), notes: [] };
  const parts = [];
  if (claims.faults.length === 0) {
    const rows = await checkRows(folder, manifest, heads);
    const details = await checkDetails(folder, manifest, rows);
    const people = await checkPeople(folder, manifest);
    const files = await checkFiles(folder, manifest);
    const policies = checkPolicies(folder, manifest, rows.contentHashes);
    parts.push(rows, details, people, signed, files, policies);
    for (const other of earlier) parts.push(await compareWithEarlier(other, manifest, rows.hashAt, trusted));
  } else parts.push(signed, claims);
  return {
    manifest,
    doubt,
    faults: [...new Set(parts.flatMap((part) => part.faults))],
    notes: parts.flatMap((part) => part.notes),
  };
}

/**
 * Reads the list of contents out of its signature, which is what counts, and compares the readable copy with it.
 * @param {string} folder
 * @param {Trusted | null} trusted
 * @returns {Report} `manifest` is null where it cannot be read
 */
function readSigned(folder, trusted) {
  const [jws, json] = ["manifest.jws", "manifest.json"].map((name) => readFile(path.join(folder, name)));
  if (!jws && !json)
    throw new NotChecked(`${folder} holds no manifest.json: give the folder that an export was unpacked into.`);
  /** @type {string[]} */
  const faults = [];
  if (!json) faults.push("manifest.json is missing.");
  if (!jws) {
    faults.push("manifest.jws is missing: nothing shows who made this export.");
    return { ...readManifest(json ?? Buffer.alloc(0), false), faults, notes: [], doubt: "it is not signed" };
  }
  const parts = readJws(jws.toString("latin1").replace(/\n$/, ""));
  if (!parts || jws.at(-1) !== LINE_FEED) {
    faults.push("manifest.jws is no signature of this kind: it was changed.");
    const [, text = ""] = jws.toString("latin1").split(".");
    const claimed = Buffer.from(text, "base64url");
    return {
      ...readManifest(claimed.length > 0 ? claimed : (json ?? claimed), false),
      faults,
      notes: [],
      doubt: "it is not signed",
    };
  }
  const { kid, bytes, signed, signature } = parts;
  if (json && !json.equals(bytes))
    faults.push("manifest.json is not what was signed: it was changed. What follows goes by what was signed.");
  const { problems, keys: own } = readOwnKeys(folder);
  faults.push(...problems);
  const key = keysToTry(trusted, own).find((one) => one.kid === kid);
  const isFitting = key !== undefined && isSigned(key, signed, signature);
  const { manifest, unreadable } = readManifest(bytes, isFitting);
  if (unreadable) faults.push(unreadable);
  if (!key) faults.push(strangerProblem(kid, trusted));
  else if (!isFitting) faults.push("The signature does not fit: manifest.jws was changed, or somebody else signed it.");
  if (!key || !isFitting || !manifest) return { manifest, faults, notes: [], doubt: "the signature does not fit" };
  // What came with the export can speak against it, never for it.
  const known = [key, ...own.filter((one) => one.kid === kid)];
  const dated = { what: "export", slug: manifest.body.slug, at: manifest.madeAt };
  faults.push(...known.flatMap((one) => keyProblem(one, dated) ?? []).slice(0, 1));
  if (isCompromised(key))
    return {
      manifest,
      faults,
      notes: [],
      doubt: `The key ${inGroups(kid)} was revoked on ${dayOf(key.revoked?.revoked_at)}, because others may know it: whoever does could have signed this. Export the period again: the rows are the same, and the key that signs now proves them.`,
    };
  if (!trusted)
    return {
      manifest,
      faults,
      notes: [],
      doubt: `The signature fits the key ${inGroups(kid)}, but that key came with the export: whoever makes up an export can make up its key.`,
    };
  const note = `Signature: right, by the key ${inGroups(kid)}, ${"from" in trusted ? `which ${trusted.from} gives` : "whose thumbprint you gave"}.`;
  return { manifest, faults, notes: [note], doubt: null };
}

/**
 * The parts of a compact JWS by Ed25519, spelt as they have to be; null where it is none.
 * @param {string} text
 * @returns {{ kid: string, bytes: Buffer, signed: string, signature: Buffer } | null}
 */
function readJws(text) {
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text)?.slice(1) ?? [];
  const [head, bytes, signature] = parts.map((part) => Buffer.from(part, "base64url"));
  const isStrict = [head, bytes, signature].every((one, at) => one?.toString("base64url") === parts[at]);
  const header = head && parseJson(head);
  if (!isStrict || !bytes || !signature || !isHeader(header)) return null;
  return { kid: header.kid, bytes, signed: `${parts[0]}.${parts[1]}`, signature };
}

/** @param {any} header @returns {header is { kid: string }} */
const isHeader = (header) =>
  header !== null &&
  typeof header === "object" &&
  header.alg === "EdDSA" &&
  typeof header.kid === "string" &&
  Object.keys(header).every((name) => ["alg", "kid", "typ"].includes(name));

/** @param {Trusted | null} trusted @param {Key[]} own those of the export @returns {Key[]} */
function keysToTry(trusted, own) {
  if (!trusted) return own;
  return "keys" in trusted ? trusted.keys : own.filter(({ kid }) => trusted.thumbprints.includes(kid));
}

/** @param {string} kid @param {Trusted | null} trusted */
function strangerProblem(kid, trusted) {
  const name = `The key ${inGroups(kid)}, with which it is said to be signed, is not among those`;
  if (!trusted) return `${name} of jwks.json of the export itself: one of the two was changed.`;
  if ("keys" in trusted)
    return `${name} of ${trusted.from}: somebody else made this export, or the keys are of another portal or older than the export.`;
  return trusted.thumbprints.includes(kid)
    ? `The key ${inGroups(kid)}, whose thumbprint you gave, is not in jwks.json of the export: it was changed.`
    : `${name} whose thumbprint you gave: somebody else made this export, or the portal signs with another key by now.`;
}

/**
 * What speaks against a key having signed this, or null. OpenID Federation's historical keys have the same members.
 * @param {Key} key @param {{ what: string, slug: string, at: string }} signed
 */
function keyProblem({ kid, body, nbf, exp, revoked }, { what, slug, at: madeAt }) {
  const at = Date.parse(madeAt) / 1000;
  const isAfter = (/** @type {number | undefined} */ end) => end !== undefined && at > end + CLOCK_TOLERANCE_SECONDS;
  const dated = `The ${what} is dated ${madeAt}, and the key ${inGroups(kid)}`;
  if (body !== undefined && body !== slug)
    return `The key ${inGroups(kid)} is that of the body ${body}, and this ${what} is of ${slug}: somebody else signed it.`;
  if (nbf !== undefined && at < nbf - CLOCK_TOLERANCE_SECONDS) return `${dated} was not in use before ${dayOf(nbf)}.`;
  if (isAfter(exp)) return `${dated} was not in use after ${dayOf(exp)}.`;
  if (isAfter(revoked?.revoked_at)) return `${dated} was revoked on ${dayOf(revoked?.revoked_at)}.`;
  return null;
}

/** Only what was superseded vouches for what it signed before: any other reason may mean that others know it. @param {Key} key */
const isCompromised = ({ revoked }) => revoked !== undefined && revoked.reason !== "superseded";

/** @param {number | undefined} seconds */
const dayOf = (seconds) => (seconds === undefined ? "" : new Date(seconds * 1000).toISOString().slice(0, 10));

/** @param {Key} key @param {string} text @param {Buffer} signature */
function isSigned({ kty, crv, x }, text, signature) {
  try {
    const publicKey = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
    return publicKey.asymmetricKeyType === "ed25519" && verifySignature(null, Buffer.from(text), publicKey, signature);
  } catch {
    return false;
  }
}

/** The name that a key has by its content alone (RFC 7638). @param {{ kty: string, crv: string, x: string }} key */
const thumbprint = ({ crv, kty, x }) =>
  createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");

/** A thumbprint as it is read aloud: groups of four hexadecimal digits. @param {string} kid in base64url */
const inGroups = (kid) => Buffer.from(kid, "base64url").toString("hex").match(/.{4}/g)?.join("-") ?? kid;

/**
 * A set of keys (RFC 7517) as portals publish it; keys of other kinds are passed over.
 * @param {Buffer} bytes
 * @returns {Key[] | string} what is wrong, after "it", where it is none
 */
function readKeySet(bytes) {
  const set = parseJson(bytes);
  if (!Array.isArray(set?.keys)) return "holds no keys, or names something twice";
  const keys = set.keys.filter((/** @type {any} */ one) => one?.kty === "OKP" && one.crv === "Ed25519");
  for (const key of keys)
    if (!isKey(key)) return `holds a key ${JSON.stringify(key.kid)?.slice(0, 60)} that cannot be understood`;
  const isDoubled = new Set(keys.map((/** @type {Key} */ { kid }) => kid)).size < keys.length;
  return isDoubled ? "holds a key twice" : keys;
}

/** @param {any} key */
function isKey(key) {
  const isSeconds = (/** @type {unknown} */ value) => Number.isFinite(value) && Math.abs(Number(value)) < 1e11;
  const isOptional = (/** @type {unknown} */ value, /** @type {(value: any) => boolean} */ is) =>
    value === undefined || is(value);
  return (
    typeof key.x === "string" &&
    Buffer.from(key.x, "base64url").length === 32 &&
    key.kid === thumbprint(key) &&
    isOptional(key.body, (body) => typeof body === "string") &&
    isOptional(key.nbf, isSeconds) &&
    isOptional(key.exp, isSeconds) &&
    isOptional(key.revoked, (revoked) => isSeconds(revoked?.revoked_at))
  );
}

/** @param {string} folder @returns {{ keys: Key[], problems: string[] }} */
function readOwnKeys(folder) {
  const bytes = readFile(path.join(folder, "jwks.json"));
  if (!bytes) return { keys: [], problems: ["jwks.json is missing."] };
  const keys = readKeySet(bytes);
  return typeof keys === "string"
    ? { keys: [], problems: [`jwks.json ${keys}: it was changed.`] }
    : { keys, problems: [] };
}

/**
 * What a value is like: a test, a list of one shape, or an object with exactly these names.
 * @typedef {((value: any) => boolean) | ListShape | ObjectShape} Shape
 * @typedef {{ [name: string]: Shape }} ObjectShape
 */
/** @typedef {Shape[]} ListShape */
const isText = (/** @type {unknown} */ value) => typeof value === "string";
const isCount = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isHash = (/** @type {unknown} */ value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isDay = (/** @type {unknown} */ value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isTime(`${value}T00:00:00.000Z`);
/** @param {unknown} value */
const isTime = (value) =>
  typeof value === "string" && Number.isFinite(Date.parse(value)) && new Date(value).toISOString() === value;
/** @param {Shape} shape */
const orNull = (shape) => (/** @type {unknown} */ value) => value === null || fits(value, shape);
/** @type {Shape} */
const HEAD = { position: isCount, hash: isHash };
/** @type {Shape} */
const LISTED = { file: isText, count: isCount };
/** @type {ObjectShape} */
const MANIFEST = {
  schemaVersion: (value) => value === 1,
  export: isText,
  software: isText,
  madeAt: isTime,
  body: { slug: (value) => /^[a-z0-9-]{1,100}$/.test(value), name: isText },
  period: { from: isDay, until: isDay, timeZone: (value) => value === "Europe/London", start: isTime, end: isTime },
  holds: (value) => value === "commitments" || value === "texts",
  rows: {
    file: isText,
    count: isCount,
    before: HEAD,
    first: orNull(HEAD),
    last: orNull(HEAD),
    checkpoints: { every: (value) => isCount(value) && value > 0, hashes: [isHash] },
  },
  head: { position: isCount, hash: isHash, at: orNull(isTime) },
  details: orNull(LISTED),
  people: orNull(LISTED),
  policies: [{ slug: isText, version: isText, title: isText, hash: isHash, folder: isText, why: isText }],
  missingPolicies: [{ slug: isText, version: isText, hash: isHash }],
  files: [{ path: isText, bytes: isCount, sha256: isHash }],
};

/** @param {any} value @param {Shape} shape @returns {boolean} */
function fits(value, shape) {
  if (typeof shape === "function") return shape(value);
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((one) => fits(one, shape[0] ?? isText));
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const names = Object.keys(shape);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name) && fits(value[name], shape[name] ?? isText))
  );
}

/**
 * @param {Buffer} bytes @param {boolean} isFitting whether its signature fits
 * @returns {{ manifest: any, unreadable: string | null }}
 * @throws {NotChecked} where a later version of the portal wrote it
 */
function readManifest(bytes, isFitting) {
  const manifest = parseJson(bytes);
  if (fits(manifest, MANIFEST)) return { manifest, unreadable: null };
  if (isFitting && isCount(manifest?.schemaVersion) && manifest.schemaVersion > 1)
    throw new NotChecked(
      "This export is of a later kind: take the server/evidence/journal/verify.mjs of a later version of With Care.",
    );
  return {
    manifest: null,
    unreadable:
      "The list of contents cannot be read, or names something twice: it was changed, or this is no export of With Care.",
  };
}

/** What the list of contents says that cannot be: no portal writes that. @param {any} manifest @returns {string[]} */
function claimProblems({ body: { slug }, period, madeAt, holds, rows, head, details, people, policies, files }) {
  /** @type {string[]} */
  const problems = [];
  /** @param {boolean} isRight @param {string} what */
  const claim = (isRight, what) => void (isRight || problems.push(`The list of contents contradicts itself: ${what}.`));
  const last = rows.last ?? rows.before;
  claim(rows.file === `evidence/${slug}.jsonl`, "the file of its rows has another name");
  claim(details === null || details.file === `details/${slug}.jsonl`, "the file of its texts has another name");
  claim(people === null || people.file === `people/${slug}.jsonl`, "the file of its names has another name");
  claim((holds === "texts") === (details !== null), "whether it holds texts");
  claim((holds === "texts" && rows.count > 0) === (people !== null), "whether it holds names");
  claim(
    (rows.count === 0) === (rows.first === null) && (rows.first === null) === (rows.last === null),
    "whether it holds rows",
  );
  claim(rows.first === null || rows.first.position === rows.before.position + 1, "where its rows begin");
  claim(last.position - rows.before.position === rows.count, "the number of its rows");
  claim(rows.before.position > 0 || rows.before.hash === CHAIN_START, "the hash before its first row");
  claim(
    rows.checkpoints.hashes.length === Math.ceil(rows.count / rows.checkpoints.every),
    "the number of its checkpoints",
  );
  claim(head.position >= last.position, "its last row is later than the head of the chain");
  claim(head.position !== last.position || head.hash === last.hash, "its last row is not the head of the chain");
  claim((head.position === 0) === (head.at === null), "the time of the head of the chain");
  claim(period.from <= period.until, "its period ends before it begins");
  claim(isMidnightOf(period.from, period.start), "when its period begins");
  claim(
    isMidnightOf(new Date(Date.parse(period.until) + 86_400_000).toISOString().slice(0, 10), period.end),
    "when its period ends",
  );
  claim(period.until <= londonTime(madeAt).slice(0, 10), "its period ends after the day on which it was exported");
  const names = files.map((/** @type {any} */ file) => file.path);
  for (const name of names) claim(isPlainPath(name), `it names ${JSON.stringify(name)}, which is no file of an export`);
  const folded = names.map((/** @type {string} */ name) => name.normalize("NFC").toLowerCase());
  const twin = names.find((/** @type {string} */ _, /** @type {number} */ at) => folded.indexOf(folded[at]) !== at);
  claim(twin === undefined, `it names ${twin} twice`);
  const needed = [rows.file, details?.file, people?.file, "jwks.json", "what-this-proves.html", "verify.mjs"];
  for (const name of needed) claim(name === undefined || names.includes(name), `it does not name ${name}`);
  for (const { slug: policy, version, folder } of policies)
    claim(folder === `policies/${policy}/${version}` && isPlainPath(folder), `where the texts of ${policy} are`);
  claim(
    new Set(policies.map((/** @type {any} */ one) => one.folder)).size === policies.length,
    "it names a policy twice",
  );
  return problems;
}

/** A path that means the same file on every machine. @param {string} name */
const isPlainPath = (name) =>
  /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) &&
  name.split("/").every((part) => !part.endsWith(".")) &&
  !/^manifest\.(json|jws)$/i.test(name);

const LONDON = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium" });
/** @param {string} at @returns {string} YYYY-MM-DD HH:MM:SS */
const londonTime = (at) => LONDON.format(new Date(at));

/** @param {string} day @param {string} at */
const isMidnightOf = (day, at) => londonTime(at) === `${day} 00:00:00` && at.endsWith(".000Z");

/**
 * Walks the rows in their order; memory grows by two short texts a row.
 * @param {string} folder
 * @param {any} manifest
 * @param {(Head & { body: string })[]} heads
 */
async function checkRows(folder, { body, period, rows, head }, heads) {
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const notes = [];
  /** @type {Map<number, string>} */
  const commitments = new Map();
  /** @type {Set<string>} */
  const contentHashes = new Set();
  /** @type {string[]} hashes of the rows, from the first position on */
  const hashes = [];
  const first = rows.before.position + 1;
  const last = rows.last ? rows.last.position : rows.before.position;
  /** @param {number} position @param {string} problem */
  const fault = (position, problem) => faults.push(`Row ${position} of ${rows.file}: ${problem}.`);
  /** @param {number} position */
  const hashAt = (position) => {
    if (position === rows.before.position) return rows.before.hash;
    return position >= first ? (hashes[position - first] ?? null) : null;
  };
  const noted = heads.filter((one) => one.body === body.slug);
  const file = path.join(folder, rows.file);
  let previous = rows.before;
  if (isFile(file)) {
    for await (const line of readLines(file)) {
      if (line.length === 0) continue; // the hash of the file tells
      const row = parseLine(line);
      const position = previous.position + 1;
      const problem =
        rowProblem(row, body.slug, previous, rows, hashAtCheckpoint(rows, position), noted) ??
        timeProblem(row, period, rows, head);
      if (problem !== null) {
        fault(position, problem);
        break;
      }
      if (row.commitment !== null) commitments.set(position, row.commitment);
      if (row.contentHash !== null) contentHashes.add(`${row.policy} ${row.version} ${row.contentHash}`);
      hashes.push(row.hash);
      previous = { position, hash: row.hash };
    }
    if (faults.length === 0 && previous.position < last)
      fault(
        previous.position + 1,
        `it is missing, though the export was made with rows ${first} to ${last}: the end was cut off`,
      );
  } else faults.push(`${rows.file} is missing.`);
  checkNotedHeads(noted, head, hashAt, { faults, notes });
  for (const one of heads)
    if (one.body !== body.slug)
      notes.push(`The noted head ${one.body}:${one.position} is of another body, so it says nothing of this export.`);
  if (faults.length === 0)
    notes.unshift(
      rows.count === 0
        ? `Rows: none in this period. The row before it is ${rows.before.position}.`
        : `Rows: ${rows.count}, from ${first} to ${last}, each with the hash of the one before it, none missing.`,
    );
  return { faults, notes, commitments, contentHashes, hashAt, readUpTo: previous.position };
}

/**
 * Compares the heads that somebody noted earlier with this export.
 * @param {(Head & { body: string })[]} noted
 * @param {any} head of the chain
 * @param {(position: number) => string | null} hashAt
 * @param {{ faults: string[], notes: string[] }} said gets what was found
 */
function checkNotedHeads(noted, head, hashAt, { faults, notes }) {
  for (const one of noted) {
    const found = hashAt(one.position);
    const name = `${one.body}:${one.position}:${one.hash.slice(0, 12)}…`;
    if (one.position === head.position && one.hash === head.hash)
      notes.push(`The noted head ${name} is the head of the chain when this was exported.`);
    else if (one.position === head.position)
      faults.push(`The noted head ${name} is not the one of this export: the chain was written anew.`);
    else if (found === one.hash)
      notes.push(`The noted head ${name} is in this export: every row up to it is still as it was then.`);
    else if (found !== null)
      faults.push(
        `The noted head ${name} is not the one of this export: the chain was written anew, at row ${one.position} or before.`,
      );
    else if (one.position > head.position)
      faults.push(
        `The noted head ${name} lies beyond the head of this export, row ${head.position}: rows were cut off, or it was noted later.`,
      );
    else if (faults.length === 0)
      notes.push(`The noted head ${name} is not among the rows of this export, so it says nothing of it.`);
  }
}

/**
 * What is wrong with a row, without a full stop; null where nothing is.
 * @param {any} row
 * @param {string} body
 * @param {Head} previous
 * @param {any} rows
 * @param {string | null} checkpoint its hash as it was signed
 * @param {Head[]} noted
 */
function rowProblem(row, body, previous, rows, checkpoint, noted) {
  const position = previous.position + 1;
  if (row === null || typeof row !== "object" || Array.isArray(row)) return "its line cannot be read: it was changed";
  const names = Object.keys(row);
  if (names.length !== COLUMNS.length + 1 || ![...COLUMNS, "hash"].every((name) => names.includes(name)))
    return "its line has not the fields of a row: it was changed";
  if (row.body !== body) return "it is a row of another body";
  if (row.position !== position)
    return row.position > position
      ? `it is missing; the next one is ${row.position}`
      : `row ${row.position} stands in its place: rows were added or put in another order`;
  if (position > (rows.last?.position ?? rows.before.position)) return "it was added after the last row";
  if (row.previousHash !== previous.hash)
    return "it does not carry the hash of the row before it: rows were changed, removed, added or put in another order";
  const text = JSON.stringify([1, ...COLUMNS.map((name) => row[name])]);
  if (row.hash !== sha256(text)) return "its content does not match its hash: it was changed";
  if (checkpoint !== null && checkpoint !== row.hash) {
    const { every } = rows.checkpoints;
    const since = every === 1 ? "it was changed" : `it, or one of the ${every - 1} rows before it, was changed`;
    return `its hash is not the one that was signed: ${since}, and hashes were computed anew`;
  }
  if (noted.some((one) => one.position === position && one.hash !== row.hash))
    return "its hash is not the one that was noted: it or a row before it was written anew";
  return null;
}

/** Rows of a period have its first and last moments; those between are in it by their place. @param {any} row @param {any} period @param {any} rows @param {any} head */
function timeProblem({ position, at, hash }, { start, end }, rows, head) {
  if (!isTime(at)) return "its time cannot be read";
  const isAtAnEnd = position === rows.first?.position || position === rows.last?.position;
  if (isAtAnEnd && (at < start || at >= end)) return "its time lies outside the period of the export";
  if (position === rows.first?.position && hash !== rows.first.hash) return "its hash is not the one that was signed";
  if (position === head.position && at !== head.at) return "its time is not the one that the list of contents says";
  return null;
}

/** @param {any} rows @param {number} position */
function hashAtCheckpoint({ before, last, checkpoints }, position) {
  if (last && position === last.position) return last.hash;
  const at = position - before.position - 1;
  return at % checkpoints.every === 0 ? (checkpoints.hashes[at / checkpoints.every] ?? null) : null;
}

/**
 * @param {string} folder
 * @param {any} manifest
 * @param {{ faults: string[], commitments: Map<number, string>, readUpTo: number }} rows commitments by position, and the last
 *   row that was right
 */
async function checkDetails(folder, { details }, { faults: rowFaults, commitments, readUpTo }) {
  /** @type {string[]} */
  const faults = [];
  if (details === null)
    return {
      faults,
      notes: [
        `Texts: left out. ${commitments.size} rows carry a commitment, which a text that comes with its salt can be checked against.`,
      ],
    };
  const file = path.join(folder, details.file);
  let [found, previous] = [0, 0];
  if (isFile(file))
    for await (const line of readLines(file)) {
      const one = parseLine(line);
      if (!fits(one, { position: isCount, salt: isText, detail: isText })) {
        faults.push(`A line of ${details.file} cannot be read: it was changed.`);
        break;
      }
      const commitment = commitments.get(one.position);
      if (commitment === undefined && one.position > readUpTo) break; // after a fault nothing is known of the rows
      if (commitment !== sha256(JSON.stringify([1, one.salt, one.detail]))) {
        faults.push(
          `The text of row ${one.position} in ${details.file} does not match the row's commitment: it was changed or added.`,
        );
        break;
      }
      if (one.position <= previous) {
        faults.push(`The text of row ${one.position} in ${details.file} is there twice, or in another order.`);
        break;
      }
      previous = one.position;
      found++;
    }
  const erased = commitments.size - found;
  const notes = [
    `Texts: ${found}, each as the row commits to it. ${erased} ${erased === 1 ? "was" : "were"} erased before the export, as retention says.`,
  ];
  if (rowFaults.length === 0 && faults.length === 0 && isFile(file) && found !== details.count)
    faults.push(`${details.file} is not as it was exported: it holds ${found} texts, and held ${details.count}.`);
  return { faults, notes: faults.length === 0 ? notes : [] };
}

/** Names are not hashed into rows, as they may be replaced; they are signed with their file. @param {string} folder @param {any} manifest */
async function checkPeople(folder, { people }) {
  if (people === null || !isFile(path.join(folder, people.file))) return { faults: [], notes: [] };
  let count = 0;
  for await (const line of readLines(path.join(folder, people.file))) {
    if (fits(parseLine(line), { id: isText, name: isText, status: isText })) count++;
    else return { faults: [`${people.file} is not as it was exported: a line cannot be read.`], notes: [] };
  }
  const faults =
    count === people.count
      ? []
      : [`${people.file} is not as it was exported: it holds ${count} names, and held ${people.count}.`];
  return { faults, notes: [] };
}

/** @param {string} folder @param {any} manifest */
async function checkFiles(folder, { files }) {
  /** @type {string[]} */
  const faults = [];
  const expected = new Set(["manifest.json", "manifest.jws"]);
  const folders = new Set([""]);
  for (const { path: name, bytes, sha256: right } of files) {
    expected.add(name);
    for (let at = name.indexOf("/"); at !== -1; at = name.indexOf("/", at + 1)) folders.add(name.slice(0, at));
    const file = path.join(folder, name);
    if (!existsSync(file)) faults.push(`${name} is missing.`);
    else if (isFile(file) && (statSync(file).size !== bytes || (await sha256OfFile(file)) !== right))
      faults.push(`${name} is not as it was exported: it was changed.`);
  }
  for (const { name, kind } of listEntries(folder)) {
    if (kind === "other") faults.push(`${name} is a link, or no file of its own: it was put there.`);
    else if (!(kind === "file" ? expected : folders).has(name)) {
      const isLitter = kind === "file" && LITTER.includes(path.basename(name));
      const advice = isLitter ? " File managers leave it: delete it, and check again." : "";
      faults.push(`${name} is no part of the export: it was added.${advice}`);
    }
  }
  return { faults, notes: faults.length === 0 ? [`Files: ${files.length}, all as exported, none added.`] : [] };
}

/** The texts of the policies are those that rows name by hash. @param {string} folder @param {any} manifest @param {Set<string>} named */
function checkPolicies(folder, { policies, missingPolicies }, named) {
  /** @type {string[]} */
  const faults = [];
  for (const { slug, version, hash, folder: place } of policies) {
    const names = ["policy.mdx", "questions.yaml", "rules.yaml"].filter((name) =>
      isFile(path.join(folder, place, name)),
    );
    const lines = names.map((name) => `${sha256(readFileSync(path.join(folder, place, name)))}  ${name}\n`);
    if (sha256(lines.join("")) !== hash)
      faults.push(`The texts in ${place} are not those of ${slug}, version ${version}: they were changed.`);
  }
  const given = new Set(
    [...policies, ...missingPolicies].map(({ slug, version, hash }) => `${slug} ${version} ${hash}`),
  );
  for (const one of named)
    if (!given.has(one))
      faults.push(`Rows name ${one.split(" ").slice(0, 2).join(", version ")}, whose texts are not in the export.`);
  const notes = [
    `Policies: the texts of ${policies.length === 1 ? "1 version" : `${policies.length} versions`}, each as the rows name it by hash.`,
  ];
  if (missingPolicies.length > 0)
    notes.push(
      `Policies: the texts of ${missingPolicies.length} versions that rows name were not there any more when this was exported.`,
    );
  return { faults, notes: faults.length === 0 ? notes : [] };
}

/**
 * Whether an earlier export of the same chain agrees with this one.
 * @param {string} folder of the earlier one
 * @param {any} manifest of the later one
 * @param {(position: number) => string | null} hashAt of the later one
 * @param {Options["trusted"]} trusted
 */
async function compareWithEarlier(folder, manifest, hashAt, trusted) {
  const name = path.basename(path.resolve(folder));
  const before = await verifyExport(folder, { trusted: trusted ?? null });
  const faults = before.faults.map((fault) => `Earlier export ${name}: ${fault}`);
  if (faults.length > 0) return { faults, notes: [] };
  if (before.manifest.body.slug !== manifest.body.slug)
    throw new NotChecked(`${name} is an export of another body: it cannot be compared.`);
  const { rows, head } = before.manifest;
  if (head.position > manifest.head.position)
    return {
      faults: [
        `Earlier export ${name}: it knew of row ${head.position}, this one ends at row ${manifest.head.position}: the newest rows were cut off, or it is the later of the two.`,
      ],
      notes: [],
    };
  /** @type {Head[]} */
  const known = [rows.before, rows.last, head].filter((one) => one !== null);
  const both = known.filter(({ position }) => hashAt(position) !== null || position === manifest.head.position);
  const wrong = both.find(({ position, hash }) => (hashAt(position) ?? manifest.head.hash) !== hash);
  if (wrong)
    return {
      faults: [
        `Earlier export ${name}: row ${wrong.position} has another hash there: the chain was written anew, at that row or before.`,
      ],
      notes: [],
    };
  const newest = Math.max(...both.map(({ position }) => position));
  if (both.length === 0 || newest < (rows.last ?? rows.before).position)
    throw new NotChecked(
      `${name} ends at row ${(rows.last ?? rows.before).position}, and this one begins after row ${manifest.rows.before.position}: the rows between are in neither, so they cannot be compared. Export a period that reaches back to there.`,
    );
  const notes = [`Earlier export ${name}: this one continues it; up to row ${newest} both say the same.`];
  if (before.doubt !== null)
    notes.push(`Nothing shows who signed the earlier export ${name}: it counts as far as you kept it yourself.`);
  return { faults, notes };
}

/**
 * The lines of a file as bytes, without their line feeds. A line ends there and nowhere else: U+2028, U+2029 and U+0085 stand
 * in texts as they are, and JSON has no other line feed.
 * @param {string} file
 * @returns {AsyncGenerator<Buffer, void, void>}
 */
export async function* readLines(file) {
  /** @type {Buffer[]} */
  let pieces = [];
  let length = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 })) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([...pieces, chunk.subarray(from, at)]);
      [pieces, length, from] = [[], 0, at + 1];
    }
    if (from === chunk.length) continue;
    pieces.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST_LINE_BYTES)
      throw new Changed(`${path.basename(file)} holds a line that is longer than any of an export.`);
  }
  if (length > 0) yield Buffer.concat(pieces);
}

/** A line as the portal writes it: what is spelt otherwise, or names something twice, is none. @param {Buffer} line @returns {any} null where it is none */
function parseLine(line) {
  const text = line.toString("utf8");
  const value = isUtf8(line) && isJson(text) ? JSON.parse(text) : null;
  return value !== null && JSON.stringify(value) === text && isPlain(value) ? value : null;
}

/** Whether the texts in a line that are JSON themselves name nothing twice. @param {any} value */
const isPlain = ({ data = "", detail = "" }) =>
  [data, detail].every((text) => typeof text !== "string" || !isJson(text) || parseJson(Buffer.from(text)) !== null);

/**
 * @param {Buffer} bytes UTF-8
 * @returns {any} null where it is no JSON, or names something twice: of the two JSON.parse takes the later, others the first
 */
function parseJson(bytes) {
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString("utf8");
  if (!isJson(text)) return null;
  const value = JSON.parse(text);
  const squeeze = (/** @type {string} */ one) => one.replace(/\s+/g, "");
  return squeeze(JSON.stringify(value)) === squeeze(text) ? value : null;
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a file of its own: no link, no folder, nothing that waits for input. @param {string} file */
function isFile(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** @param {string} file @returns {Buffer | null} null where it is not there */
function readFile(file) {
  if (isFile(file)) return readFileSync(file);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return null;
  throw new Changed(`${path.basename(file)} is a link, or no file of its own: it was put there.`);
}

/** @param {string} folder @returns {{ name: string, kind: "file" | "folder" | "other" }[]} links are not followed */
function listEntries(folder, base = "") {
  return readdirSync(path.join(folder, base), { withFileTypes: true }).flatMap((entry) => {
    const name = base ? `${base}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return [{ name, kind: /** @type {const} */ ("folder") }, ...listEntries(folder, name)];
    return [{ name, kind: entry.isFile() ? /** @type {const} */ ("file") : /** @type {const} */ ("other") }];
  });
}

/** @param {string} folder @param {string} file */
function isInside(folder, file) {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** @param {string | Buffer} text */
function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** @param {string} file @returns {Promise<string>} */
async function sha256OfFile(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/**
 * Keys that somebody saved outside the exports.
 * @param {string} file
 * @param {string[]} folders of the exports
 * @returns {Trusted | null} null where the file lies in one of them, by whatever name: then it proves nothing
 */
function openKeys(file, folders) {
  const handle = openOrRefuse(file);
  try {
    const found = fstatSync(handle, { bigint: true });
    if (!found.isFile())
      throw new NotChecked(`${file} is no file: save /.well-known/jwks.json of the portal, and give that file.`);
    if (folders.some((folder) => holds(folder, file, found))) return null;
    if (found.size > MOST_KEY_BYTES) throw new NotChecked(`${file} is too large for a file of keys.`);
    const keys = readKeySet(readFileSync(handle));
    if (typeof keys === "string")
      throw new NotChecked(`${file} ${keys}: save /.well-known/jwks.json of the portal anew.`);
    return { keys, from: file };
  } finally {
    closeSync(handle);
  }
}

/** @param {string} file */
function openOrRefuse(file) {
  try {
    if (!statSync(file).isFile()) throw new Error("no file"); // a pipe would wait for its other end
    return openSync(file, "r");
  } catch {
    throw new NotChecked(
      `${file} cannot be read as a file of keys: save /.well-known/jwks.json of the portal, and give that file.`,
    );
  }
}

/** Whether a file lies in a folder: by its path, by where links lead, or as another name of a file in it. @param {string} folder @param {string} file @param {import("node:fs").BigIntStats} found */
function holds(folder, file, found) {
  const [real, realFile] = [realpathSync.native(folder), realpathSync.native(file)];
  const parent = realpathSync.native(path.dirname(path.resolve(file)));
  if (isInside(real, realFile) || isInside(real, parent) || isInside(path.resolve(folder), path.resolve(file)))
    return true;
  return listEntries(folder).some(({ name, kind }) => {
    if (kind !== "file") return false;
    const one = lstatSync(path.join(folder, name), { bigint: true });
    return one.dev === found.dev && one.ino === found.ino;
  });
}

/** @param {string} address @returns {Promise<Trusted>} */
async function fetchKeys(address) {
  const url = URL.canParse(address) ? new URL("/.well-known/jwks.json", address) : null;
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
  if (!url || url.username !== "" || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback)))
    throw new NotChecked(`"${address}" is no address such as https://with-care.example.gov.uk. ${USE}`);
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0")
    throw new NotChecked("NODE_TLS_REJECT_UNAUTHORIZED is 0, so nobody would check whose keys these are: unset it.");
  const bytes = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000) })
    .then(async (response) => (response.ok ? readAtMost(response, MOST_KEY_BYTES) : null))
    .catch(() => null);
  if (!bytes)
    throw new NotChecked(
      `No keys could be fetched from ${url}. Check the address, or save them there, outside the export, and give --keys.`,
    );
  const keys = readKeySet(bytes);
  if (typeof keys === "string") throw new NotChecked(`What ${url} answers ${keys}.`);
  return { keys, from: url.origin };
}

/** @param {Response} response @param {number} most bytes @returns {Promise<Buffer | null>} null where it is more */
async function readAtMost(response, most) {
  const pieces = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** @param {string} text as a portal shows it, or as RFC 7638 writes it in base64url @returns {string} in base64url */
function readThumbprint(text) {
  const digits = text.replace(/[\s:-]/g, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return Buffer.from(digits, "hex").toString("base64url");
  const bytes = Buffer.from(text.trim(), "base64url");
  if (bytes.length === 32 && bytes.toString("base64url") === text.trim()) return text.trim();
  throw new NotChecked(`"${text}" is no thumbprint: give the 16 groups of four digits, joined by hyphens. ${USE}`);
}

/** @param {string} text */
function readHead(text) {
  const [, body, position, hash] = /^([a-z0-9-]{1,100}):([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (!body || !position || !hash) throw new NotChecked(`"${text}" is no head such as nao:12:3f… (64 digits). ${USE}`);
  return { body, position: Number(position), hash };
}

/**
 * A thumbprint may begin with a hyphen, which would be read as another option: it is joined to the option before it.
 * @param {string[]} args
 */
const withThumbprints = (args) =>
  args.flatMap((one, at) => {
    if (isThumbprintAt(args, at)) return [];
    return isThumbprintAt(args, at + 1) ? [`${one}=${args[at + 1]}`] : [one];
  });

/** @param {string[]} args @param {number} at */
const isThumbprintAt = (args, at) => args[at - 1] === "--key" && /^-[\w-]{42}$/.test(args[at] ?? "");

/** @param {string[]} args */
function readArguments(args) {
  try {
    return parseArgs({
      args: withThumbprints(args),
      allowPositionals: true,
      options: {
        keys: { type: "string" },
        "key-of": { type: "string" },
        key: { type: "string", multiple: true, default: [] },
        earlier: { type: "string", multiple: true, default: [] },
        head: { type: "string", multiple: true, default: [] },
        as: { type: "string" },
        with: { type: "string" },
        "token-file": { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new NotChecked(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
}

/** @param {string} folder */
function checkFolder(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new NotChecked(`${folder} is no folder: unpack the ZIP file, and give the folder that it makes.`);
}

// One certificate, and published heads: what the Merkle tree over a body's chain comes to (RFC 9162, section 2.1). Hashes are
// in hexadecimal; a leaf is the SHA-256 of 00 and the hash of a row, a node that of 01 and the two below it.

/** @param {string} hex */
const sha256OfHex = (hex) => createHash("sha256").update(hex, "hex").digest("hex");
/** @param {string} left @param {string} right */
const nodeOf = (left, right) => sha256OfHex(`01${left}${right}`);

/**
 * The root that a path leads to (RFC 9162, 2.1.3.2); null where the path has not the length that it must have.
 * @param {string} row its hash @param {number} index from 0 @param {number} size @param {string[]} path @returns {string | null}
 */
export function rootOfPath(row, index, size, path) {
  if (index >= size) return null;
  let [place, last, root] = [index, size - 1, sha256OfHex(`00${row}`)];
  for (const hash of path) {
    if (last === 0) return null;
    const isRight = place % 2 === 1 || place === last;
    root = isRight ? nodeOf(hash, root) : nodeOf(root, hash);
    while (isRight && place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/**
 * Whether a path shows that one tree continues another (RFC 9162, 2.1.4.2).
 * @param {{ size: number, root: string }} first @param {{ size: number, root: string }} second @param {string[]} path
 */
export function isContinued(first, second, path) {
  if (first.size === second.size) return path.length === 0 && first.root === second.root;
  if (first.size < 1 || first.size > second.size) return false;
  const isWhole = (first.size & (first.size - 1)) === 0;
  const [begin, ...more] = isWhole ? [first.root, ...path] : path;
  if (begin === undefined) return false;
  let [place, last, early, late] = [first.size - 1, second.size - 1, begin, begin];
  while (place % 2 === 1) [place, last] = [(place - 1) / 2, Math.floor(last / 2)];
  for (const hash of more) {
    if (last === 0) return false;
    const isRight = place % 2 === 1 || place === last;
    if (isRight) [early, late] = [nodeOf(hash, early), nodeOf(hash, late)];
    else late = nodeOf(late, hash);
    while (isRight && place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && early === first.root && late === second.root;
}

/** @param {unknown} value */
const isSlug = (value) => typeof value === "string" && /^[a-z0-9-]{1,100}$/.test(value);
/** @param {unknown} value */
const isSize = (value) => isCount(value) && Number(value) > 0 && Number(value) < 2 ** 31;
/** @param {string} kind @param {ObjectShape} shape @returns {ObjectShape} */
const ofKind = (kind, shape) => ({ schemaVersion: (one) => one === 1, kind: (one) => one === kind, ...shape });
/** @type {ObjectShape} */
const ROOT = { size: isSize, root: isHash };
const HEAD_SIGNED = ofKind("head", { body: isSlug, ...ROOT, at: isTime });
const PUBLIC_KEY = { kty: isText, crv: isText, x: isText };
const CLAIM = { witness: isText, key: PUBLIC_KEY, head: isText, previous: orNull(ROOT), at: isTime };
const WITNESS_SIGNED = ofKind("witness", CLAIM);
/** @type {ObjectShape} */
const WITH_HEAD = { head: isText, witnesses: [isText], timeStamp: orNull(isText), keys: [(value) => isKey(value)] };
const HEAD_FILE = ofKind("head-file", { earlier: [{ head: isText, path: [isHash] }], ...WITH_HEAD });
const CERTIFICATE_FILE = ofKind("certificate", {
  certificate: { reference: isText, title: isText },
  row: Object.fromEntries(
    [...COLUMNS, "hash"].map((name) => [
      name,
      (/** @type {any} */ value) => typeof value !== "object" || value === null,
    ]),
  ),
  text: orNull({ salt: isText, detail: isText }),
  path: [isHash],
  ...WITH_HEAD,
});

/** @param {string} file @returns {any} a certificate or a head with what proves it */
function readProofFile(file) {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? Infinity) > MOST_PROOF_BYTES)
    throw new NotChecked(`${file} cannot be read, or is too large for a certificate or a head.`);
  return readProof(readFileSync(file), file);
}

/** @param {Buffer} bytes @param {string} from */
function readProof(bytes, from) {
  // Some editors put a mark at the beginning of what they save.
  const read = parseJson(bytes.subarray(bytes.indexOf("\ufeff") === 0 ? 3 : 0));
  if (fits(read, HEAD_FILE) || fits(read, CERTIFICATE_FILE)) return read;
  if (read?.kind === "certificate" || read?.kind === "head-file")
    throw isCount(read.schemaVersion) && read.schemaVersion > 1
      ? new NotChecked(`${from} is of a later kind: take the verify.mjs of a later version of With Care.`)
      : new Changed(`${from} has not the parts that a portal writes: it was changed.`);
  throw new NotChecked(`${from} is neither a certificate nor a published head of With Care. ${USE}`);
}

/**
 * A head out of its signature. @param {string} jws @param {Key[]} own those that came with it @param {Trusted | null} trusted
 * @returns {{ head: any, faults: string[], note: string, doubt: string | null }}
 */
function openHead(jws, own, trusted) {
  const parts = readJws(jws);
  const head = parts && parseJson(parts.bytes);
  if (!parts || !fits(head, HEAD_SIGNED)) throw new Changed("A head in it cannot be read: it was changed.");
  const { kid, signed, signature } = parts;
  const name = inGroups(kid);
  const opened = {
    head,
    faults: /** @type {string[]} */ ([]),
    note: `Signature: right, by the key ${name}.`,
    doubt: /** @type {string | null} */ (null),
  };
  const key = keysToTry(trusted, own).find((one) => one.kid === kid);
  const given =
    trusted === null ? "that came with it" : "keys" in trusted ? `of ${trusted.from}` : "whose thumbprint you gave";
  if (!key)
    opened.faults.push(
      `The key ${name}, with which the head of ${head.size} rows is said to be signed, is not among those ${given}: somebody else signed it.`,
    );
  else if (!isSigned(key, signed, signature))
    opened.faults.push(
      `The signature of the head of ${head.size} rows does not fit: it was changed, or somebody else signed it.`,
    );
  else {
    const known = [key, ...own.filter((one) => one.kid === kid)];
    opened.faults.push(
      ...known.flatMap((one) => keyProblem(one, { what: "head", slug: head.body, at: head.at }) ?? []).slice(0, 1),
    );
    if (isCompromised(key))
      opened.doubt = `The key ${name} was revoked on ${dayOf(key.revoked?.revoked_at)}, because others may know it: whoever does could have signed this.`;
    else if (!trusted)
      opened.doubt = `The signature fits the key ${name}, but that key came with the file: whoever makes up a file can make up its key.`;
  }
  return opened;
}

/**
 * @typedef {{ what: string, head: any, faults: string[], notes: string[], doubt: string | null }} ProofReport
 * @param {any} file as `readProof` read it @param {Trusted | null} trusted @param {string[]} earlier files of heads
 * @returns {ProofReport}
 */
export function checkProof(file, trusted, earlier = []) {
  const { head, faults, note, doubt } = openHead(file.head, file.keys, trusted);
  // An earlier head may have an earlier key than the one whose thumbprint was given: what counts is that this one continues it.
  const ofEarlier = trusted && "keys" in trusted ? trusted : null;
  const notes = [note, `Head of ${head.size} rows of ${head.body}, published ${head.at}: ${head.root}`];
  /** @type {ProofReport} */
  const report = { what: "this head", head, faults, notes, doubt };
  if (file.kind === "certificate") checkCertificate(file, report);
  else for (const one of file.earlier) continues(openHead(one.head, file.keys, ofEarlier), one.path, report);
  for (const other of earlier) compareHeads(file, openHead(readProofFile(other).head, file.keys, ofEarlier), report);
  for (const jws of file.witnesses) {
    const { statement, kid } = openStatement(jws);
    const name = JSON.stringify(statement.witness);
    if (statement.head !== file.head) faults.push(`The witness ${name} signed another head.`);
    notes.push(
      `Witness: ${name} saw this head on ${statement.at}, by the key ${inGroups(kid)}. Ask them for its thumbprint.`,
    );
  }
  if (file.timeStamp !== null) checkStampOfHead(file, report);
  return report;
}

/** Hash functions of time-stamps by their object identifiers, in the hexadecimal of DER. */
const HASHES = new Map([
  ["608648016503040201", "sha256"],
  ["608648016503040202", "sha384"],
  ["608648016503040203", "sha512"],
]);
const MESSAGE_DIGEST = "2a864886f70d010904";
const [SIGNED_DATA, TIME_STAMP_INFO] = ["2a864886f70d010702", "2a864886f70d0109100104"];
/** RSA with PSS carries parameters of its own. */
const RSA_PSS = "2a864886f70d01010a";
const FOR_TIME_STAMPS = "1.3.6.1.5.5.7.3.8";
const BY_OPENSSL = "Check that with OpenSSL, as docs/evidence.md says.";

/**
 * Checks the time-stamp (RFC 3161) of a head: that it is on these bytes, and signed by the certificate that is in it. Whether
 * that certificate is of an authority that somebody trusts is not ours to say, and the note says so.
 * @param {{ head: string, timeStamp: string }} file `timeStamp` in base64
 * @param {Pick<ProofReport, "head" | "faults" | "notes">} report
 */
export function checkStampOfHead({ head: jws, timeStamp }, { head, faults, notes }) {
  let stamp;
  try {
    stamp = readTimeStamp(Buffer.from(timeStamp, "base64"));
  } catch {
    faults.push("The time-stamp cannot be read: it was changed.");
    return;
  }
  const { imprint, info, at, signer, attributes, digest } = stamp;
  const hash = HASHES.get(imprint.algorithm);
  if (hash === undefined || stamp.hash === undefined || signer.algorithm === RSA_PSS) {
    notes.push(`Time-stamp: there is one, with a signature that this program does not know. ${BY_OPENSSL}`);
    return;
  }
  const hashOf = (/** @type {string} */ name, /** @type {string | Buffer} */ bytes) =>
    createHash(name).update(bytes).digest();
  const { hash: signedHash } = stamp;
  const certificate = stamp.certificates.find(
    ({ publicKey, keyUsage }) =>
      keyUsage?.includes(FOR_TIME_STAMPS) &&
      ["rsa", "ec"].includes(publicKey.asymmetricKeyType ?? "") &&
      verifySignature(signedHash, attributes, publicKey, signer.signature),
  );
  if (!hashOf(hash, jws).equals(imprint.digest)) faults.push("The time-stamp is on something else than this head.");
  else if (!digest || !hashOf(signedHash, info).equals(digest) || !certificate)
    faults.push("The signature of the time-stamp does not fit: it was changed.");
  else if (at < Date.parse(head.at) - CLOCK_TOLERANCE_SECONDS * 1000)
    faults.push(`The time-stamp is dated ${new Date(at).toISOString()}, before the head was published.`);
  else
    notes.push(
      `Time-stamp: this head existed at ${new Date(at).toISOString()}. The signature is right, by the certificate ${JSON.stringify(certificate.subject)}, ${certificate.fingerprint256}.`,
      `Not checked: whether an authority that you trust issued that certificate, and whether it was valid then. ${BY_OPENSSL}`,
    );
}

/** @typedef {{ tag: number, body: Buffer, whole: Buffer }} DerPart */

/** The parts that stand one after another in DER. @param {Buffer} bytes @returns {DerPart[]} @throws where they are cut off */
function readDer(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first - 0x80;
    const begin = at + 2 + more;
    const end = begin + (more === 0 ? first : bytes.readUIntBE(at + 2, more));
    if (end > bytes.length) throw new RangeError("cut off");
    parts.push({ tag: bytes.readUInt8(at), body: bytes.subarray(begin, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return parts;
}

/** The parts of one part, by its place. @param {DerPart[]} parts @param {number[]} way @returns {DerPart[]} */
function within(parts, ...way) {
  const [at, ...rest] = way;
  return at === undefined ? parts : within(readDer(partAt(parts, at).body), ...rest);
}

/** @param {DerPart[]} parts @param {number} at @returns {DerPart} */
function partAt(parts, at) {
  const part = parts.at(at);
  if (part === undefined) throw new RangeError("missing");
  return part;
}

/** The parts of an authority's answer that count. @param {Buffer} der @throws where it is no time-stamp */
function readTimeStamp(der) {
  const [kind, content] = within(readDer(der), 0, 1);
  const isKind = (/** @type {DerPart | undefined} */ part, /** @type {string} */ oid) =>
    part?.body.toString("hex") === oid;
  if (!isKind(kind, SIGNED_DATA) || content === undefined) throw new RangeError("not signed");
  const signed = within([content], 0, 0);
  const [infoKind] = within(signed, 2);
  const info = partAt(within(signed, 2, 1), 0).body;
  if (!isKind(infoKind, TIME_STAMP_INFO)) throw new RangeError("no time-stamp");
  const said = within(readDer(info), 0);
  const certificates = signed.filter(({ tag }) => tag === 0xa0).flatMap(({ body }) => readDer(body));
  const by = within(signed, -1, 0);
  const attributes = by.findIndex(({ tag }, at) => tag === 0xa0 && at > 2);
  const digest = within(by, attributes).find((one) => isKind(readDer(one.body)[0], MESSAGE_DIGEST));
  // What is signed carries the tag of a set.
  const asSet = Buffer.from(partAt(by, attributes).whole);
  asSet[0] = 0x31;
  return {
    info,
    at: timeOfDer(partAt(said, 4).body.toString("latin1")),
    imprint: { algorithm: hexAt(within(said, 2, 0), 0), digest: partAt(within(said, 2), 1).body },
    certificates: certificates.map(({ whole }) => new X509Certificate(whole)),
    hash: HASHES.get(hexAt(within(by, attributes - 1), 0)),
    attributes: asSet,
    digest: digest && partAt(within([digest], 0, 1), 0).body,
    signer: { algorithm: hexAt(within(by, attributes + 1), 0), signature: partAt(by, attributes + 2).body },
  };
}

/** @param {DerPart[]} parts @param {number} at */
const hexAt = (parts, at) => partAt(parts, at).body.toString("hex");

/** @param {string} text such as 20261201093015.5Z @returns {number} milliseconds */
function timeOfDer(text) {
  const at = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:$6"));
  if (Number.isNaN(at)) throw new RangeError("no time");
  return at;
}

/** @param {any} file @param {ProofReport} report */
function checkCertificate({ certificate, row, text, path: steps }, report) {
  const { head, faults, notes } = report;
  report.what = `the certificate ${certificate.reference}`;
  const hash = sha256(JSON.stringify([1, ...COLUMNS.map((name) => row[name])]));
  if (row.hash !== hash || !isTime(row.at))
    faults.push(`Row ${row.position}: its content does not match its hash: it was changed.`);
  else if (row.body !== head.body)
    faults.push(`Row ${row.position} is of the body ${row.body}, and the head of ${head.body}.`);
  else if (!isSize(row.position) || rootOfPath(hash, row.position - 1, head.size, steps) !== head.root)
    faults.push(
      `Row ${row.position} is not among the ${head.size} rows of the head: it, its path or its place was changed.`,
    );
  if (text !== null && row.commitment !== sha256(JSON.stringify([1, text.salt, text.detail])))
    faults.push("The text beside the row does not match the row's commitment: it was changed or added.");
  if (row.subject !== certificate.reference)
    faults.push(`The row is about ${row.subject}, and the certificate is ${certificate.reference}.`);
  notes.push(`Row ${row.position}, ${row.at}: ${row.event}, ${row.subject}, by ${row.actor}.`);
  if (row.policy !== null) notes.push(`On the policy ${row.policy}, version ${row.version}, hash ${row.contentHash}.`);
  if (text !== null) notes.push(`With the text: ${text.detail}`);
  else if (row.commitment !== null)
    notes.push("Its text is not in this file: it was erased, or left out. The row shows that there was one.");
}

/** @param {{ head: any, faults: string[] }} early @param {string[]} steps @param {ProofReport} report */
function continues(early, steps, { head, faults, notes }) {
  faults.push(...early.faults);
  const { size, root, body, at } = early.head;
  if (body !== head.body) faults.push(`The head of ${size} rows is of ${body}, and this one of ${head.body}.`);
  else if (!isContinued({ size, root }, head, steps))
    faults.push(
      `This head does not continue the one of ${size} rows, published ${at}: rows before it were changed, or the path was.`,
    );
  else notes.push(`It continues the head of ${size} rows, published ${at}.`);
}

/** @param {any} file @param {{ head: any, faults: string[] }} other a head that somebody kept @param {ProofReport} report */
function compareHeads(file, other, report) {
  const { size, root, body } = other.head;
  const isOther = body !== report.head.body;
  const strange = isOther
    ? [`The head that you kept is of ${body}, and this one of ${report.head.body}.`]
    : other.faults;
  if (strange.length > 0) {
    report.faults.push(...strange);
    return;
  }
  const proof = (file.earlier ?? []).find(
    (/** @type {{ head: string }} */ one) => parseJson(readJws(one.head)?.bytes ?? Buffer.alloc(0))?.size === size,
  );
  if (size !== report.head.size && !proof)
    throw new NotChecked(
      size > report.head.size
        ? `The head that you kept has ${size} rows, and this one ${report.head.size}: it is the later one. Give the two the other way round.`
        : `This file does not say how the head of ${size} rows that you kept is continued. Save the head anew, with ?since=${size} at the end of its address.`,
    );
  const claimed = proof && parseJson(readJws(proof.head)?.bytes ?? Buffer.alloc(0));
  if (claimed && claimed.root !== root)
    report.faults.push(
      `The head of ${size} rows that you kept is not the one that this file continues: the chain was written anew.`,
    );
  else continues(other, proof?.path ?? [], report);
}

/** @param {string} jws */
function openStatement(jws) {
  const parts = readJws(jws);
  const statement = parts && parseJson(parts.bytes);
  if (
    !parts ||
    !fits(statement, WITNESS_SIGNED) ||
    thumbprint(statement.key) !== parts.kid ||
    !isSigned(statement.key, parts.signed, parts.signature)
  )
    throw new Changed("What a witness signed does not fit its signature: it was changed.");
  return { statement, kid: parts.kid };
}

/** @param {ProofReport} report @param {(line: string) => void} say @returns {number} exit code */
function tellProof({ what, head, faults, notes, doubt }, say) {
  for (const fault of faults) say(`FAULT: ${fault}`);
  if (faults.length === 0 && doubt === null)
    say(`PROVEN: ${what} is in the evidence of ${head.body}, and a key that you gave signed that.`);
  if (faults.length === 0 && doubt !== null)
    say(`NOT PROVEN: ${what} fits in itself, but nothing shows who signed it.`);
  say("");
  if (faults.length > 0) {
    say("This is not as a portal made it, or not from whom it claims. Keep every file as it is, and tell the body.");
    return CHANGED;
  }
  for (const note of notes) say(note);
  if (doubt !== null) say(`${doubt} Give a key that you have from elsewhere: --key-of, --key or --keys.`);
  return doubt === null ? PROVEN : NOT_PROVEN;
}

/**
 * Signs a head that holds and continues the one that this witness saw last, and notes it in the file of the key.
 * @param {string | undefined} source file or address of a head
 * @param {{ as?: string | undefined, with?: string | undefined, "token-file"?: string | undefined }} options
 * @param {Trusted | null} trusted @param {(line: string) => void} say @returns {Promise<number>} exit code
 */
async function witness(source, options, trusted, say) {
  const { as: typed = "", with: keyFile } = options;
  const name = typed.trim();
  const isName = name.length <= 100 && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(name); // others the portal does not take
  if (source === undefined || !isName || !keyFile) throw new NotChecked(WITNESS_USE);
  const own = readWitnessKey(keyFile);
  const isAddress = /^https?:/.test(source);
  const read = (/** @type {number | undefined} */ since) =>
    isAddress ? fetchHead(source, since, options["token-file"]) : readProofFile(source);
  let file = await read(undefined);
  if (file.kind !== "head-file") throw new NotChecked("That is a certificate: give a published head.");
  const body = openHead(file.head, file.keys, trusted).head.body;
  const last = own.seen[body];
  if (last && isAddress) file = await read(last.size);
  const report = checkProof(file, trusted);
  if (last && isAddress && report.head.size < last.size)
    report.faults.push(
      `The newest head has ${report.head.size} rows, fewer than the one of ${last.size} that you saw: rows were cut off.`,
    );
  if (last && report.faults.length === 0) compareHeads(file, { head: { ...last, body }, faults: [] }, report);
  const code = tellProof(report, say);
  if (code === NOT_PROVEN) say("Nothing was signed.");
  if (code === CHANGED && last)
    say(`ALARM: the head of ${last.size} rows, which you saw last, is kept in ${keyFile}. Nothing was signed.`);
  if (code !== PROVEN) return code;
  const { size, root, at } = report.head;
  const { kty, crv, x } = own.key;
  const previous = last ? { size: last.size, root: last.root } : null;
  const claim = { witness: name, key: { kty, crv, x }, head: file.head, previous, at: new Date().toISOString() };
  const statement = { schemaVersion: 1, kind: "witness", ...claim };
  const kid = thumbprint(own.key);
  const signed = [{ alg: "EdDSA", kid, typ: "JWS" }, statement]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = makeSignature(null, Buffer.from(signed), createPrivateKey({ key: own.key, format: "jwk" }));
  const target = path.join(path.dirname(keyFile), `witness-${body}-${size}.jws`);
  writeFileSync(target, `${signed}.${signature.toString("base64url")}\n`);
  own.seen[body] = { size, root, at, jws: file.head };
  writeFileSync(`${keyFile}.part`, `${JSON.stringify(own, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${keyFile}.part`, keyFile);
  say(`Signed with your key ${inGroups(kid)}: send ${target} to the body, which keeps it at /evidence/heads.`);
  return PROVEN;
}

/** The key of a witness, and the heads that it saw last; a new one where there is no such file. @param {string} file @returns {{ key: any, seen: Record<string, { size: number, root: string, at: string, jws: string }> }} */
function readWitnessKey(file) {
  if (!existsSync(file)) return { key: generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }), seen: {} };
  const read = parseJson(readFileSync(file));
  const isSeen = (/** @type {any} */ one) => fits(one, { ...ROOT, at: isTime, jws: isText });
  if (!fits(read?.key, { ...PUBLIC_KEY, d: isText }) || !Object.values(read.seen ?? {}).every(isSeen))
    throw new NotChecked(`${file} is no key file of a witness. Name one that does not exist yet, and it is made.`);
  return read;
}

/** @param {string} address @param {number | undefined} since @param {string | undefined} tokenFile @returns {Promise<any>} */
async function fetchHead(address, since, tokenFile) {
  const url = new URL(address);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !isLoopback) throw new NotChecked(`${address} is not https.`);
  if (since !== undefined) url.searchParams.set("since", String(since));
  const token = tokenFile === undefined ? null : readFileSync(tokenFile, "utf8").trim();
  const response = await fetch(url, {
    redirect: "manual",
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null);
  const bytes = response?.ok ? await readAtMost(response, MOST_PROOF_BYTES).catch(() => null) : null;
  if (!bytes)
    throw new NotChecked(
      `No head could be fetched from ${url} (${response?.status ?? "no answer"}). Check the address, and the token.`,
    );
  return readProof(bytes, String(url));
}

/** The command. @param {string[]} args @param {(line: string) => void} print @returns {Promise<number>} exit code */
export async function main(args, print) {
  // What an export says of itself must not look like a line of ours.
  const say = (/** @type {string} */ line) => print(line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd"));
  try {
    const { values, positionals } = readArguments(args);
    const ways = [values.keys !== undefined, values["key-of"] !== undefined, values.key.length > 0].filter(Boolean);
    const isWitness = positionals[0] === "witness";
    if (values.help) {
      say(isWitness ? WITNESS_USE : USE);
      return PROVEN;
    }
    const given = positionals.slice(isWitness ? 1 : 0);
    if (given.length > 1 || ways.length > 1) throw new NotChecked(`Give one folder, and keys in one way. ${USE}`);
    const folder = given[0] ?? path.dirname(fileURLToPath(import.meta.url));
    const isExport = !isWitness && !statSync(folder, { throwIfNoEntry: false })?.isFile();
    if (!isExport && values.head.length > 0)
      throw new NotChecked(
        "--head is for exports. With a certificate or a head, give a head file that you kept: --earlier.",
      );
    if (isExport) for (const one of [folder, ...values.earlier]) checkFolder(one);
    /** @type {Trusted | null} */
    let trusted = null;
    if (values.keys !== undefined) trusted = openKeys(values.keys, isExport ? [folder, ...values.earlier] : []);
    else if (values["key-of"] !== undefined) trusted = await fetchKeys(values["key-of"]);
    else if (values.key.length > 0) trusted = { thumbprints: values.key.map(readThumbprint) };
    if (isWitness) return await witness(given[0], values, trusted, say);
    if (!isExport) return tellProof(checkProof(readProofFile(folder), trusted, values.earlier), say);
    const report = await verifyExport(folder, { trusted, heads: values.head.map(readHead), earlier: values.earlier });
    const refused =
      values.keys !== undefined && !trusted
        ? `${values.keys} came with the export, so it is no proof of who signed it.`
        : null;
    return tell(refused === null ? report : { ...report, doubt: refused }, say);
  } catch (error) {
    if (error instanceof Changed) {
      say(`FAULT: ${error.message}`);
      return CHANGED;
    }
    say(`NOT CHECKED: ${error instanceof Error ? error.message : String(error)}`);
    return NOT_CHECKED;
  }
}

/** @param {Report} report @param {(line: string) => void} say @returns {number} exit code */
function tell({ faults, notes, doubt, manifest }, say) {
  for (const fault of faults) say(`FAULT: ${fault}`);
  if (faults.length === 0 && doubt === null)
    say("PROVEN: nothing in this export was changed since it was signed, and a key that you gave signed it.");
  if (faults.length === 0 && doubt !== null)
    say("NOT PROVEN: its parts fit each other, but nothing shows who signed it.");
  say("");
  if (faults.length === 0 && doubt !== null) {
    say(doubt);
    say(
      "To know who signed it, give a key that you have from elsewhere: --key-of with the address of the portal, --key with",
    );
    say(
      "the thumbprint that somebody of the body read out to you, or --keys with a file that you saved outside the export.",
    );
    say("");
  }
  if (manifest) {
    const { body, period, madeAt, head, rows } = manifest;
    say(`Evidence of ${body.name} (${body.slug}), ${period.from} to ${period.until}, exported ${madeAt}.`);
    // Beside a fault only who signed is worth saying: of what comes after it nothing is known.
    for (const note of notes) if (faults.length === 0 || note.startsWith("Signature")) say(note);
    say(`Head of the chain when it was exported: ${body.slug}:${head.position}:${head.hash}`);
    const last = (rows.last ?? rows.before).position;
    if (faults.length === 0 && head.position > last)
      say(`Rows ${last + 1} to ${head.position} are later than the period, and not in it.`);
  }
  say("");
  if (faults.length > 0) {
    say(
      "This export is not as the portal made it, or not from whom it claims. Keep it as it is, and ask for another one.",
    );
    return CHANGED;
  }
  if (doubt !== null) return NOT_PROVEN;
  say("Whoever runs the portal could have written another chain before it was exported. Against that, compare heads");
  say("that were noted outside the portal (--head), or an earlier export (--earlier).");
  return PROVEN;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));

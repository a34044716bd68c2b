// @ts-check
// Checks an export of the evidence of With Care. It needs Node.js 20 or later and nothing else, and changes nothing.
//
//   node verify.mjs [FOLDER] [--keys jwks.json | --key-of https://portal] [--earlier FOLDER] [--head BODY:POSITION:HASH]
//
// Exit 0: all right. 1: something is wrong; the first line says what. 2: it could not be checked.
// This file comes with every export, but whoever changed an export could have changed it, too: take it from elsewhere
// (the portal's source has it as scripts/verify.mjs) when you do not trust who gave you the export.
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const USE =
  "Use: node verify.mjs [FOLDER] [--keys jwks.json | --key-of https://portal] [--earlier FOLDER] [--head BODY:POSITION:HASH]";
/** Left by file managers; they are no part of an export and prove nothing. */
const LITTER = [".DS_Store", "Thumbs.db", "desktop.ini"];
const COLUMNS = ["body", "position", "event", "at", "actor", "subject", "policy", "version", "contentHash", "data", "commitment", "previousHash"]; // prettier-ignore

/** It could not be checked; the message says why and what to do. */
export class NotChecked extends Error {}

/**
 * @typedef {{ position: number, hash: string }} Head
 * @typedef {{ kid?: string, [name: string]: unknown }} Key
 * @typedef {object} Options
 * @property {{ keys: Key[], from: string } | null | undefined} [trusted] keys that did not come with the export
 * @property {(Head & { body: string })[]} [heads] noted earlier
 * @property {string[]} [earlier] folders of earlier exports
 * @property {string[]} [ignore] absolute paths of files in the folder that belong to the check
 * @typedef {{ faults: string[], notes: string[], manifest: any }} Report
 */

/**
 * Checks one export.
 * @param {string} folder
 * @param {Options} [options]
 * @returns {Promise<Report>} faults, the telling one first; notes say what was found right, and what that shows
 * @throws {NotChecked} where it is no export, or cannot be read
 */
export async function verifyExport(folder, { trusted = null, heads = [], earlier = [], ignore = [] } = {}) {
  const signed = readSigned(folder, trusted);
  const { manifest } = signed;
  const rows = await checkRows(folder, manifest, heads);
  const details = await checkDetails(folder, manifest, rows.commitments, rows.readUpTo);
  const files = await checkFiles(folder, manifest, ignore);
  const policies = checkPolicies(folder, manifest, rows.contentHashes);
  const parts = [rows, details, signed, files, policies];
  for (const other of earlier) parts.push(await compareWithEarlier(other, manifest, rows.hashAt, trusted));
  return {
    manifest,
    faults: [...new Set(parts.flatMap((part) => part.faults))],
    notes: parts.flatMap((part) => part.notes),
  };
}

/**
 * Reads the list of contents out of its signature, which is what counts, and compares the readable copy with it.
 * @param {string} folder
 * @param {Options["trusted"]} trusted
 */
function readSigned(folder, trusted) {
  const [jwsFile, jsonFile] = [path.join(folder, "manifest.jws"), path.join(folder, "manifest.json")];
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const notes = [];
  if (!existsSync(jwsFile) && !existsSync(jsonFile))
    throw new NotChecked(`${folder} holds no manifest.json: give the folder that an export was unpacked into.`);
  const json = existsSync(jsonFile) ? readFileSync(jsonFile) : null;
  if (json === null) faults.push("manifest.json is missing.");
  if (!existsSync(jwsFile)) {
    faults.push("manifest.jws is missing: nothing shows who made this export.");
    return { manifest: parseManifest(json ?? Buffer.from("")), faults, notes };
  }
  const [head = "", payload = "", signature = "", ...more] = readFileSync(jwsFile, "utf8").trim().split(".");
  const bytes = Buffer.from(payload, "base64url");
  if (json !== null && !json.equals(bytes))
    faults.push("manifest.json is not what was signed: it was changed. What follows goes by what was signed.");
  const header = parseJson(Buffer.from(head, "base64url"));
  if (header === null || more.length > 0 || header.alg !== "EdDSA" || typeof header.kid !== "string") {
    faults.push("manifest.jws is no signature of this kind: it was changed.");
    return { manifest: parseManifest(payload === "" ? (json ?? bytes) : bytes), faults, notes };
  }
  const own = readKeys(path.join(folder, "jwks.json")) ?? [];
  const keys = trusted ? trusted.keys : own;
  const where = trusted ? trusted.from : "jwks.json of the export itself";
  const key = keys.find((one) => one.kid === header.kid && thumbprint(one) === header.kid);
  if (!key) {
    const kid = `The key ${header.kid}, with which it is said to be signed, is not among those of ${where}`;
    faults.push(trusted ? `${kid}: somebody else made this export, or the keys are of another portal.` : `${kid}.`);
  } else if (!isSigned(key, `${head}.${payload}`, signature))
    faults.push("The signature does not fit: manifest.jws was changed, or somebody else signed it.");
  else if (trusted)
    notes.push(
      `Signature: right, by the key ${header.kid} of ${where}. The portal that has this key made this export.`,
    );
  else
    notes.push(
      `Signature: right, by the key ${header.kid}, but that key came with the export. Whoever made up an export could make up its key. Give --keys or --key-of with keys that you have from elsewhere, or compare this key's name with one that you noted.`,
    );
  return { manifest: parseManifest(bytes), faults, notes };
}

/** @param {Key} key @param {string} text @param {string} signature */
function isSigned(key, text, signature) {
  try {
    const publicKey = createPublicKey({ key: /** @type {any} */ (key), format: "jwk" });
    return (
      publicKey.asymmetricKeyType === "ed25519" &&
      verifySignature(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url"))
    );
  } catch {
    return false;
  }
}

/** The name that a key has by its content alone (RFC 7638). @param {Key} key */
function thumbprint({ crv, kty, x }) {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
}

/** @param {Buffer} bytes */
function parseManifest(bytes) {
  const manifest = parseJson(bytes);
  if (manifest?.schemaVersion === 1 && manifest.rows?.file && Array.isArray(manifest.files)) return manifest;
  throw new NotChecked(
    manifest?.schemaVersion > 1
      ? "This export is of a later kind: take the verify.mjs that came with it."
      : "The list of contents cannot be read: it was changed, or this is no export of With Care.",
  );
}

/**
 * Walks the rows in their order; memory grows by two short texts a row.
 * @param {string} folder
 * @param {any} manifest
 * @param {(Head & { body: string })[]} heads
 */
async function checkRows(folder, { body, rows, head }, heads) {
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
  if (existsSync(file)) {
    for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
      if (line === "") continue;
      const row = parseJson(Buffer.from(line));
      const position = previous.position + 1;
      const problem = rowProblem(row, body.slug, previous, rows, hashAtCheckpoint(rows, position), noted);
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
      fault(previous.position + 1, `it is missing, though the export was made with rows ${first} to ${last}: the end was cut off`); // prettier-ignore
  } else faults.push(`${rows.file} is missing.`);
  if (faults.length === 0 && rows.last && previous.hash !== rows.last.hash)
    fault(last, "its hash is not the one that was signed: hashes were computed anew");
  if (head.position === last && faults.length === 0 && previous.hash !== head.hash)
    fault(last, "its hash is not the head that was signed");
  for (const one of noted) {
    const found = hashAt(one.position);
    const name = `${one.body}:${one.position}:${one.hash.slice(0, 12)}…`;
    if (one.position === head.position && one.hash === head.hash) notes.push(`The noted head ${name} is the head of the chain when this was exported.`); // prettier-ignore
    else if (one.position === head.position) faults.push(`The noted head ${name} is not the one of this export: the chain was written anew.`); // prettier-ignore
    else if (found === one.hash) notes.push(`The noted head ${name} is in this export: every row up to it is still as it was then.`); // prettier-ignore
    else if (found !== null) faults.push(`The noted head ${name} is not the one of this export: the chain was written anew, at row ${one.position} or before.`); // prettier-ignore
    else if (one.position > head.position) faults.push(`The noted head ${name} lies beyond the head of this export, row ${head.position}: rows were cut off, or it was noted later.`); // prettier-ignore
    else if (faults.length === 0) notes.push(`The noted head ${name} is not among the rows of this export, so it says nothing of it.`); // prettier-ignore
  }
  if (faults.length === 0)
    notes.unshift(
      rows.count === 0
        ? `Rows: none in this period. The row before it is ${rows.before.position}.`
        : `Rows: ${rows.count}, from ${first} to ${last}, each with the hash of the one before it, none missing.`,
    );
  return { faults, notes, commitments, contentHashes, hashAt, readUpTo: previous.position };
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

/** @param {any} rows @param {number} position */
function hashAtCheckpoint({ before, last, checkpoints }, position) {
  if (last && position === last.position) return last.hash;
  const at = position - before.position - 1;
  return at % checkpoints.every === 0 ? (checkpoints.hashes[at / checkpoints.every] ?? null) : null;
}

/**
 * @param {string} folder
 * @param {any} manifest
 * @param {Map<number, string>} commitments by position
 * @param {number} readUpTo the last row that was right
 */
async function checkDetails(folder, { details }, commitments, readUpTo) {
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
  let found = 0;
  if (existsSync(file))
    for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
      if (line === "") continue;
      const one = parseJson(Buffer.from(line));
      if (one === null || typeof one.salt !== "string" || typeof one.detail !== "string") {
        faults.push(`A line of ${details.file} cannot be read: it was changed.`);
        break;
      }
      const commitment = commitments.get(one.position);
      if (commitment === undefined && one.position > readUpTo) break; // after a fault nothing is known of the rows
      if (commitment !== sha256(JSON.stringify([1, one.salt, one.detail]))) {
        faults.push(`The text of row ${one.position} in ${details.file} does not match the row's commitment: it was changed or added.`); // prettier-ignore
        break;
      }
      found++;
    }
  const erased = commitments.size - found;
  const notes = [`Texts: ${found}, each as the row commits to it. ${erased} were erased before the export, as retention says.`]; // prettier-ignore
  return { faults, notes: faults.length === 0 ? notes : [] };
}

/** @param {string} folder @param {any} manifest @param {string[]} ignore */
async function checkFiles(folder, { files }, ignore) {
  /** @type {string[]} */
  const faults = [];
  const expected = new Set(["manifest.json", "manifest.jws"]);
  for (const { path: name, bytes, sha256: right } of files) {
    expected.add(name);
    const file = path.join(folder, name);
    if (!isInside(folder, file)) faults.push(`The list of contents names ${name}, which is outside the export.`);
    else if (!existsSync(file)) faults.push(`${name} is missing.`);
    else if (statSync(file).size !== bytes || (await sha256OfFile(file)) !== right)
      faults.push(`${name} is not as it was exported: it was changed.`);
  }
  for (const name of listFiles(folder))
    if (!expected.has(name) && !LITTER.includes(path.basename(name)) && !ignore.includes(path.resolve(folder, name)))
      faults.push(`${name} is no part of the export: it was added.`);
  return { faults, notes: faults.length === 0 ? [`Files: ${files.length}, all as exported, none added.`] : [] };
}

/** The texts of the policies are those that rows name by hash. @param {string} folder @param {any} manifest @param {Set<string>} named */
function checkPolicies(folder, { policies, missingPolicies }, named) {
  /** @type {string[]} */
  const faults = [];
  for (const { slug, version, hash, folder: place } of policies) {
    const names = ["policy.mdx", "questions.yaml", "rules.yaml"].filter((name) => existsSync(path.join(folder, place, name))); // prettier-ignore
    const lines = names.map((name) => `${sha256(readFileSync(path.join(folder, place, name)))}  ${name}\n`);
    if (sha256(lines.join("")) !== hash) faults.push(`The texts in ${place} are not those of ${slug}, version ${version}: they were changed.`); // prettier-ignore
  }
  const given = new Set([...policies, ...missingPolicies].map(({ slug, version, hash }) => `${slug} ${version} ${hash}`)); // prettier-ignore
  for (const one of named) if (!given.has(one)) faults.push(`Rows name ${one.split(" ").slice(0, 2).join(", version ")}, whose texts are not in the export.`); // prettier-ignore
  const notes = [
    `Policies: the texts of ${policies.length === 1 ? "1 version" : `${policies.length} versions`}, each as the rows name it by hash.`,
  ];
  if (missingPolicies.length > 0)
    notes.push(`Policies: the texts of ${missingPolicies.length} versions that rows name were not there any more when this was exported.`); // prettier-ignore
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
  const before = await verifyExport(folder, { trusted });
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
  return { faults, notes: [`Earlier export ${name}: this one continues it; up to row ${newest} both say the same.`] };
}

/** @param {string} text a file @returns {Key[] | null} */
function readKeys(text) {
  if (!existsSync(text)) return null;
  const keys = parseJson(readFileSync(text))?.keys;
  return Array.isArray(keys) ? keys : null;
}

/** @param {string} folder @returns {string[]} */
function listFiles(folder, base = "") {
  return readdirSync(path.join(folder, base), { withFileTypes: true }).flatMap((entry) => {
    const name = base ? `${base}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(folder, name) : [name];
  });
}

/** @param {string} folder @param {string} file */
function isInside(folder, file) {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}

/** @param {Buffer} bytes @returns {any} null where it is no JSON */
function parseJson(bytes) {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
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

/** @param {string} address @returns {Promise<Key[]>} */
async function fetchKeys(address) {
  const url = URL.canParse(address) ? new URL("/.well-known/jwks.json", address) : null;
  if (!url || !["https:", "http:"].includes(url.protocol))
    throw new NotChecked(`"${address}" is no address such as https://with-care.example.gov.uk. ${USE}`);
  const keys = await fetch(url)
    .then(async (response) => (response.ok ? (await response.json())?.keys : null))
    .catch(() => null);
  if (!Array.isArray(keys)) throw new NotChecked(`No keys could be fetched from ${url}: save them there, and give --keys.`); // prettier-ignore
  return keys;
}

/** @param {string} text */
function readHead(text) {
  const [, body, position, hash] = /^([a-z0-9-]{1,100}):([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (!body || !position || !hash) throw new NotChecked(`"${text}" is no head such as nao:12:3f… (64 digits). ${USE}`);
  return { body, position: Number(position), hash };
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        keys: { type: "string" },
        "key-of": { type: "string" },
        earlier: { type: "string", multiple: true, default: [] },
        head: { type: "string", multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw new NotChecked(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
}

/**
 * The command.
 * @param {string[]} args
 * @param {(line: string) => void} say
 * @returns {Promise<number>} exit code
 */
export async function main(args, say) {
  try {
    const { values, positionals } = readArguments(args);
    if (positionals.length > 1 || (values.keys !== undefined && values["key-of"] !== undefined)) throw new NotChecked(USE); // prettier-ignore
    const folder = positionals[0] ?? path.dirname(fileURLToPath(import.meta.url));
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new NotChecked(`${folder} is no folder: unpack the ZIP file, and give the folder that it makes.`);
    /** @type {Options["trusted"]} */
    let trusted = null;
    if (values.keys !== undefined) {
      const keys = readKeys(values.keys);
      if (!keys) throw new NotChecked(`${values.keys} holds no keys: save /.well-known/jwks.json of the portal there.`);
      trusted = { keys, from: values.keys };
    } else if (values["key-of"] !== undefined)
      trusted = { keys: await fetchKeys(values["key-of"]), from: values["key-of"] };
    const ignore = values.keys === undefined ? [] : [path.resolve(values.keys)];
    const heads = values.head.map(readHead);
    const { faults, notes, manifest } = await verifyExport(folder, { trusted, heads, earlier: values.earlier, ignore });
    const { body, period, madeAt, head, rows } = manifest;
    if (faults.length > 0) {
      for (const fault of faults) say(`FAULT: ${fault}`);
      say("");
    }
    say(`Evidence of ${body.name}, ${period.from} to ${period.until}, exported ${madeAt}.`);
    // Beside a fault only who signed is worth saying: of what comes after it nothing is known.
    for (const note of notes) if (faults.length === 0 || note.startsWith("Signature")) say(note);
    say(`Head of the chain when it was exported: ${body.slug}:${head.position}:${head.hash}`);
    if (faults.length > 0) {
      say("");
      say("This export is not as the portal made it. Keep it as it is, and ask for another one.");
      return 1;
    }
    say("");
    say("All right.");
    if (head.position > (rows.last ?? rows.before).position)
      say(`Rows ${(rows.last ?? rows.before).position + 1} to ${head.position} are later than the period, and not in it.`); // prettier-ignore
    say("Whoever runs the portal could have written another chain before it was exported. Against that, compare heads");
    say("that were noted outside the portal (--head), or an earlier export (--earlier).");
    return 0;
  } catch (error) {
    say(error instanceof NotChecked ? error.message : `It could not be checked: ${error instanceof Error ? error.message : String(error)}`); // prettier-ignore
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));

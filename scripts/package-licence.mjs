// @ts-check
// The licences of what the package contains: read from each package's own folder, checked against a list, and written
// out in full, as nearly all of them require of anybody who redistributes the code.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Licences that let a public body run, change and redistribute the code, without a duty to publish its own. By SPDX id.
 */
export const ALLOWED_LICENCES = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
];
/** MPL-2.0 requires changes to its own files to be published; nothing is changed here. */
const ALLOWED_UNCHANGED = ["MPL-2.0"];
const LICENCE_FILE = /^(un)?licen[cs]e|^copying|^notice/i;

/**
 * @typedef {object} Licensed a package, or a third-party part of one
 * @property {string} name
 * @property {string} version empty if a part does not say
 * @property {string} licence as an SPDX expression; empty if none is named
 * @property {string} author empty if none is named
 * @property {string} folder relative to the project
 * @property {{ file: string, text: string }[]} texts
 */

/**
 * Reads the licence of one package, and of every part inside that names its own.
 * @param {string} folder relative to `root`
 * @param {string} root absolute
 * @returns {{ whole: Licensed, parts: Licensed[] }}
 */
export function readLicences(folder, root) {
  const inside = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (entry.name === "package.json" || LICENCE_FILE.test(entry.name)))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !path.relative(folder, file).split(path.sep).includes("node_modules"));
  const folders = [...new Set(inside.map((file) => path.dirname(file)))].filter((one) => one !== folder).sort();
  const whole = readOne(folder, root);
  const parts = folders.map((one) => readOne(one, root));
  // A file that only gives the module type, or repeats the package itself, is not a third-party part.
  return { whole, parts: parts.filter(({ name, texts }) => texts.length > 0 || (name && name !== whole.name)) };
}

/** @param {string} folder @param {string} root @returns {Licensed} */
function readOne(folder, root) {
  const names = readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => one.name);
  /** @type {{ name?: string, version?: string, license?: unknown, licenses?: unknown, author?: unknown }} */
  const manifest = names.includes("package.json")
    ? JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"))
    : {};
  const files = names.filter((name) => LICENCE_FILE.test(name) && !/\.(c|m)?(js|ts)$|\.json$/.test(name)).sort();
  return {
    name: manifest.name ?? "",
    version: manifest.version ?? "",
    licence: licenceOf(manifest.license ?? manifest.licenses),
    author: nameOf(manifest.author),
    folder,
    texts: files.map((file) => ({ file, text: readFileSync(path.join(root, folder, file), "utf8").trim() })),
  };
}

/** @param {unknown} given as package.json has it today, or had it years ago @returns {string} */
function licenceOf(given) {
  if (typeof given === "string") return given;
  if (Array.isArray(given)) return given.map(licenceOf).filter(Boolean).join(" OR ");
  return given !== null && typeof given === "object" && "type" in given ? String(given.type) : "";
}

/** @param {unknown} author @returns {string} */
function nameOf(author) {
  const name = author !== null && typeof author === "object" && "name" in author ? author.name : author;
  return typeof name === "string" ? name.replace(/\s*[<(].*$/, "") : "";
}

/**
 * What prevents redistributing these; empty if nothing does.
 * @param {Licensed[]} packages
 * @param {Licensed[]} [parts] which may also be under the licence of the package they are part of
 * @returns {string[]} one sentence for each
 */
export function licenceProblems(packages, parts = []) {
  const wrong = (/** @type {Licensed} */ { licence }) => !isAllowed(licence);
  return [
    ...packages.filter(({ licence }) => licence === "").map(({ folder }) => `${folder} names no licence.`),
    ...[...packages.filter(({ licence }) => licence !== ""), ...parts.filter(({ licence }) => licence !== "")]
      .filter(wrong)
      .map(
        ({ folder, licence }) =>
          `${folder} has the licence ${licence}, which is not on the list in scripts/package-licence.mjs.`,
      ),
  ];
}

/** Of several to choose from one is enough; of several at once each has to be. @param {string} licence @returns {boolean} */
function isAllowed(licence) {
  const bare = licence.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(bare)) return false; // nested: for a person to read and add to the list in full
  const choices = bare.split(/\s+OR\s+/i);
  return choices.some((choice) =>
    choice.split(/\s+AND\s+/i).every((one) => [...ALLOWED_LICENCES, ...ALLOWED_UNCHANGED].includes(one)),
  );
}

/**
 * The licences in full, as a text to read. If a package contains no text, its licence is named with its author.
 * @param {Licensed[]} packages with their parts
 * @returns {string}
 */
export function noticesOf(packages) {
  const RULE = "-".repeat(100);
  const entries = packages.map(({ name, version, licence, author, folder, texts }) => {
    const title = [name || path.posix.basename(folder), version].filter(Boolean).join(" ");
    const words =
      texts.length > 0
        ? texts.map(({ text }) => text).join("\n\n")
        : `No text comes with it. It is published under this licence${author && ` by ${author}`}: https://spdx.org/licenses/${licence}.html`;
    return `${RULE}\n${title}${licence && ` (${licence})`}\n${folder}\n\n${words}\n`;
  });
  return `What With Care is built from, and under which licences. With Care itself: LICENSE.\n\n${entries.join("\n")}`;
}

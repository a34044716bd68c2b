// @ts-check
// The list of what the package contains, in CycloneDX, as written by the standard's own npm tool: cut down to the
// packages in the archive, with their hashes from the lock file.
import { execFileSync } from "node:child_process";

/** @typedef {{ "bom-ref": string, name: string, hashes?: { alg: string, content: string }[], components?: object[], properties?: { name: string, value: string }[], [other: string]: unknown }} Component */
/** @typedef {{ components: Component[], dependencies: { ref: string, dependsOn?: string[] }[], metadata: { component: Component, [other: string]: unknown }, [other: string]: unknown }} Bom */
/** @typedef {import("./package-licence.mjs").Licensed} Licensed */

const TOOL = "node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js";
const FLAGS = [
  "--omit",
  "dev",
  "--flatten-components",
  "--short-PURLs",
  "--output-reproducible",
  "--validate",
  "--spec-version",
  "1.6",
];
const FOLDER = "cdx:npm:package:path";

/**
 * Runs the tool on what is installed. It asks npm for the tree, and makes no network requests.
 * @param {string} root
 * @returns {Bom}
 */
export function readInstalled(root) {
  const env = { ...process.env, npm_config_offline: "true", npm_config_update_notifier: "false" };
  const options = { cwd: root, env, encoding: /** @type {const} */ ("utf8"), maxBuffer: 100_000_000 };
  return JSON.parse(
    execFileSync(process.execPath, [TOOL, ...FLAGS], { ...options, stdio: ["ignore", "pipe", "pipe"] }),
  );
}

/**
 * @param {Bom} installed
 * @param {object} held
 * @param {string[]} held.folders packages that are in the archive unchanged
 * @param {string[]} held.built packages whose code the build included in the portal's own files
 * @param {Record<string, { integrity?: string }>} held.locked
 * @param {Map<string, Licensed[]>} held.parts folder of a package → third-party parts that it includes
 * @returns {Bom}
 * @throws if something is included that the tool does not know of
 */
export function listHeld(installed, { folders, built, locked, parts }) {
  const folderOf = (/** @type {Component} */ { properties }) =>
    properties?.find(({ name }) => name === FOLDER)?.value ?? "";
  const places = new Map(
    [...built.map((one) => [one, "built-in"]), ...folders.map((one) => [one, "folder"])].map(
      ([folder = "", place = ""]) => [folder, place],
    ),
  );
  const components = installed.components
    .filter((one) => places.has(folderOf(one)))
    .map((component) => {
      const folder = folderOf(component);
      const inside = (parts.get(folder) ?? [])
        .filter(({ name }) => name)
        .map((part) => partOf(part, component["bom-ref"]));
      const properties = [
        ...(component.properties ?? []),
        { name: "with-care:place", value: places.get(folder) ?? "" },
      ];
      return {
        ...component,
        hashes: hashesOf(locked[folder]?.integrity),
        properties,
        ...(inside.length > 0 && { components: inside }),
      };
    });
  const known = new Set(components.map(folderOf));
  const missing = [...places.keys()].find((folder) => !known.has(folder));
  if (missing) throw new Error(`${missing} is in the package, but not in the list of what is installed.`);
  const refs = new Set([installed.metadata.component["bom-ref"], ...components.map((one) => one["bom-ref"])]);
  const dependencies = installed.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, ...(dependsOn && { dependsOn: dependsOn.filter((one) => refs.has(one)) }) }));
  return { ...installed, components, dependencies };
}

/** @param {Licensed} part @param {string} whole */
function partOf({ name, version, licence, folder }, whole) {
  const licenses = licence ? [/^[\w.-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence }] : [];
  return {
    type: "library",
    name,
    ...(version && { version }),
    "bom-ref": `${whole}|${folder}`,
    ...(licenses.length > 0 && { licenses }),
  };
}

/** @param {string | undefined} integrity from a lock file: the hash of what the registry serves */
function hashesOf(integrity) {
  const content = Buffer.from(/^sha512-(.+)$/.exec(integrity ?? "")?.[1] ?? "", "base64").toString("hex");
  return content ? [{ alg: "SHA-512", content }] : [];
}

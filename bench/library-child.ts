/** Run by library.ts in its own process: does one thing with a content folder, and prints the cost as JSON. */
import { cpuUsage, memoryUsage } from "node:process";

const [task, folder = ""] = process.argv.slice(2);
process.env.CONTENT_DIR = folder;
// CPU time: the large library takes minutes, and should not be charged for whatever else is running.
const before = cpuUsage();
let versions: number;
// What is held at the end is what is measured.
let held: unknown;
if (task === "check") {
  const [{ checkContent }, { readContent }] = await Promise.all([
    import("#server/base/content/check.ts"),
    import("#server/base/content/read.ts"),
  ]);
  const content = await readContent(folder);
  const check = checkContent(content);
  if (!check.ok)
    throw new Error(`The generated content is faulty: ${check.faults[0]?.file} ${check.faults[0]?.message}`);
  versions = check.policies.length;
  held = content;
} else {
  const { loadContent } = await import("#server/base/content/store.ts");
  const content = await loadContent();
  versions = content.policies.reduce((sum, policy) => sum + policy.versions.length, 0);
  held = content;
}
const { user, system } = cpuUsage(before);
const ms = (user + system) / 1000;
globalThis.gc?.();
const { heapUsed, external } = memoryUsage();
console.log(JSON.stringify({ ms, bytes: heapUsed + external, versions, held: held !== undefined }));
process.exit();

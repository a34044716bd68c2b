// @ts-check
// node scripts/run.mjs FILE [argument…]: runs one of the portal's TypeScript files on a fresh clone, too. What it says
// itself goes to standard error; standard input and output belong to the file.
import "./node-version.mjs";
import { spawn } from "node:child_process";
import path from "node:path";
import { takeSettingsFile } from "./settings-file.mjs";

const { prepare, ROOT } = await import("./prepare.mjs");
const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error("Usage: node scripts/run.mjs FILE [argument…]");
  process.exit(1);
}
try {
  takeSettingsFile();
  await prepare((note) => console.error(note));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// The same builds of packages as in the portal itself.
const options = ["--conditions=react-server", ...(file.endsWith(".ts") ? ["--import", "tsx"] : [])]; // packed ones are JavaScript
const child = spawn(process.execPath, [...options, path.resolve(ROOT, file), ...args], { cwd: ROOT, stdio: "inherit" });
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
child.once("close", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));

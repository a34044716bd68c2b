import { cpSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

/** Copies the content of the portal to a folder, without the lock that a test beside this one may hold. */
export function copyContent(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync("content").filter((one) => !one.startsWith("lock-")))
    cpSync(path.join("content", name), path.join(to, name), { recursive: true });
}

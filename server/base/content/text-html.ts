import "server-only";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { compilePolicyText, onceForEachHash } from "./compile.ts";

const LIMITS = { maxBuffer: 50_000_000, timeout: 120_000 };

/**
 * A version's text as HTML that stands alone: clauses numbered, no scripts, no pictures, links to other sites only. React's
 * writer of HTML is not to be had where server components run, so a process without them writes it
 * (server/base/content/write-html.ts). It rejects like `compilePolicyText`.
 */
export const policyTextHtml = onceForEachHash(async (text) => {
  const code = await compilePolicyText(text);
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "server/base/content");
  const packed = path.join(folder, "write-html.mjs"); // in what `npm run package` made
  const file = existsSync(packed) ? [packed] : ["--import", "tsx", path.join(folder, "write-html.ts")];
  // Without the portal's settings and its secrets.
  const env = { NODE_ENV: "production" } as const;
  const writing = promisify(execFile)(process.execPath, file, { ...LIMITS, env });
  writing.child.stdin?.end(code);
  return (await writing).stdout;
});

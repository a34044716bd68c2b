import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild"; // it comes with tsx

const SCRIPTS = path.resolve("server/testing/script");

export interface TestProcess {
  child: ChildProcess;
  /** Waits until the process has printed `text`. */
  hasPrinted(text: string): Promise<void>;
  /** Waits until what it has printed matches so many times. */
  hasPrintedTimes(pattern: RegExp, times: number): Promise<void>;
  /** What it has printed so far. */
  output(): string;
  ended: Promise<number | null>;
}

const bundled = new Map<string, string>();

/** The script as one file, made once: its many sources would be read and translated anew for each process. */
function bundle(script: string): string {
  const made = bundled.get(script);
  if (made !== undefined) return made;
  const file = path.resolve(".cache", "test-script", `${process.pid}-${script.replace(/ts$/, "mjs")}`);
  buildSync({
    entryPoints: [path.join(SCRIPTS, script)],
    outfile: file,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    conditions: ["react-server"],
    logLevel: "warning",
  });
  bundled.set(script, file);
  process.once("exit", () => rmSync(file, { force: true }));
  return file;
}

/**
 * Starts a file of server/testing/script as a process of its own, to be killed in the middle of its work.
 * @param env settings on top of this process's
 */
export function startProcess(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): TestProcess {
  const child = spawn(process.execPath, ["--conditions=react-server", bundle(script), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let printed = "";
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer) => {
    printed += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    ended,
    output: () => printed,
    hasPrinted: (text) => until(() => printed.includes(text), `it printed "${text}"`),
    hasPrintedTimes: (pattern, times) =>
      until(() => [...printed.matchAll(pattern)].length >= times, `it printed ${pattern} ${times} times`),
  };

  function until(isTrue: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => isTrue() && resolve();
      listeners.add(look);
      look();
      void ended.then((code) => reject(new Error(`Ended with ${code} before ${what}: ${printed}`)));
    });
  }
}

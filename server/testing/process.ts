import "server-only";
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

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

/**
 * Starts a file of server/testing/script as a process of its own, to be killed in the middle of its work.
 * @param env settings on top of this process's
 */
export function startProcess(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): TestProcess {
  const options = ["--conditions=react-server", "--import", "tsx", path.join(SCRIPTS, script)];
  const child = spawn(process.execPath, [...options, ...args], {
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

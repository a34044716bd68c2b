import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "../scripts/test-postgresql.mjs";

export interface ChildServer {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;

/**
 * Starts a web server as its own process on a free port of 127.0.0.1, and waits until `readyPath` answers 200.
 * @param options.args arguments for Node, given the port
 * @param options.env settings on top of this process's own, given the port
 * @param options.withinMs how long it may take, building included
 * @throws Error with the end of its output if it exits or is not ready in time
 */
export async function startServer(options: {
  name: string;
  folder: string;
  args: (port: number) => string[];
  env?: (port: number) => Record<string, string>;
  readyPath: string;
  withinMs: number;
}): Promise<ChildServer> {
  const port = await findFreePort();
  const child = spawn(process.execPath, options.args(port), {
    cwd: options.folder,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      ...options.env?.(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  let isReady = false;
  // Not killed outright while it builds, or its child processes would stay behind.
  const kill = () => void child.kill(isReady ? "SIGKILL" : "SIGTERM");
  process.prependOnceListener("exit", kill); // before the folders that it writes to are deleted
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve())).then(() => void (hasEnded = true));
  const stop = async () => {
    child.kill();
    await Promise.race([ended, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
    child.kill("SIGKILL");
    process.removeListener("exit", kill);
  };

  const origin = `http://127.0.0.1:${port}`;
  const lastMoment = performance.now() + options.withinMs;
  while (!(await answers(origin + options.readyPath))) {
    if (!hasEnded && performance.now() < lastMoment) {
      await pause(50);
      continue;
    }
    await stop();
    const printed = output.split("\n").filter((line) => line.trim() !== "");
    throw new Error(`${options.name} did not come up:\n${printed.slice(-25).join("\n")}`);
  }
  isReady = true;
  return { origin, pid: child.pid ?? 0, stop };
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(address, { redirect: "manual" }).catch(() => null);
  await response?.arrayBuffer();
  return response?.status === 200;
}

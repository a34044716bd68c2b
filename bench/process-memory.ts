import { execFileSync } from "node:child_process";

/**
 * Memory that a process has at the moment, as the system counts it.
 * @returns bytes
 * @throws Error when there is no such process
 */
export function residentBytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1_024;
}

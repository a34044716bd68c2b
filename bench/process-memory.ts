import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * Memory that a process uses at the moment, as the system counts it.
 * @returns bytes
 * @throws Error if there is no such process
 */
export function residentBytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1_024;
}

/** The most that a process has used so far; if the system does not record it, what it uses at the moment. In bytes. */
export function peakResidentBytes(pid: number): number {
  const file = `/proc/${pid}/status`;
  const peak = existsSync(file) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  return peak === undefined ? residentBytes(pid) : Number(peak) * 1_024;
}

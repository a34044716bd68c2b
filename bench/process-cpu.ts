import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * CPU time that a process and all its threads have used so far, in user and kernel mode. Read from outside, so that the
 * process itself is not involved.
 * @returns milliseconds
 * @throws Error if there is no such process
 */
export function cpuTime(pid: number): number {
  const file = `/proc/${pid}/stat`;
  return existsSync("/proc/self/stat") ? fromProc(readFileSync(file, "utf8")) : fromPs(pid);
}

/** The program's name, in brackets, may contain anything; fields 14 and 15 count clock ticks (proc(5)). */
function fromProc(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond();
}

let ticks: number | undefined;

function ticksPerSecond(): number {
  ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return ticks;
}

/** `[[days-]hours:]minutes:seconds[.hundredths]` */
function fromPs(pid: number): number {
  const time = execFileSync("ps", ["-o", "time=", "-p", String(pid)], { encoding: "utf8" }).trim();
  const [clock = "", days = "0"] = time.split("-").reverse();
  const seconds = clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1_000;
}

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

import { median } from "./line.ts";
import { cpuTime } from "./process-cpu.ts";

const ROUNDS = 11;
const WARM_UP_REQUESTS = 100;
/** In one block, between two readings of the CPU time, which moves in steps of 10 ms. */
const REQUESTS = 40;

/** What is requested, and the process that answers. */
export interface MeasuredRequest {
  pid: number;
  ask(): Promise<unknown>;
  /** In one block, if a request is so cheap that 40 cannot be measured. */
  requests?: number;
}

/**
 * CPU time of each in milliseconds per request: requests one after the other, taking turns between the things measured.
 */
export async function cpuOfRequests<Name extends string>(
  all: Readonly<Record<Name, MeasuredRequest>>,
  say: (progress: string) => void,
): Promise<Record<Name, number>> {
  const measured = Object.entries<MeasuredRequest>(all).map(([name, asked]) => ({
    name,
    asked,
    cpu: Array.of<number>(),
  }));
  for (const { asked } of measured) await cpuOfBlock(asked, WARM_UP_REQUESTS);
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${round} of ${ROUNDS}`);
    for (const { asked, cpu } of measured) cpu.push(await cpuOfBlock(asked, asked.requests ?? REQUESTS));
  }
  return Object.fromEntries(measured.map(({ name, cpu }) => [name, median(cpu)])) as Record<Name, number>;
}

async function cpuOfBlock({ pid, ask }: MeasuredRequest, requests: number): Promise<number> {
  const before = cpuTime(pid);
  for (let sent = 0; sent < requests; sent++) await ask();
  return (cpuTime(pid) - before) / requests;
}

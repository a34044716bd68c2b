import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { ImportBody } from "#domain/people/directory/import-row.ts";
import type { ListReader } from "./list-reader.ts";
import { shared } from "#server/base/process-shared.mjs";

export interface ReaderLimits {
  /** Size of its heap. */
  megabytes: number;
  /** For one step; the longest steps read or compare a whole list. */
  milliseconds: number;
  /** How long a list waits for others. */
  waitMilliseconds: number;
}

const LIMITS: ReaderLimits = { megabytes: 1_024, milliseconds: 120_000, waitMilliseconds: 30_000 };
/** How many lists are read at once, and how many may wait. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 4;
const STARTS_WITHIN_MS = 120_000;
/** How long an idle process is kept, since a list that was checked is often confirmed soon after. */
const STAYS_MS = 15_000;

/** Too many lists are being read or waiting already; the message is for whoever sent this one. */
export class ReadersBusy extends Error {
  constructor() {
    super("The portal is busy with other lists, and has not looked at this one. Wait a minute, then try again.");
  }
}

/** The list used too much memory or time; the message is for whoever sent it. */
export class ReaderStopped extends Error {}

type Steps = Pick<ListReader, "read" | "addresses" | "knowPeople" | "knowTeams" | "plan" | "part">;
export type ListReaderRequest =
  ["begin", readonly ImportBody[]] | { [Step in keyof Steps]: [Step, Parameters<Steps[Step]>[0]] }[keyof Steps];
export type ListReaderReply = { value: unknown } | { failure: string };

/** Runs one step of the list reader in its process. */
export type AskReader = <Step extends keyof Steps>(
  step: Step,
  given: Parameters<Steps[Step]>[0],
) => Promise<ReturnType<Steps[Step]>>;

declare global {
  interface ProcessShared {
    listReaders?: Readers;
  }
}
interface Readers {
  working: number;
  waiting: (() => void)[];
  idle: ChildProcess | undefined;
}
const readers = () => (shared.listReaders ??= { working: 0, waiting: [], idle: undefined });

/**
 * Lends a list reader in a separate process, so that no list can bring the portal down or hold it up. Ask for one
 * before beginning a transaction: whoever holds a reader may be waiting for that transaction.
 * @throws ReadersBusy if too many are busy for too long
 * @throws ReaderStopped if this list took too much memory or time; also whatever `work` throws
 */
export async function withListReader<Result>(
  bodies: readonly ImportBody[],
  work: (ask: AskReader) => Promise<Result>,
  limits: ReaderLimits = LIMITS,
): Promise<Result> {
  await takeTurn(limits);
  try {
    const child = lend(limits);
    try {
      await ask(child, ["begin", bodies], { ...limits, milliseconds: STARTS_WITHIN_MS });
      const result = await work((step, given) => ask(child, [step, given] as ListReaderRequest, limits) as never);
      giveBack(child, limits);
      return result;
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  } finally {
    endTurn();
  }
}

async function takeTurn({ waitMilliseconds }: ReaderLimits): Promise<void> {
  const { waiting, working } = readers();
  if (working < MOST_AT_ONCE) readers().working++;
  else if (waiting.length >= MOST_WAITING) throw new ReadersBusy();
  else
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new ReadersBusy());
      }, waitMilliseconds);
      waiting.push(begin);
    });
}

function endTurn(): void {
  const next = readers().waiting.shift();
  if (next) next();
  else readers().working--;
}

function lend(limits: ReaderLimits): ChildProcess {
  const { idle } = readers();
  if (limits.megabytes !== LIMITS.megabytes || !idle?.connected) return start(limits);
  readers().idle = undefined;
  idle.ref();
  idle.channel?.ref();
  return idle;
}

function giveBack(child: ChildProcess, limits: ReaderLimits): void {
  if (limits.megabytes !== LIMITS.megabytes || readers().idle) return void child.kill();
  readers().idle = child;
  child.unref();
  child.channel?.unref();
  setTimeout(() => {
    if (readers().idle !== child) return;
    readers().idle = undefined;
    child.kill();
  }, STAYS_MS).unref();
}

function start({ megabytes }: ReaderLimits): ChildProcess {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "server/people/directory");
  const packed = path.join(folder, "read-list-process.mjs"); // where `npm run package` built it
  const file = existsSync(packed) ? [packed] : ["--import", "tsx", path.join(folder, "read-list-process.ts")];
  const child = spawn(process.execPath, [`--max-old-space-size=${megabytes}`, "--conditions=react-server", ...file], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
    env: { NODE_ENV: "production" }, // it needs neither the portal's settings nor its secrets
  });
  child.on("error", () => {}); // whoever asks it next learns that it has ended
  return child;
}

/** Asks one question at a time. @throws ReaderStopped, and kills the process, if it takes too long */
async function ask(child: ChildProcess, question: ListReaderRequest, { milliseconds, megabytes }: ReaderLimits) {
  const [step] = question;
  const answer = await new Promise<ListReaderReply | "time" | "end">((resolve) => {
    const end = (found: ListReaderReply | "time" | "end") => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onEnd).off("error", onEnd);
      resolve(found);
    };
    const onMessage = (message: unknown) => end(message as ListReaderReply);
    const onEnd = () => end("end");
    const timer = setTimeout(() => end("time"), milliseconds);
    child.once("message", onMessage).once("exit", onEnd).once("error", onEnd);
    if (child.exitCode !== null || child.signalCode !== null) return onEnd();
    child.send(question, (error) => error && onEnd());
  });
  if (typeof answer === "object") {
    if ("failure" in answer) throw new Error(`A list could not be read. ${answer.failure}`);
    return answer.value;
  }
  if (step === "begin")
    throw new Error(
      `The process that reads lists did not start (${answer}): see server/people/directory/read-list-process.ts.`,
    );
  const why =
    answer === "time" ? `more than ${milliseconds / 1000} seconds` : `more than ${megabytes} megabytes of memory`;
  console.error(`A list of people was not read to its end: it took ${why} (${step}).`);
  throw new ReaderStopped(
    `Reading this list took ${why}, and was stopped. Look for what does not belong in it, take out columns that are not needed, or split it by body.`,
  );
}

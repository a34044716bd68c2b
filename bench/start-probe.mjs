// @ts-check
// Preloaded by Node before the portal's start command: the longest time that its event loop was blocked, in CPU time of
// its main thread, written to the file that START_PROBE names when the process ends.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const LOOK_EVERY_MS = 5;
/** For this thread: nanoseconds on a CPU come first (Linux). */
const SCHEDULED = "/proc/thread-self/schedstat";
const file = process.env["START_PROBE"];

if (isMainThread && file !== undefined) {
  let [longest, last] = [0, used()];
  setInterval(() => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  }, LOOK_EVERY_MS).unref();
  process.once("exit", () => writeFileSync(file, JSON.stringify(longest)));
}

/** Milliseconds of CPU time so far; if the system does not provide it, of wall-clock time. */
function used() {
  if (!existsSync(SCHEDULED)) return performance.now();
  return Number(readFileSync(SCHEDULED, "utf8").split(" ", 1)[0]) / 1e6;
}

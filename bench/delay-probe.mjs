// @ts-check
// Preloaded by Node before the portal's start command. On SIGUSR2 it writes the delay of the event loop since the last
// time to the file that DELAY_PROBE names: { p99, longest } in milliseconds. CLOCK_AHEAD_MS moves the portal's clock
// forward, because some timed work is done in office hours only.
import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const file = process.env["DELAY_PROBE"];
const ahead = Number(process.env["CLOCK_AHEAD_MS"] ?? 0);

const MachineDate = Date;
globalThis.Date = /** @type {DateConstructor} */ (
  class extends MachineDate {
    /** @param {[]} given */
    constructor(...given) {
      if (given.length === 0) super(MachineDate.now() + ahead);
      else super(...given);
    }
    // Its own, because the framework copies what the constructor itself has.
    /** @override */
    static UTC = MachineDate.UTC;
    /** @override */
    static parse = MachineDate.parse;
    /** @override */
    static now() {
      return MachineDate.now() + ahead;
    }
  }
);

if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on("SIGUSR2", () => {
    const [p99, longest] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    delay.reset();
    writeFileSync(`${file}.new`, JSON.stringify({ p99, longest }));
    renameSync(`${file}.new`, file);
  });
}

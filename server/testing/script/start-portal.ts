import { shared } from "#server/base/process-shared.mjs";
import { startPortal } from "#server/shell/start.ts";

// What a portal does before its first request; it ends the process with one sentence where it cannot start.
await startPortal();
console.log("started");
await shared.stop?.();
process.exit(0);

import { startPortal } from "#server/shell/start.ts";

// What a portal does before its first request; it ends the process with one sentence where it cannot start.
await startPortal();
console.log("started");
await (globalThis as { withCareStop?: () => Promise<void> }).withCareStop?.();
process.exit(0);

import type { Instrumentation } from "next";
import { shared } from "#server/base/process-shared.mjs";

/** Next calls this once per server, before the first request. */
export async function register(): Promise<void> {
  // Written into the code by the bundler: it keeps the database out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPortal } = await import("#server/shell/start.ts");
  await startPortal();
}

/** Next calls this when a page or a handler fails: one line in the log, with the number that error pages may show. */
export const onRequestError: Instrumentation.onRequestError = (error, { headers }, { routePath: route }) => {
  shared.logFailure?.(error, { id: String(headers["x-request-id"]), route });
};

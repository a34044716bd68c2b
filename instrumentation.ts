import type { Instrumentation } from "next";

/** Next calls this once per server, before the first request. */
export async function register(): Promise<void> {
  // Written into the code by the bundler: it keeps the database out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPortal } = await import("#server/shell/start.ts");
  await startPortal();
}

/**
 * Next calls this when a page or a handler fails. One line, which leads from the number that error pages show without a
 * new load of the page to the request; the error itself Next has logged.
 */
export const onRequestError: Instrumentation.onRequestError = (error, request) => {
  const id = request.headers["x-request-id"];
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  if (digest !== "") console.error(`Request ${String(id)} failed, number ${digest}.`);
};

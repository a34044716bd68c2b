/** Next calls this once per server, before the first request. */
export async function register(): Promise<void> {
  // Written into the code by the bundler: it keeps the database out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPortal } = await import("#server/start.ts");
  await startPortal();
}

import { headers } from "next/headers";

/**
 * Whether somebody sees the page that is rendered now. False where a browser only fetches it in advance, and for a
 * request for its head alone, which the proxy marks the same way.
 */
export async function isLookedAt(): Promise<boolean> {
  const sent = await headers();
  return !["sec-purpose", "purpose"].some((name) => sent.get(name)?.includes("prefetch"));
}

import { headers } from "next/headers";

/**
 * Whether somebody sees the page being rendered. False if a browser only prefetches it, and for a HEAD request, which
 * the proxy marks the same way.
 */
export async function isLookedAt(): Promise<boolean> {
  const sent = await headers();
  return !["sec-purpose", "purpose"].some((name) => sent.get(name)?.includes("prefetch"));
}

import { requireActor } from "#server/access/identity/session.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";

/** Redirects to the rules in force today, which have their address below their version. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const policy = await getPolicy(await requireActor(), (await params).slug);
  if (!policy) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const { slug, version } = policy.version;
  // Relative, because behind a proxy the portal does not know its own address.
  const location = `/policies/${slug}/versions/${encodeURIComponent(version)}/rules.dmn`;
  return new Response(null, { status: 307, headers: { location, "cache-control": "no-store" } });
}

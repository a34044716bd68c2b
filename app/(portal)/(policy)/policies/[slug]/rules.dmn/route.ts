import { fileRoute } from "#app/_portal/file-response.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";

/** Redirects to the rules in force today, which have their address below their version. */
export const GET = fileRoute<{ slug: string }>(async ({ actor, params }) => {
  const policy = await getPolicy(actor, params.slug);
  if (!policy) return null;
  const { slug, version } = policy.version;
  // Relative, because behind a proxy the portal does not know its own address.
  const location = `/policies/${slug}/versions/${encodeURIComponent(version)}/rules.dmn`;
  return new Response(null, { status: 307, headers: { location, "cache-control": "no-store" } });
});

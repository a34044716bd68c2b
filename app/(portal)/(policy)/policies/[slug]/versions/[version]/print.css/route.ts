import { getEnv } from "#server/base/environment/env.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";
import { printStyle } from "./print-style.ts";

type Context = { params: Promise<{ slug: string; version: string }> };

/** The print style of a version. The address contains the hash, so browsers may cache it for as long as they like. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const { slug, version } = await params;
  const policy = await getPolicyVersion(actor, slug, version);
  if (!policy) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const isByHash = new URL(request.url).searchParams.get("hash") === policy.version.hash;
  return new Response(printStyle(policy, getEnv().appUrl), {
    headers: {
      "content-type": "text/css; charset=utf-8",
      "cache-control": isByHash && policy.isPublished ? "private, max-age=86400" : "no-store",
    },
  });
}

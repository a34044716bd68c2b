import { fileRoute } from "#app/_portal/file-response.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";
import { printStyle } from "./print-style.ts";

/** The print style of a version. The address contains the hash, so browsers may cache it for as long as they like. */
export const GET = fileRoute<{ slug: string; version: string }>(async ({ actor, params, query }) => {
  const policy = await getPolicyVersion(actor, params.slug, params.version);
  if (!policy) return null;
  const isByHash = query.get("hash") === policy.version.hash;
  return new Response(printStyle(policy, getEnv().appUrl), {
    headers: {
      "content-type": "text/css; charset=utf-8",
      "cache-control": isByHash && policy.isPublished ? "private, max-age=86400" : "no-store",
    },
  });
});

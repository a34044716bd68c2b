import { mcpAddress } from "#server/access/identity/access-token-queries.ts";
import { getEnv } from "#server/base/environment/env.ts";

/** Where assistants learn whom people sign in with for /mcp (RFC 9728); nobody without an identity provider. Open to all. */
export function GET(): Response {
  const { oidc } = getEnv();
  const metadata = {
    resource: mcpAddress(),
    resource_name: "With Care",
    bearer_methods_supported: ["header"],
    ...(oidc && { authorization_servers: [oidc.issuer] }),
  };
  return Response.json(metadata, { headers: { "cache-control": "no-cache" } });
}

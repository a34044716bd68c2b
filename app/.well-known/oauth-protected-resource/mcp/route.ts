import { mcpAddress } from "#server/access/identity/access-token-queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getBrand } from "#server/gather/statement/queries.ts";

/** Where assistants learn whom people sign in with for /mcp (RFC 9728); nobody without an identity provider. Open to all. */
export async function GET(): Promise<Response> {
  const { oidc } = getEnv();
  const metadata = {
    resource: mcpAddress(),
    resource_name: (await getBrand()).name,
    bearer_methods_supported: ["header"],
    ...(oidc && { authorization_servers: [oidc.issuer] }),
  };
  return Response.json(metadata, { headers: { "cache-control": "no-cache" } });
}

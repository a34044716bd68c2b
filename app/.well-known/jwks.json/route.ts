import { getJwks } from "#server/evidence/signing-key/queries.ts";

/** The public keys for exports of evidence, including earlier ones. Open to all: they are not secret. */
export async function GET(): Promise<Response> {
  const headers = { "content-type": "application/jwk-set+json", "cache-control": "no-cache" };
  return new Response(`${JSON.stringify(await getJwks(), null, 2)}\n`, { headers });
}

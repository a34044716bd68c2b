import { getJwks } from "#server/evidence/signing-key/queries.ts";

/** The public keys that exports of evidence are signed with, earlier ones too. Open: they are no secret. */
export async function GET(): Promise<Response> {
  const headers = { "content-type": "application/jwk-set+json", "cache-control": "no-cache" };
  return new Response(`${JSON.stringify(await getJwks(), null, 2)}\n`, { headers });
}

import { requireActor } from "#server/access/identity/session.ts";
import { dayAsked } from "#server/policy/policy/queries.ts";
import { getRulesAsDmn } from "#server/policy/dmn/dmn-queries.ts";

type Context = { params: Promise<{ slug: string; version: string }> };

/**
 * The decision table of a version as DMN, to save. Browsers revalidate it each time, and it is sent again only if it
 * changed.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const { slug, version } = await params;
  const file = await getRulesAsDmn(actor, slug, version, dayAsked(new URL(request.url).searchParams.getAll("on")));
  if (!file) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const headers = { etag: `"${file.hash}"`, "cache-control": "private, no-cache" };
  // A proxy that compresses marks the tag as weak (RFC 9110, 13.1.2).
  if (request.headers.get("if-none-match")?.includes(file.hash)) return new Response(null, { status: 304, headers });
  return new Response(file.xml, {
    headers: {
      ...headers,
      "content-type": "application/xml; charset=utf-8",
      "content-disposition": `attachment; filename="${file.fileName}"`,
    },
  });
}

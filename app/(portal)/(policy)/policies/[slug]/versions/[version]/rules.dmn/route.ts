import { fileRoute } from "#app/_portal/file-response.ts";
import { dayAsked } from "#server/policy/policy/queries.ts";
import { getRulesAsDmn } from "#server/policy/dmn/dmn-queries.ts";

/**
 * The decision table of a version as DMN, to save. Browsers revalidate it each time, and it is sent again only if it
 * changed.
 */
export const GET = fileRoute<{ slug: string; version: string }>(async ({ request, actor, params, query }) => {
  const file = await getRulesAsDmn(actor, params.slug, params.version, dayAsked(query.getAll("on")));
  if (!file) return null;
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
});

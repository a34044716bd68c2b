import { getBrandingFile } from "#server/gather/statement/queries.ts";

const A_YEAR = "private, max-age=31536000, immutable";

/**
 * The style sheet and the logos of the body, for everybody. Whatever a picture holds, nothing in it runs or loads when
 * somebody opens it by itself.
 */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const file = await getBrandingFile((await params).file);
  if (!file) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  // The address names what is in it: after a change it is another address.
  const isLasting = new URL(request.url).searchParams.get("v") === file.hash;
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.type,
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": isLasting ? A_YEAR : "no-store",
    },
  });
}

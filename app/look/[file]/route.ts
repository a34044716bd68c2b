import { nothingThere } from "#app/_portal/file-response.ts";
import { getBrand, getBrandingFile } from "#server/gather/statement/queries.ts";

const A_YEAR = "private, max-age=31536000, immutable";
/** Whatever a picture holds, nothing in it runs or loads when somebody opens it by itself. */
const ALONE = { "content-security-policy": "default-src 'none'; sandbox" };

/** The style sheet and the logos of the body, and what a phone shows on its home screen: for everybody. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file: name } = await params;
  if (name === "manifest") return Response.json(manifestOf((await getBrand()).name), { headers: MANIFEST_HEADERS });
  const file = await getBrandingFile(name);
  if (!file) return nothingThere();
  // The address names what is in it: after a change it is another address.
  const isLasting = new URL(request.url).searchParams.get("v") === file.hash;
  return new Response(new Uint8Array(file.bytes), {
    headers: { ...ALONE, "content-type": file.type, "cache-control": isLasting ? A_YEAR : "no-store" },
  });
}

const MANIFEST_HEADERS = { ...ALONE, "content-type": "application/manifest+json" };

function manifestOf(name: string) {
  const png = (file: string, side: number, purpose?: string) => ({
    src: `/${file}.png`,
    sizes: `${side}x${side}`,
    type: "image/png",
    ...(purpose && { purpose }),
  });
  return {
    name,
    short_name: name,
    description: "What you may send with messaging apps at work, and why.",
    lang: "en-GB",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    background_color: "#fbfaf6",
    theme_color: "#4a50bd",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      png("icon-192", 192),
      png("icon-512", 512),
      png("icon-maskable-512", 512, "maskable"),
    ],
  };
}

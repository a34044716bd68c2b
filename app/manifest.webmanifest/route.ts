import { getBrand } from "#server/gather/statement/queries.ts";

export const dynamic = "force-dynamic";

/** What a phone shows for the portal on its home screen. */
export async function GET(): Promise<Response> {
  const { name } = await getBrand();
  const icon = (src: string, sizes: string, more: object = { type: "image/png" }) => ({ src, sizes, ...more });
  const manifest = {
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
      icon("/icon.svg", "any", { type: "image/svg+xml" }),
      icon("/icon-192.png", "192x192"),
      icon("/icon-512.png", "512x512"),
      icon("/icon-maskable-512.png", "512x512", { type: "image/png", purpose: "maskable" }),
    ],
  };
  return Response.json(manifest, { headers: { "content-type": "application/manifest+json" } });
}

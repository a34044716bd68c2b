import { seeOther } from "./receive-form.ts";

/**
 * An answer that a browser saves as a JSON file; a 404 for null.
 * @param name without its ending
 * @param page the page that says why there is none yet, where that is "waits"
 */
export function jsonFile(name: string, content: object | "waits" | null, page: string): Response {
  if (content === "waits") return seeOther(page);
  if (content === null) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return new Response(`${JSON.stringify(content, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${name.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}.json"`,
      "cache-control": "no-store",
    },
  });
}

import { getMetrics } from "#server/shell/metrics/queries.ts";

export const dynamic = "force-dynamic";

/** For Prometheus and the like: 401 without the token of METRICS_TOKEN, or if that is not set. */
export async function GET(request: Request): Promise<Response> {
  const token = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const metrics = await getMetrics(token);
  if (metrics === "refused")
    return new Response("A valid token is needed.\n", {
      status: 401,
      headers: {
        "cache-control": "no-store",
        "content-type": "text/plain; charset=utf-8",
        "www-authenticate": "Bearer",
      },
    });
  return new Response(metrics.text, {
    headers: { "cache-control": "no-store", "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
}

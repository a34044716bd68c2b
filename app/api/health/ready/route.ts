import { getReadiness } from "#server/shell/health/queries.ts";

export const dynamic = "force-dynamic";

/** 200 if traffic can be sent here; 503 naming the part that is not ready. */
export async function GET(): Promise<Response> {
  const readiness = await getReadiness();
  return Response.json(readiness, {
    status: readiness.status === "ok" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

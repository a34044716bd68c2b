import { getHealth } from "#server/shell/health/queries.ts";

export const dynamic = "force-dynamic";

/** 200 if all is well, 503 naming the part that is not. */
export async function GET(): Promise<Response> {
  const health = await getHealth();
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

export const dynamic = "force-dynamic";

/** That the process answers, whatever becomes of its database: restarting it would mend nothing as long as this is 200. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}

import { backupForCommand } from "#server/shell/backup/queries.ts";

/** For `npm run backup` beside a running portal: 401 without its token, which only the portal's account can make. */
export async function POST(request: Request): Promise<Response> {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const backup = await backupForCommand(token);
  if (backup === "refused")
    return Response.json(
      { error: "A valid token is needed." },
      { status: 401, headers: { "cache-control": "no-store", "www-authenticate": "Bearer" } },
    );
  const { size, bytes } = backup;
  return new Response(bytes, {
    headers: { "cache-control": "no-store", "content-type": "application/gzip", "content-length": String(size) },
  });
}

import { commandToken, NOT_KEPT, refuseCommand } from "#app/_api/command.ts";
import { backupForCommand } from "#server/shell/backup/queries.ts";

/** For `npm run backup` beside a running portal: 401 without its token, which only the portal's account can make. */
export async function POST(request: Request): Promise<Response> {
  const backup = await backupForCommand(commandToken(request));
  if (backup === "refused") return refuseCommand();
  const { size, bytes } = backup;
  return new Response(bytes, {
    headers: { ...NOT_KEPT, "content-type": "application/gzip", "content-length": String(size) },
  });
}

import { receiveFile } from "#app/_portal/receive-file.ts";
import { seeOther } from "#app/_portal/receive-form.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { savePendingImport } from "#server/people/directory/import-service.ts";

const PATH = "/admin/people/import";

/** Takes a list of people, checks it and keeps it until it is confirmed. */
export async function POST(request: Request): Promise<Response> {
  const may = (actor: Actor) => can(actor, "person.manage", actor);
  return receiveFile(request, PATH, may, async (actor, file) => {
    const saved = await savePendingImport(actor, file);
    return saved && ("problem" in saved ? saved : `${PATH}/${saved.id}`);
  });
}

export const GET = (): Response => seeOther(PATH);

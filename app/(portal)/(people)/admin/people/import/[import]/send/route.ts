import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { confirmImport } from "#server/people/directory/pending-import-service.ts";

type Context = { params: Promise<{ import: string }> };

/** Carries out a list that was checked. Field: `many`, "yes" where it is confirmed that many have left. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { import: id } = await params;
  return receiveForm(request, pathOf(id), async (actor, form) => {
    const result = await confirmImport(actor, id, form.text("many") === "yes");
    switch (result.code) {
      case "done":
        return { to: `${pathOf(id)}?done=1` };
      case "changed":
        return { to: `${pathOf(id)}?changed=1` };
      case "many-leave":
        return { problems: [{ field: "many", message: "Say that so many have left, or correct the list." }] };
      case "busy":
        return { problems: [{ field: "", message: result.problem }] };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).import));
}

function pathOf(id: string): string {
  return `/admin/people/import/${encodeURIComponent(id)}`;
}

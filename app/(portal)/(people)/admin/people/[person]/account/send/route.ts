import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { releaseAccount } from "#server/access/identity/account-service.ts";

type Context = { params: Promise<{ person: string }> };

/** Releases a person from the work account that they sign in with. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { person } = await params;
  return receiveForm(request, pathOf(person), async (actor) => {
    const result = await releaseAccount(actor, person);
    switch (result.code) {
      case "released":
      case "none":
        return { to: `${pathOf(person)}?done=account` };
      case "own":
        return {
          problems: [{ field: "", message: "Another administrator has to release you from your work account." }],
        };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).person));
}

function pathOf(person: string): string {
  return `/admin/people/${encodeURIComponent(person)}`;
}

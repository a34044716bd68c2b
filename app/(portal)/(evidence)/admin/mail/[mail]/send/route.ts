import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { resendMail } from "#server/evidence/outbox/service.ts";

type Context = { params: Promise<{ mail: string }> };

/** Has a mail sent again. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const path = `/admin/mail/${encodeURIComponent((await params).mail)}`;
  return receiveForm(request, path, async (actor) => {
    const result = await resendMail(actor, (await params).mail);
    return result === "waiting" ? { to: `${path}?again=1` } : null;
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`/admin/mail/${encodeURIComponent((await params).mail)}`);
}

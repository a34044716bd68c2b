import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { runJobNow } from "#server/shell/schedule/service.ts";

/** Has timed work run at once. Field: `job`, its name. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/admin/jobs", async (actor, form) => {
    const job = form.text("job");
    switch (await runJobNow(actor, job)) {
      case "asked":
        return { to: `/admin/jobs?asked=${encodeURIComponent(job)}` };
      case "not-running":
        return { to: "/admin/jobs?stopped=1" };
      case "not-found":
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther("/admin/jobs");
}

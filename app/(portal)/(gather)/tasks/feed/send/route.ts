import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { endFeed, makeFeed } from "#server/gather/task/feed-service.ts";

/** Makes, renews or ends the secret address of one's tasks. Field: `do`, "make" or "end". */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/tasks", async (actor, form) => {
    switch (form.text("do")) {
      case "make": {
        const secret = await makeFeed(actor);
        return secret === null ? null : { to: `/tasks?calendar=${await keepToShow(actor, secret)}#calendar` };
      }
      case "end":
        await endFeed(actor);
        return { to: "/tasks#calendar" };
      default:
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther("/tasks");
}

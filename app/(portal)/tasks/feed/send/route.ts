import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { endFeed, makeFeed } from "#server/task/feed-service.ts";

/** Makes, renews or ends the secret address of one's tasks. Field: `do`, "make" or "end". */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/tasks", async (actor, form) => {
    switch (form.text("do")) {
      case "make":
        await makeFeed(actor);
        return { to: "/tasks#calendar" };
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

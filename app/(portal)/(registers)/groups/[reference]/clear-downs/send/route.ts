import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import type { RecordsAnswer } from "#domain/registers/clear-down/confirm.ts";
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import {
  answerHoldCheck,
  confirmClearDown,
  recordNotCleared,
  type ClearDownResult,
} from "#server/registers/clear-down/service.ts";

type Context = { params: Promise<{ reference: string }> };

const RECORDS: readonly RecordsAnswer[] = ["moved", "nothing"];
const HELD = "A hold stands on these messages. Do not delete them. It is recorded that they were not cleared.";

/** Takes the confirmation of a clear-down, or that a hold stops it. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = pathOf(reference);
  return receiveForm(request, path, async (actor, form) => {
    const [known, dueOn] = [parseReference("GRP", reference) ?? "", form.text("dueOn").slice(0, 10)];
    switch (form.text("do")) {
      case "held": {
        const result = await recordNotCleared(actor, known, dueOn);
        return result.code === "held" ? { to: path } : answer(result, path);
      }
      case "ask": {
        const holdAnswer = HOLD_ANSWERS.find((one) => one === form.text("holdAnswer")) ?? null;
        const result = await answerHoldCheck(actor, known, dueOn, holdAnswer);
        return result.code === "go-on" ? { to: `${path}?asked=none` } : answer(result, path);
      }
      case "confirm":
        return answer(
          await confirmClearDown(actor, known, {
            dueOn,
            recordsMovedTo: form.text("recordsMovedTo"),
            records: RECORDS.find((one) => one === form.text("records")) ?? null,
            holdAnswer: HOLD_ANSWERS.find((one) => one === form.text("holdAnswer")) ?? null,
          }),
          path,
        );
      default:
        return null;
    }
  });
}

function answer(result: ClearDownResult, path: string) {
  switch (result.code) {
    case "cleared":
      return { to: `${path}?done=cleared` };
    case "stopped":
      return { to: path };
    case "held":
      return { problems: [{ field: "", message: HELD }] };
    case "too-late":
      return { problems: [{ field: "", message: tooLate(result.by) }] };
    case "invalid":
      return { problems: result.problems };
    case "not-found":
      return null;
  }
}

function tooLate(by: string | null): string {
  if (by === null) return "Nothing of this is due now, so nothing was recorded. This page shows what is.";
  return `${by} has confirmed this clear-down already. Yours was not recorded.`;
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).reference));
}

function pathOf(reference: string): string {
  return `/groups/${parseReference("GRP", reference) ?? encodeURIComponent(reference)}/clear-downs`;
}

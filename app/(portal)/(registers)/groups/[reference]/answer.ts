import type { FormResult } from "#app/_portal/receive-form.ts";
import type { GroupResult } from "#server/registers/group/change.ts";

/** What a form answers to what came of a change. @param to where to go on once it is done */
export function answerTo(result: GroupResult, to: string): FormResult {
  switch (result.code) {
    case "done":
      return { to };
    case "refused":
      return { problems: [{ field: "", message: result.message }] };
    case "invalid":
      return { problems: result.problems };
    case "not-found":
      return null;
  }
}

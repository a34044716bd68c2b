import { levelOf } from "#domain/exception/risk.ts";
import type { ExceptionRecord } from "#server/exception/queries.ts";

/** Who decides on a request, by role, as it is now: "your line manager, or a governance officer". */
export function decidersInWords({
  residual,
  requester,
  requesterId,
}: Pick<ExceptionRecord, "residual" | "requester" | "requesterId">): string {
  if (residual !== null && levelOf(residual) === "high")
    return "a governance officer or the senior information risk owner, because the risk that is left is high";
  const hasManager = requester.managerId !== null && requester.managerId !== requesterId;
  return hasManager ? "your line manager or a governance officer" : "a governance officer";
}

import type { Capacity } from "#domain/access/permission/capacity.ts";
import type { Bar } from "#domain/policy/exception/decider.ts";
import { levelOf } from "#domain/base/risk/risk.ts";
import type { ExceptionView } from "#server/policy/exception/queries.ts";

type Deciding = Pick<ExceptionView, "deciders" | "exception" | "capacities" | "state">;

/** Says that nobody can decide on a request, and who should resolve that. */
export const NOBODY_DECIDES =
  "Nobody can decide on it now: everybody who could is covered by it, or has left. The administrators are asked to name somebody else.";

/** Why somebody may not decide on a request, whatever their role. */
export const BAR_WORDS = {
  covered: "It covers you, or did when it was sent, so you cannot decide on it.",
  "self-made":
    "You became the line manager after it was sent, by a change that you made yourself, so you cannot decide on it.",
} as const satisfies Record<Bar, string>;

/** Who decides on a request now, by role, and why if this is unusual; null if nobody can. */
export function decidersInWords({ deciders, exception, capacities, state }: Deciding): string | null {
  if (deciders.length === 0) return null;
  const who = deciders.map((capacity) => roleInWords(capacity, capacities)).join(" or ");
  const { residual } = exception;
  if (state !== "approved" && residual !== null && levelOf(residual) === "high")
    return `${who}, because the risk that is left is high`;
  const isUp = deciders.every((capacity) => capacity === "senior-information-risk-owner");
  return isUp ? `${who}, because it covers everybody else who could decide` : who;
}

/** @param own the reader's capacities: if they include that role, the decider is somebody else with it */
function roleInWords(capacity: Capacity, own: readonly Capacity[]): string {
  switch (capacity) {
    case "line-manager":
      return own.includes("requester") ? "your line manager" : "the line manager";
    case "governance-officer":
      return own.includes(capacity) ? "another governance officer" : "a governance officer";
    default:
      return "the senior information risk owner";
  }
}

import type { Capacity } from "#domain/access/permission/capacity.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { decisionSteps, type Bar } from "#domain/policy/exception/decider.ts";
import type { Decider, ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { RISK_LEVELS, levelOf, type RiskLevel } from "#domain/base/risk/risk.ts";
import type { ExceptionView } from "#server/policy/exception/queries.ts";

type Deciding = Pick<ExceptionView, "deciders" | "capacities" | "state" | "rules" | "turn" | "passedOn">;

/** Says that nobody can decide on a request, and who should resolve that. */
const NOBODY_DECIDES =
  "Nobody can decide on it now: everybody who could is covered by it, or has left. The administrators are asked to name somebody else.";

/** Why somebody may not decide on a request, whatever their role. */
export const BAR_WORDS = {
  covered: "It covers you, or did when it was sent, so you cannot decide on it.",
  "self-made":
    "You became the line manager after it was sent, by a change that you made yourself, so you cannot decide on it.",
  "has-approved": "You have approved it. The policy requires somebody else to approve it as well.",
} as const satisfies Record<Bar, string>;

/** Who decides on a request now, by role, and why if this is unusual; null if nobody can. */
export function decidersInWords({ deciders, capacities, state, rules, turn, passedOn }: Deciding): string | null {
  if (passedOn !== null && passedOn !== "you") return `${roleInWords(passedOn, capacities)}, who it was passed on to`;
  if (deciders.length === 0) return null;
  const who = deciders.map((capacity) => roleInWords(capacity, capacities)).join(" or ");
  if (state === "approved") {
    const isUp = deciders.every((capacity) => capacity === "senior-information-risk-owner");
    return isUp ? `${who}, because it covers everybody else who could` : who;
  }
  const steps = decisionSteps(turn);
  const step = steps[turn.approvals] ?? [];
  if (!deciders.some((capacity) => (step as readonly Capacity[]).includes(capacity)))
    return `${who}, because it covers everybody else who could decide`;
  const isHigh =
    levelOf(turn.residual ?? 1) === "high" && new Set(RISK_LEVELS.map((one) => keyOf(rules, one))).size > 1;
  const why = isHigh ? ", because the remaining risk is high" : "";
  return `${who}${steps.length > 1 ? `, as ${ORDINALS[turn.approvals] ?? "the last"} of ${steps.length}` : ""}${why}`;
}

/** The same as a sentence, also where nobody can. */
export function whoDecidesInWords(request: Deciding): string {
  const who = decidersInWords(request);
  return who === null ? NOBODY_DECIDES : `It goes to ${who}.`;
}

const ORDINALS = ["the first", "the second", "the third"];

/** Who approves after the one whose turn it is; null where that is the last. */
export function laterDecidersInWords({ turn }: Pick<ExceptionView, "turn">): string | null {
  const later = decisionSteps(turn).slice(turn.approvals + 1);
  return later.length > 0 ? stepsInWords(later) : null;
}

/** Who decides at which risk, in sentences: "A governance officer decides. Where much risk is left, …" */
export function decisionInWords({ decide }: Pick<ExceptionRules, "decide">): string {
  const said = new Map<string, RiskLevel[]>();
  for (const level of RISK_LEVELS) {
    const key = keyOf({ decide }, level);
    said.set(key, [...(said.get(key) ?? []), level]);
  }
  const [first = "", ...others] = [...said].map(([, levels]) => {
    const [level = "low"] = levels;
    const who = stepsInWords(decide[level]);
    if (levels.includes("low"))
      return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${decide[level].length > 1 ? "decide" : "decides"}.`;
    return `Where the remaining risk is ${levels.join(" or ")}, it is ${who}.`;
  });
  return [first, ...others].join(" ");
}

const keyOf = ({ decide }: Pick<ExceptionRules, "decide">, level: RiskLevel): string => JSON.stringify(decide[level]);

const stepsInWords = (steps: readonly (readonly Decider[])[]): string =>
  steps.map((step) => step.map((role) => roleInWords(role, [])).join(" or ")).join(", and then ");

/** In whose place the reader decides: "for the line manager". */
export const inPlaceOfInWords = (capacity: Capacity): string => `for ${roleInWords(capacity, [])}`;

/** Somebody's part in a request: "governance officer". */
export const capacityInWords = (capacity: Capacity): string =>
  capacity === "requester" ? "the person who asked" : ROLE_NAMES[capacity].toLowerCase();

/** @param own the reader's capacities: if they include that role, the decider is somebody else with it */
function roleInWords(capacity: Capacity, own: readonly Capacity[]): string {
  if (capacity === "line-manager") return own.includes("requester") ? "your line manager" : "the line manager";
  if (capacity === "governance-officer") return `${own.includes(capacity) ? "another" : "a"} governance officer`;
  return "the senior information risk owner";
}

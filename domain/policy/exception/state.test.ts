import { describe, expect, it } from "vitest";
import { CAPACITIES, type Capacity } from "#domain/access/permission/capacity.ts";
import { DEFAULT_RULES } from "#domain/testing/exception-rules.ts";
import type { RequestRelation } from "./decider.ts";
import {
  EXCEPTION_COMMANDS,
  EXCEPTION_STATES,
  periodEndedAt,
  permit,
  stateAt,
  type ExceptionCommand,
  type ExceptionState,
  type Permit,
} from "./state.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

/** Somebody whom nothing bars, with somebody free to decide in each capacity. */
const standing = (...capacities: Capacity[]): RequestRelation => ({ capacities, bar: null, free: CAPACITIES });

// The whole state machine a second time, written by hand.

/**
 * Where a command leads from each state, in the order draft, submitted, changes-requested, approved, declined,
 * withdrawn, revoked, expired; "-": refused there.
 */
const LEADS: Record<ExceptionCommand, string> = {
  edit: "draft - changes-requested - - - - -",
  discard: "gone - - - - - - -",
  submit: "submitted - submitted - - - - -",
  "request-changes": "- changes-requested - - - - - -",
  approve: "- approved - - - - - -",
  decline: "- declined - - - - - -",
  "pass-on": "- submitted - - - - - -",
  withdraw: "- withdrawn withdrawn withdrawn - - - -",
  revoke: "- - - revoked - - - -",
  "complete-mitigation": "- - - approved - - - -",
  "meet-condition": "- - - approved - - - -",
  "give-more-time": "- - - approved - - - -",
  extend: "- - - approved - - - -",
};
const ORDER: readonly ExceptionState[] = [
  "draft",
  "submitted",
  "changes-requested",
  "approved",
  "declined",
  "withdrawn",
  "revoked",
  "expired",
];

/**
 * Who may: requester, line manager, governance officer, senior owner; the second line if the remaining risk is high.
 */
const MAY: Record<ExceptionCommand, { ordinary: string; high: string }> = {
  edit: { ordinary: "yes no no no", high: "yes no no no" },
  discard: { ordinary: "yes no no no", high: "yes no no no" },
  submit: { ordinary: "yes no no no", high: "yes no no no" },
  "request-changes": { ordinary: "no yes yes no", high: "no higher yes yes" },
  approve: { ordinary: "no yes yes no", high: "no higher yes yes" },
  decline: { ordinary: "no yes yes no", high: "no higher yes yes" },
  "pass-on": { ordinary: "no yes yes no", high: "no higher yes yes" },
  withdraw: { ordinary: "yes no no no", high: "yes no no no" },
  revoke: { ordinary: "no no yes no", high: "no no yes no" },
  "complete-mitigation": { ordinary: "yes yes yes no", high: "yes yes yes no" },
  "meet-condition": { ordinary: "yes yes yes no", high: "yes yes yes no" },
  "give-more-time": { ordinary: "no no yes no", high: "no no yes no" },
  extend: { ordinary: "yes no no no", high: "yes no no no" },
};
const RESIDUALS = [
  [null, "ordinary"],
  [1, "ordinary"],
  [6, "ordinary"],
  [14, "ordinary"],
  [15, "high"],
  [25, "high"],
] as const;

function exceptionIn(state: ExceptionState, residual: number | null) {
  const turn = { residual, decide: DEFAULT_RULES.decide, approvals: 0 };
  if (state === "expired") return { state: "approved", endsAt: NOW, ...turn } as const;
  return { state, endsAt: state === "approved" ? at(1) : null, ...turn };
}

function expected(command: ExceptionCommand, capacity: Capacity, state: ExceptionState, kind: "ordinary" | "high") {
  const may = MAY[command][kind].split(" ")[CAPACITIES.indexOf(capacity)];
  if (may === "no") return { ok: false, refusal: "not-yours" };
  if (may === "higher") return { ok: false, refusal: "needs-higher" };
  const next = LEADS[command].split(" ")[ORDER.indexOf(state)];
  return next === "-" ? { ok: false, refusal: "wrong-state" } : { ok: true, next };
}

describe("the life of an exception", () => {
  it("has every state and command of the tables in this test", () => {
    expect([...EXCEPTION_STATES].sort()).toEqual([...ORDER].sort());
    expect(Object.keys(LEADS).sort()).toEqual([...EXCEPTION_COMMANDS].sort());
  });

  for (const command of EXCEPTION_COMMANDS)
    it(`${command}: in every state, in every capacity, at every level of risk`, () => {
      for (const state of EXCEPTION_STATES)
        for (const capacity of CAPACITIES)
          for (const [residual, kind] of RESIDUALS)
            expect(
              permit(exceptionIn(state, residual), command, standing(capacity), NOW),
              `${command} by ${capacity} in ${state}, ${residual} left`,
            ).toEqual(expected(command, capacity, state, kind));
    });

  it("refuses everything to somebody who has no part in it", () => {
    for (const state of EXCEPTION_STATES)
      for (const command of EXCEPTION_COMMANDS)
        expect(permit(exceptionIn(state, 6), command, standing(), NOW)).toEqual({ ok: false, refusal: "not-yours" });
  });

  it("lets somebody with several capacities do what any one of them may", () => {
    const sets = Array.from({ length: 2 ** CAPACITIES.length }, (_, bits) =>
      CAPACITIES.filter((_capacity, index) => bits & (1 << index)),
    );
    for (const state of EXCEPTION_STATES)
      for (const command of EXCEPTION_COMMANDS)
        for (const residual of [6, 25])
          for (const capacities of sets) {
            const exception = exceptionIn(state, residual);
            const one = (capacity: Capacity): Permit => permit(exception, command, standing(capacity), NOW);
            const any = capacities.some((capacity) => one(capacity).ok);
            expect(permit(exception, command, standing(...capacities), NOW).ok).toBe(any);
          }
  });
});

describe("the period of one that ends now", () => {
  it("ends now, or is none where it had not begun", () => {
    expect(periodEndedAt({ startsAt: at(-1) }, NOW)).toEqual({ startsAt: at(-1), endsAt: NOW });
    for (const startsAt of [NOW, at(1), null])
      expect(periodEndedAt({ startsAt }, NOW)).toEqual({ startsAt: null, endsAt: null });
  });
});

describe("the state at a moment", () => {
  it("turns approved into expired at its end, to the millisecond", () => {
    const approved = { state: "approved", endsAt: NOW } as const;
    expect(stateAt(approved, at(-1))).toBe("approved");
    expect(stateAt(approved, NOW)).toBe("expired");
    expect(stateAt(approved, at(1))).toBe("expired");
  });

  it("does not let anything else expire", () => {
    for (const state of ["draft", "submitted", "changes-requested", "declined", "withdrawn", "revoked"] as const)
      expect(stateAt({ state, endsAt: at(-1) }, NOW)).toBe(state);
  });
});

import { describe, expect, it } from "vitest";
import { FormValues } from "#domain/base/form/form-values.ts";
import { deletionState, type DeletionFacts } from "./deletion.ts";
import { answersInWords, isSameValues, readFields } from "./field.ts";
import { INCIDENT_KINDS } from "./kind.ts";
import { fieldsOfStep, nextStep, openSteps, stepsOf, type Answered } from "./step.ts";

const at = new Date("2026-07-01T13:00:00Z"); // 2 in the afternoon in London
const form = (values: Record<string, string | string[]>) =>
  new FormValues(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat()])));
const read = (step: Parameters<typeof fieldsOfStep>[0], values: Record<string, string | string[]>) =>
  readFields(form(values), fieldsOfStep(step, "free"), at);

describe("the steps of a report", () => {
  it("start with facts, check holds before anything is deleted, and are at most two for the short reports", () => {
    expect(stepsOf("shared")).toEqual(["what", "where", "audience", "when", "hold", "message", "media", "backups"]);
    for (const kind of INCIDENT_KINDS) if (kind !== "shared") expect(stepsOf(kind).length).toBeLessThanOrEqual(3);
  });

  it("accept only answers that they offer, in the order of the page", () => {
    expect(read("what", { data: ["health", "contact", "nonsense"] })).toEqual({
      values: { data: ["contact", "health"] },
      problems: [],
    });
    expect(read("what", { data: "nonsense", forOther: "no" })).toMatchObject({
      values: {},
      problems: [{ field: "data" }],
    });
    expect(read("hold", { hold: "__proto__" }).problems).toHaveLength(1);
  });

  it("treat an empty moment as now, and a time alone as today's, London time", () => {
    expect(read("when", {}).values).toEqual({ noticed: at.toISOString() });
    expect(read("when", { "noticed-time": "1:45pm" }).values).toEqual({ noticed: "2026-07-01T12:45:00.000Z" });
    const day = { "happened-day": "30", "happened-month": "6", "happened-year": "2026" };
    expect(read("when", { ...day, "happened-time": "23:10" }).values).toMatchObject({
      happened: "2026-06-30T22:10:00.000Z",
    });
    expect(read("when", day).problems).toMatchObject([{ field: "happened-time" }]);
    expect(read("when", { "noticed-time": "15:00" }).problems).toMatchObject([{ field: "noticed" }]);
    expect(read("when", { ...day, "happened-year": "0026", "happened-time": "1" }).problems).toHaveLength(1);
  });

  it("are the same when sent twice, in any order, with moments seconds apart", () => {
    const [first, later, tomorrow] = [
      "2026-07-01T12:00:00.000Z",
      "2026-07-01T12:00:30.000Z",
      "2026-07-02T12:00:00.000Z",
    ];
    expect(isSameValues({ outcome: "done", at: first }, { at: later, outcome: "done" })).toBe(true);
    expect(isSameValues({ outcome: "done", at: first }, { at: tomorrow, outcome: "done" })).toBe(false);
    expect(isSameValues({ outcome: "done" }, { outcome: "done", why: "x" })).toBe(false);
    expect(isSameValues(undefined, {})).toBe(false);
  });

  it("are shown in words", () => {
    const fields = fieldsOfStep("audience", "free");
    expect(answersInWords(fields, { size: "few", reach: "outside" }).map(({ words }) => words)).toEqual([
      "A few, up to ten",
      "Some or all are outside",
    ]);
  });

  it("do not offer deletion of what must be kept", () => {
    const offered = (state: Parameters<typeof fieldsOfStep>[1]) => {
      const field = fieldsOfStep("media", state)[0];
      return field?.kind === "one" ? Object.keys(field.options) : [];
    };
    expect(offered("free")).toEqual(["done", "nothing", "not-possible"]);
    for (const state of ["unasked", "held", "doubt", "waiting", "refused"] as const)
      expect(offered(state), state).toEqual(["nothing", "kept", "already"]);
  });

  it("remain until answered; messages that were kept become a step again once they may be deleted", () => {
    const answered: Answered = { what: {}, message: { outcome: "kept" }, media: { outcome: "nothing" } };
    expect(openSteps("shared", answered, "held")).toEqual(["where", "audience", "when", "hold", "backups"]);
    expect(openSteps("shared", answered, "free")).toContain("message");
    expect(nextStep("shared", ["where", "hold", "backups"], "audience")).toBe("hold");
    expect(nextStep("shared", ["where"], "backups")).toBe("where");
    expect(nextStep("shared", [], "backups")).toBeNull();
  });
});

describe("whether it may be deleted", () => {
  const hold = { reference: "HLD-2222-2222", reason: "foi" as const, keep: "All.", placedAt: at };
  const state = (facts: Partial<DeletionFacts>) =>
    deletionState({ holds: [], answer: "none", ruling: null, waitsForOfficer: false, ...facts });

  it("is only so without a hold, a doubt, or an officer's pending decision", () => {
    expect(state({})).toBe("free");
    expect(state({ answer: null })).toBe("unasked");
    expect(state({ holds: [hold], ruling: "delete" })).toBe("held");
    expect(state({ answer: "unsure" })).toBe("doubt");
    expect(state({ answer: "known" })).toBe("doubt");
    expect(state({ answer: "unsure", ruling: "delete" })).toBe("free");
    expect(state({ waitsForOfficer: true })).toBe("waiting");
    expect(state({ waitsForOfficer: true, ruling: "delete" })).toBe("free");
    expect(state({ ruling: "keep" })).toBe("refused");
  });
});

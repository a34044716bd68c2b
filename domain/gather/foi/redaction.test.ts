import { describe, expect, it } from "vitest";
import { redactExceptions, type PermittedException } from "./figures.ts";

const ONE: PermittedException = {
  clauses: ["3.7"],
  scope: "person",
  residual: 6,
  startsAt: new Date("2026-02-27T10:00:00Z"),
  endsAt: new Date("2026-04-01T00:00:00Z"),
};

describe("redacted exceptions", () => {
  it("keep clauses, scope, level and the months of the first and the last day in London", () => {
    const lines = redactExceptions([ONE, ONE, ONE, ONE, { ...ONE, endsAt: new Date("2026-03-31T23:00:00Z") }]);
    expect(lines).toHaveLength(5);
    expect(lines[4]).toEqual({ clauses: ["3.7"], scope: "person", level: "medium", from: "2026-02", until: "2026-04" });
    expect(lines[0]?.until, "summer time: the last moment was on 31 March").toBe("2026-03");
  });

  it("come in an order that tells nothing of when they were asked for", () => {
    const mixed = ["3.8", "3.7", "4.1", "3.9", "2.1"].map((clause) => ({ ...ONE, clauses: [clause] }));
    expect(redactExceptions(mixed)).toEqual(redactExceptions([...mixed].reverse()));
  });
});

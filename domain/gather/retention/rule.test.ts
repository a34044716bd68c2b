import { expect, it } from "vitest";
import { dueUntil, NO_RETENTION, retentionSchema, ruleFor } from "./rule.ts";

it("counts days, months and years back, whole days, leap years included", () => {
  const due = (keep: string, today = "2026-11-24") => dueUntil({ keep }, today);
  expect(due("1 day")).toBe("2026-11-22");
  expect(due("90 days")).toBe("2026-08-25");
  expect(due("18 months")).toBe("2025-05-23");
  expect(due("6 years")).toBe("2020-11-23");
  expect(due("1 year", "2028-02-29")).toBe("2027-02-27");
  expect(due("for good")).toBeNull();
});

it("takes a body's own rule before that of all, and none where there is none", () => {
  const rule = (keep: string) => ({ keep, because: "So." });
  const retention = retentionSchema.parse({
    all: { mail: rule("90 days") },
    bodies: { nao: { mail: rule("7 days") } },
  });
  expect(ruleFor(retention, "nao", "mail")?.keep).toBe("7 days");
  expect(ruleFor(retention, "nottingham", "mail")?.keep).toBe("90 days");
  expect(ruleFor(retention, "nao", "incident")).toBeNull();
  expect(ruleFor(NO_RETENTION, "nao", "mail")).toBeNull();
});

it("refuses what is no period, an unknown kind, and a rule without a reason", () => {
  const parse = (all: unknown) => retentionSchema.safeParse({ all }).success;
  for (const keep of ["0 days", "90", "two years", "6 weeks", "-1 days", "90 days ", ""])
    expect(parse({ mail: { keep, because: "So." } }), keep).toBe(false);
  expect(parse({ mails: { keep: "90 days", because: "So." } })).toBe(false);
  expect(parse({ mail: { keep: "90 days" } })).toBe(false);
  expect(parse({ mail: { keep: "90 days", because: " " } })).toBe(false);
});

import { expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { consentOf, consentProblems, consentState, maySeeConsent, type ConsentDraft } from "./photo-consent.ts";

const day = (text: string) => ({ kind: "day", day: text }) as const;
const draft: ConsentDraft = {
  name: "Example Person",
  age: "adult",
  guardian: "",
  givenOn: day("2026-11-01"),
  until: day("2027-11-01"),
  purpose: "The newsletter",
  formReference: "Folder 7",
};
const fields = (change: Partial<ConsentDraft>) =>
  consentProblems({ ...draft, ...change }, "2026-11-24").map(({ field }) => field);

it("requires every part, a guardian for a child, and days in order", () => {
  expect(fields({})).toEqual([]);
  expect(fields({ name: "", age: "", purpose: "", formReference: "" })).toEqual([
    "name",
    "age",
    "purpose",
    "formReference",
  ]);
  expect(fields({ age: "child" })).toEqual(["guardian"]);
  expect(fields({ givenOn: day("2026-11-25") })).toEqual(["givenOn"]);
  expect(fields({ until: day("2026-10-31") })).toEqual(["until"]);
  expect(fields({ givenOn: { kind: "empty" }, until: { kind: "wrong", message: "No." } })).toEqual([
    "givenOn",
    "until",
  ]);
});

it("keeps a guardian only for a child", () => {
  expect(consentOf({ ...draft, guardian: "Somebody" }).guardian).toBeNull();
  expect(consentOf({ ...draft, age: "child", guardian: "A parent" }).guardian).toBe("A parent");
});

it("is valid up to and including its last day, unless it was withdrawn", () => {
  const consent = { until: "2026-11-24", withdrawnAt: null };
  expect(consentState(consent, "2026-11-24")).toBe("valid");
  expect(consentState(consent, "2026-11-25")).toBe("ended");
  expect(consentState({ ...consent, withdrawnAt: new Date(0) }, "2026-11-24")).toBe("withdrawn");
});

it("is visible only to whoever recorded it and to governance officers of the body", () => {
  const as = (role: Role, personId = "other", body = "nao") => ({ roles: [role], personId, body });
  const consent = { body: "nao", personId: "one" };
  expect(maySeeConsent(as("employee", "one"), consent)).toBe(true);
  expect(maySeeConsent(as("governance-officer"), consent)).toBe(true);
  for (const role of ["employee", "line-manager", "auditor", "policy-owner", "administrator"] as const)
    expect(maySeeConsent(as(role), consent), role).toBe(false);
  expect(maySeeConsent(as("governance-officer", "other", "nottingham"), consent)).toBe(false);
});

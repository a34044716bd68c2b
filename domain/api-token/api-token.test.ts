import { describe, expect, it } from "vitest";
import { can, PERMISSIONS, type Action } from "../access/permission.ts";
import { programActor, readAskedToken, stateOfToken, tokenEnd } from "./api-token.ts";
import { API_SCOPES } from "./scope.ts";

describe("a token that is asked for", () => {
  const asked = { name: "Intranet bot", scopes: ["evaluate"], days: "90" };

  it("is made as asked, each scope once and no other", () => {
    expect(readAskedToken({ ...asked, scopes: ["evaluate", "evaluate", "policies:read", "admin"] })).toEqual({
      ...{ name: "Intranet bot", scopes: ["evaluate", "policies:read"], days: 90 },
    });
  });

  it("changes people and does nothing else, or the other way round", () => {
    expect(readAskedToken({ ...asked, scopes: ["directory"] })).toMatchObject({ scopes: ["directory"] });
    const both = readAskedToken({ ...asked, scopes: ["directory", "evaluate"] });
    expect(both).toMatchObject({ problems: [{ field: "scopes" }] });
  });

  it("says everything that is missing at once", () => {
    const result = readAskedToken({ name: "", scopes: ["admin"], days: "3650" });
    expect(result).toMatchObject({ problems: [{ field: "name" }, { field: "scopes" }, { field: "days" }] });
    expect(readAskedToken({ ...asked, name: "n".repeat(101) })).toMatchObject({ problems: [{ field: "name" }] });
  });
});

it("holds to the end of its last day in London, also across the change of clocks", () => {
  expect(tokenEnd(new Date("2026-03-01T12:00:00Z"), 30)).toEqual(new Date("2026-03-31T23:00:00Z"));
  expect(tokenEnd(new Date("2026-11-24T23:59:00Z"), 365)).toEqual(new Date("2027-11-25T00:00:00Z"));
});

it("is over at its last moment, and revoked for good", () => {
  const expiresAt = new Date("2026-12-01T00:00:00Z");
  const before = new Date(expiresAt.getTime() - 1);
  expect(stateOfToken({ revokedAt: null, expiresAt }, before)).toBe("active");
  expect(stateOfToken({ revokedAt: null, expiresAt }, expiresAt)).toBe("expired");
  expect(stateOfToken({ revokedAt: before, expiresAt }, expiresAt)).toBe("revoked");
});

it("lets a program do no more than an employee of its body", () => {
  const program = programActor({ reference: "TOK-2222-2222", name: "Bot", body: "nao" });
  const employee = { roles: ["employee" as const], body: "nao" };
  for (const action of Object.keys(PERMISSIONS) as Action[])
    for (const body of ["nao", "nottingham"])
      expect(can(program, action, { body }), action).toBe(can(employee, action, { body }));
  expect(API_SCOPES).toHaveLength(3);
});

import { describe, expect, it } from "vitest";
import { type Action, can, PERMISSIONS, ROLES } from "#domain/access/permission/permission.ts";
import {
  API_SCOPES,
  endByMaker,
  endOfToken,
  expiryNoticesDue,
  nextTokenDue,
  programActor,
  readAskedToken,
  readPersonalToken,
  stateOfToken,
  type TokenDays,
  tokenEnd,
  type TokenMaker,
} from "./api-token.ts";

describe("a token that is asked for", () => {
  const asked = { name: "Intranet bot", scopes: ["evaluate"], days: "90" };

  it("is made as asked, each scope once and no other", () => {
    expect(readAskedToken({ ...asked, scopes: ["evaluate", "evaluate", "policies:read", "admin"] })).toEqual({
      name: "Intranet bot",
      scopes: ["evaluate", "policies:read"],
      days: 90,
    });
  });

  it("changes people and does nothing else, or the other way round", () => {
    expect(readAskedToken({ ...asked, scopes: ["directory"] })).toMatchObject({ scopes: ["directory"] });
    const both = readAskedToken({ ...asked, scopes: ["directory", "evaluate"] });
    expect(both).toMatchObject({ problems: [{ field: "scopes" }] });
  });

  it("is a person's own for 90 days at most, and nobody makes one for a program", () => {
    expect(readPersonalToken({ name: "Laptop", days: "90" })).toEqual({
      name: "Laptop",
      scopes: ["personal"],
      days: 90,
    });
    expect(readPersonalToken({ name: "", days: "365" })).toMatchObject({
      problems: [{ field: "name" }, { field: "days" }],
    });
    expect(readAskedToken({ ...asked, scopes: ["personal"] })).toMatchObject({ problems: [{ field: "scopes" }] });
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
  const token = { madeAt: new Date("2026-11-01T10:00:00Z"), expiresAt, revokedAt: null, endedAt: null };
  expect(stateOfToken(token, before)).toBe("active");
  expect(stateOfToken(token, expiresAt)).toBe("expired");
  expect(stateOfToken({ ...token, revokedAt: before }, expiresAt)).toBe("revoked");
  expect(stateOfToken({ ...token, endedAt: before }, before)).toBe("ended");
  expect(stateOfToken({ ...token, endedAt: before }, expiresAt)).toBe("ended");
});

it("ends within a year, whatever was written when it was made", () => {
  const madeAt = new Date("2026-11-24T10:00:00Z");
  const endOf = (expiresAt: string) => endOfToken({ madeAt, expiresAt: new Date(expiresAt) });
  expect(endOf("2099-01-01T00:00:00Z")).toEqual(new Date("2027-11-25T00:00:00Z"));
  expect(endOf("2027-01-01T00:00:00Z")).toEqual(new Date("2027-01-01T00:00:00Z"));
  const old = { madeAt, expiresAt: new Date("2099-01-01T00:00:00Z"), revokedAt: null, endedAt: null };
  expect(stateOfToken(old, new Date("2027-11-24T23:59:59.999Z"))).toBe("active");
  expect(stateOfToken(old, new Date("2027-11-25T00:00:00Z"))).toBe("expired");
});

describe("a token that changes people", () => {
  const maker = { status: "active", roles: ["employee", "administrator"], leavesOn: null, body: "nao" } as const;
  const by = (more: Partial<TokenMaker>, scopes = ["directory"]) =>
    endByMaker({ scopes, body: "nao" }, { ...maker, roles: [...maker.roles], ...more }, "2026-11-24");

  it("holds as long as who made it is an administrator of its body and works there", () => {
    expect(by({})).toBeNull();
    expect(by({ leavesOn: "2026-11-24" })).toBeNull();
    expect(by({ leavesOn: "2026-11-23" })).toBe("maker-left");
    expect(by({ status: "left" })).toBe("maker-left");
    expect(by({ body: "nottingham" })).toBe("maker-lost-role");
    for (const role of ROLES)
      expect(by({ roles: [role] }), role).toBe(role === "administrator" ? null : "maker-lost-role");
    expect(by({ roles: [] })).toBe("maker-lost-role");
  });

  it("is the only one that ends so: what only reads is the body's", () => {
    for (const scope of API_SCOPES) expect(by({ status: "left", roles: [] }, [scope])).toBeNull();
  });
});

describe("administrators", () => {
  const token = (days: TokenDays, toldDays: number[] = []) => {
    const madeAt = new Date("2026-11-24T10:00:00Z");
    return { madeAt, expiresAt: tokenEnd(madeAt, days), revokedAt: null, endedAt: null, toldDays };
  };

  it("are told 30, 7 and 1 days before, each once; what was missed is one telling", () => {
    const at = (today: string, toldDays: number[] = []) => expiryNoticesDue(token(365, toldDays), today);
    // Its last day is 24 November 2027.
    expect(at("2027-10-24")).toEqual([]);
    expect(at("2027-10-25")).toEqual([30]);
    expect(at("2027-10-26", [30])).toEqual([]);
    expect(at("2027-11-01")).toEqual([30]);
    expect(at("2027-11-17", [30])).toEqual([7]);
    expect(at("2027-11-23", [30, 7])).toEqual([1]);
    expect(at("2027-11-24")).toEqual([30, 7, 1]);
    expect(at("2027-11-24", [30, 7, 1])).toEqual([]);
  });

  it("are not told on the day on which it is made", () => {
    expect(expiryNoticesDue(token(30), "2026-11-24")).toEqual([]);
    expect(expiryNoticesDue(token(30), "2026-12-16")).toEqual([]);
    expect(expiryNoticesDue(token(30), "2026-12-17")).toEqual([7]);
  });

  it("are asked for the next one from the first telling until a month after its end", () => {
    expect(nextTokenDue(token(365), "2027-10-24")).toBeNull();
    expect(nextTokenDue(token(365), "2027-10-25")).toBe("2027-11-24");
    expect(nextTokenDue(token(365), "2027-12-24")).toBe("2027-11-24");
    expect(nextTokenDue(token(365), "2027-12-25")).toBeNull();
    expect(nextTokenDue(token(30), "2026-12-16")).toBeNull();
    const endedAt = new Date("2026-12-01T09:00:00Z");
    expect(nextTokenDue({ ...token(365), endedAt }, "2026-12-01")).toBe("2026-12-01");
    expect(nextTokenDue({ ...token(365), endedAt, revokedAt: endedAt }, "2026-12-01")).toBeNull();
  });
});

it("lets a program do no more than an employee of its body", () => {
  const program = programActor({ reference: "TOK-2222-2222", name: "Bot", body: "nao" });
  const employee = { roles: ["employee" as const], body: "nao" };
  for (const action of Object.keys(PERMISSIONS) as Action[])
    for (const body of ["nao", "nottingham"])
      expect(can(program, action, { body }), action).toBe(can(employee, action, { body }));
  expect(API_SCOPES).toHaveLength(6);
});

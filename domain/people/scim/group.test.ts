import { expect, it } from "vitest";
import { patchGroup, readPatch, roleOfGroup, type RequestedGroup } from "./group.ts";

const GROUP: RequestedGroup = { displayName: "Depot", externalId: null, memberIds: ["a", "b"] };
const apply = (...Operations: object[]) =>
  patchGroup(GROUP, readPatch({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }), "g");
const members = (...operations: object[]) => apply(...operations).memberIds.join("");

it("adds, removes and replaces members in the order of the patch, without duplicates", () => {
  expect(members({ op: "Add", path: "members", value: [{ value: "b" }, { value: "c" }] })).toBe("abc");
  expect(members({ op: "add", path: "members", value: { value: "c" } })).toBe("abc");
  expect(members({ op: "add", value: { members: [{ value: "c" }] } })).toBe("abc");
  expect(members({ op: "Remove", path: "members", value: [{ $ref: null, value: "a" }] })).toBe("b");
  expect(members({ op: "remove", path: 'members[value eq "a" or value eq "b"]' })).toBe("");
  expect(members({ op: "remove", path: 'members[not (value eq "a")]' })).toBe("a");
  expect(members({ op: "remove", path: "members" })).toBe("");
  expect(members({ op: "replace", path: "Members", value: [{ value: "z" }] })).toBe("z");
  expect(members({ op: "remove", path: "members" }, { op: "add", path: "members", value: [{ value: "b" }] })).toBe("b");
});

it("changes the name, even if a provider sends the whole group", () => {
  const value = { schemas: [], id: "g", displayName: "New", externalId: "e" };
  expect(apply({ op: "replace", value })).toEqual({ ...GROUP, displayName: "New", externalId: "e" });
  expect(() => apply({ op: "replace", value: { id: "other" } })).toThrow("never changes");
});

it("gives the role in the setting, or without one the role of the same name", () => {
  expect(roleOfGroup("Governance Officer", null)).toBe("governance-officer");
  expect(roleOfGroup("auditor", null)).toBe("auditor");
  expect(roleOfGroup("Choir", null)).toBeNull();
  expect(roleOfGroup("Employee", null)).toBeNull();
  const setting = new Map([["WC-Audit", "auditor"]]);
  expect(roleOfGroup("WC-Audit", setting)).toBe("auditor");
  expect(roleOfGroup("Administrator", setting), "the setting alone counts").toBeNull();
});

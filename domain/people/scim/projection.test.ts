import { expect, it } from "vitest";
import { isProjected, project } from "./list-request.ts";
import { ENTERPRISE_SCHEMA } from "./user.ts";

const USER = {
  schemas: ["s"],
  id: "1",
  userName: "u",
  name: { givenName: "A", familyName: "B" },
  emails: [{ value: "a@b", type: "work" }],
  [ENTERPRISE_SCHEMA]: { department: "D", organization: "O" },
};
const only = (...attributes: string[]) => project(USER, { attributes, excluded: [] });
const without = (...excluded: string[]) => project(USER, { attributes: null, excluded });

it("sends what is requested, with id and schemas, ignoring case", () => {
  expect(only("username")).toEqual({ schemas: ["s"], id: "1", userName: "u" });
  expect(only("name.givenName", "emails.value")).toEqual({
    schemas: ["s"],
    id: "1",
    name: { givenName: "A" },
    emails: [{ value: "a@b" }],
  });
  expect(only(`${ENTERPRISE_SCHEMA.toLowerCase()}:department`)[ENTERPRISE_SCHEMA]).toEqual({ department: "D" });
  expect(only("urn:ietf:params:scim:schemas:core:2.0:User:userName")).toHaveProperty("userName");
  expect(only("nothing")).toEqual({ schemas: ["s"], id: "1" });
});

it("leaves out what is excluded, but never the id", () => {
  expect(without("id", "name.familyName", "EMAILS", ENTERPRISE_SCHEMA)).toEqual({
    schemas: ["s"],
    id: "1",
    userName: "u",
    name: { givenName: "A" },
  });
  expect(isProjected("members", { attributes: null, excluded: ["members"] })).toBe(false);
  expect(isProjected("members", { attributes: ["members.value"], excluded: [] })).toBe(true);
  expect(isProjected("members", { attributes: null, excluded: ["members.display"] })).toBe(true);
});

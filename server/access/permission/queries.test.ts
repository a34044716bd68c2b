import { expect, it } from "vitest";
import { type Action, can, PERMISSIONS, ROLES } from "#domain/access/permission/permission.ts";
import { getPermissionTable } from "./queries.ts";

const actor = (role: (typeof ROLES)[number]) => {
  return {
    personId: "ann",
    body: "nao",
    employer: "nao",
    roles: [role],
    name: "Ann",
    email: "ann@nao.invalid",
    team: null,
  };
};

it("shows the table of permissions to those who may read it, and to nobody else", () => {
  for (const role of ROLES) {
    const isReader = can(actor(role), "permission.read", actor(role));
    expect(getPermissionTable(actor(role)) !== null, role).toBe(isReader);
  }
  expect(getPermissionTable(actor("employee"))).toBeNull();
  expect(getPermissionTable(actor("auditor"))).not.toBeNull();
});

it("has every action once, with the roles that the permissions give", () => {
  const lines = (getPermissionTable(actor("auditor")) ?? []).flatMap((part) => part.lines);
  expect(lines.map(({ action }) => action).sort()).toEqual((Object.keys(PERMISSIONS) as Action[]).sort());
  for (const { action, on } of lines)
    for (const role of ROLES) {
      const inBody = { ...actor(role), personId: "ann" };
      if (can(inBody, action, inBody)) expect(on[role], `${action} ${role}`).not.toEqual([]);
      // A wider relation includes the narrower ones, which are left out.
      if (on[role].includes("any-body") || on[role].includes("own-body")) expect(on[role]).toHaveLength(1);
    }
});

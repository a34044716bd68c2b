import { expect, it } from "vitest";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { getRulesAsDmn } from "./dmn-queries.ts";

const actor = (body: string, role: Role): Actor => ({
  personId: "reader",
  name: "Reader Sampleham",
  email: "reader@nao.invalid",
  roles: [role],
  body,
  employer: body,
  team: null,
});
const employee = actor("nao", "employee");

it("is available to anybody who may read that version, including another body's", async () => {
  await serveVersions("nao", []);
  for (const reader of [employee, actor("nottingham", "employee")]) {
    const file = await getRulesAsDmn(reader, "nao", "1");
    expect(file).toMatchObject({ fileName: "nao-1.dmn", hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(file?.xml).toContain('namespace="urn:with-care:policy:nao:1"');
  }
  expect(await getRulesAsDmn(employee, "model", "1.1")).toMatchObject({ fileName: "model-1.1.dmn" });
  expect(await getRulesAsDmn(employee, "nao", "9")).toBeNull();
  expect(await getRulesAsDmn(employee, "nope", "1")).toBeNull();
  expect(await getRulesAsDmn({ ...employee, roles: [] }, "nao", "1")).toBeNull();
});

it("shows a version that is still being written only to its owner and the governance officer", async () => {
  await serveVersions("nao", [{ version: "2", status: "draft", isPublished: false }]);
  for (const role of ["policy-owner", "governance-officer"] as const) {
    const file = await getRulesAsDmn(actor("nao", role), "nao", "2");
    expect(file?.xml).toContain("Not published");
    expect(await getRulesAsDmn(actor("nottingham", role), "nao", "2")).toBeNull();
  }
  for (const role of ["employee", "line-manager", "auditor", "administrator"] as const)
    expect(await getRulesAsDmn(actor("nao", role), "nao", "2")).toBeNull();
});

it("has the same hash as long as nothing in it changes, and a different one if its number does", async () => {
  await serveVersions("nao", [{ version: "2" }]);
  const hashes = await Promise.all(
    ["1", "1", "2"].map(async (version) => (await getRulesAsDmn(employee, "nao", version))?.hash),
  );
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]).not.toBe(hashes[2]);
});

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { loadContent, useContent, type OwnedFault } from "#server/base/content/store.ts";
import { shared } from "#server/base/process-shared.mjs";
import { readerIn } from "#server/testing/content.ts";
import { getContentFaults, listContentTasks } from "./fault-queries.ts";

const READ_AT = new Date("2026-11-24T23:30:00Z");
const fault = (file: string, body: string | null): OwnedFault => {
  return { file, body, rule: null, kind: "content", situation: null, message: "It cannot be read." };
};
const withRole = (role: Role, body = "nao") => ({ ...readerIn(body), roles: [role] });
const files = async (role: Role, body?: string) =>
  (await getContentFaults(withRole(role, body)))?.faults.map(({ file }) => file) ?? null;
const serveFaults = async (...faults: OwnedFault[]) => {
  useContent(await loadContent());
  Object.assign(shared.content ?? {}, { state: { faults, readAt: READ_AT } });
};

beforeEach(() =>
  serveFaults(
    fault("policies/nao/2/policy.mdx", "nao"),
    fault("policies/nottingham/2/policy.mdx", "nottingham"),
    fault("questions.yaml", null),
  ),
);
afterEach(() => serveFaults());

it("shows faults in the files of one's own body and the shared ones to people who can fix them", async () => {
  for (const role of ["policy-owner", "administrator"] as const)
    expect(await files(role)).toEqual(["policies/nao/2/policy.mdx", "questions.yaml"]);
  expect(await files("policy-owner", "example-borough")).toEqual(["questions.yaml"]);
  for (const role of ["employee", "governance-officer", "auditor", "line-manager"] as const)
    expect(await files(role)).toBeNull();
});

it("is one task, only for the policy owner, while something is wrong", async () => {
  expect(await listContentTasks(withRole("policy-owner"))).toMatchObject([
    { kind: "correct-content", title: "Correct policies/nao/2/policy.mdx", due: "2026-11-24", href: "/content" },
  ]);
  expect(await listContentTasks(withRole("administrator"))).toEqual([]);
  await serveFaults(fault("policies/nottingham/2/policy.mdx", "nottingham"));
  expect(await listContentTasks(withRole("policy-owner"))).toEqual([]);
});

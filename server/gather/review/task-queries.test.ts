import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions, type TestVersion } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { listReviews } from "./queries.ts";
import { listReviewTasks } from "./task-queries.ts";

describeOnEachDatabase("reviews", (database) => {
  beforeEach(() => vi.spyOn(clock, "now").mockReturnValue(new Date("2026-11-22T12:00:00Z")));
  afterEach(() => vi.restoreAllMocks());

  const serve = (...versions: TestVersion[]) => serveVersions("nao", versions);
  const inForce = (version: string, reviewDue: string | null): TestVersion => ({
    version,
    reviewDue,
    status: "in force",
    effective: "2026-01-01",
  });
  const tasksOf = async (...roles: Role[]) =>
    listReviewTasks(await addPerson(database(), `p-${roles.join("-")}`, { roles }));

  it("asks the policy owner from 60 days before, to the last day of a month", async () => {
    await serve(inForce("2", "2027-01"));
    expect(await tasksOf("policy-owner")).toEqual([]);
    await serve(inForce("2", "2026-12"));
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    expect(await listReviewTasks(owner)).toMatchObject([
      { kind: "review-policy", due: "2026-12-31", href: "/policies/nao/about" },
    ]);
  });

  it("still asks when it is overdue, and asks nobody else", async () => {
    await serve(inForce("2", "2026-10"));
    expect(await tasksOf("policy-owner")).toMatchObject([{ due: "2026-10-31" }]);
    for (const role of ["employee", "governance-officer", "administrator"] as const)
      expect(await tasksOf(role), role).toEqual([]);
  });

  it("looks at the current version alone", async () => {
    await serve(inForce("2", "2026-10"), inForce("3", "2028-01"), { ...inForce("4", "2026-10"), isPublished: false });
    expect(await tasksOf("policy-owner")).toEqual([]);
  });

  it("asks nothing without a date, or of another body's owner", async () => {
    await serve(inForce("2", null));
    expect(await tasksOf("policy-owner")).toEqual([]);
    await serve(inForce("2", "2026-10"));
    const other = await addPerson(database(), "other", { body: "cleveland-opcc", roles: ["policy-owner"] });
    expect(await listReviewTasks(other)).toEqual([]);
    expect(await listReviews(other)).toEqual([]);
  });

  it("lists all that have a date for the governance officer, and says nothing to an employee", async () => {
    await serve(inForce("2", "2028-06"));
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect(await listReviews(officer)).toMatchObject([
      { version: { version: "2" }, standing: { kind: "later", lastDay: "2028-06-30" } },
    ]);
    expect(await listReviews(await addPerson(database(), "employee"))).toBeNull();
  });
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { GET, POST } from "./send/route.ts";

const params = { slug: "nao" };

describeOnOneDatabase("the form for keeping a clause that many exceptions depart from", (database) => {
  let owner: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(new Date("2026-11-23T10:00:00Z"));
    await serveRealContent();
    await addPerson(database(), "asker");
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    await addStoredExceptions(database(), "asker", [{}, {}, {}, {}, {}]);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const send = (actor: Actor, reason: string, clause = "4.3") =>
    post(POST, actor, "/policies/nao/debt", { clause, startKey: "one", reason }, params);

  it("takes a reason once, and leads back to the clause", async () => {
    const to = "/policies/nao/debt?clause=4.3";
    expect(await send(owner, "Partners have no other way.")).toMatchObject({ to, problems: {} });
    expect(await send(owner, "Partners have no other way.")).toMatchObject({ to, problems: {} });
    expect(await database().prisma.debtConsideration.count()).toBe(1);
  });

  it("says what is missing, and keeps which clause it was", async () => {
    const { to, problems, kept } = await send(owner, "");
    expect(to).toBe("/policies/nao/debt");
    expect(Object.keys(problems)).toEqual(["reason"]);
    expect(kept).toMatchObject({ clause: "4.3", startKey: "one" });
  });

  it("says that nobody has to look at a clause without so many exceptions", async () => {
    expect((await send(owner, "As it was.", "4.4")).problems).toHaveProperty([""]);
  });

  it("is there for policy owners alone, and for clauses that are there; its address leads to the policy", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect((await send(officer, "As it was.")).status).toBe(404);
    expect((await send(owner, "As it was.", "99.9")).status).toBe(404);
    const { headers } = await GET(new Request("https://portal.invalid"), { params: Promise.resolve(params) });
    expect(headers.get("location")).toBe("/policies/nao");
  });
});

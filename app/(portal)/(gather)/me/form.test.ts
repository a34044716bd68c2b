import { expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as switchDigest } from "./digest/send/route.ts";
import { POST as endSession } from "./send/route.ts";

vi.mock("next/headers", () => ({ headers: () => Promise.resolve(new Headers()) }));

describeOnOneDatabase("the forms of one's own page", (database) => {
  it("end sessions of one's own, and nobody else's", async () => {
    const employee = await addPerson(database(), "emma");
    await addPerson(database(), "bea");
    const expiresAt = new Date(Date.now() + 3_600_000);
    for (const [id, personId] of [
      ["own", "emma"],
      ["other", "bea"],
    ] as const)
      await database().prisma.session.create({ data: { id, token: id, personId, expiresAt } });
    for (const which of ["other", "own"])
      expect((await post(endSession, employee, "/me", { which })).to).toBe("/me#sessions");
    expect(await database().prisma.session.findMany({ select: { id: true } })).toEqual([{ id: "other" }]);
  });

  it("switch the digest off and on", async () => {
    const employee = await addPerson(database(), "emma");
    const offSince = async () => (await database().prisma.digestState.findFirstOrThrow()).offSince;
    expect((await post(switchDigest, employee, "/me", { digest: "off" })).to).toBe("/me#mail");
    expect(await offSince()).not.toBeNull();
    expect((await post(switchDigest, employee, "/me", { digest: "on" })).to).toBe("/me#mail");
    expect(await offSince()).toBeNull();
    expect((await post(switchDigest, employee, "/me", { digest: "maybe" })).status).toBe(404);
  });
});

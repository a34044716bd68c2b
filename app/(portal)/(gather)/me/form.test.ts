import { expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import * as session from "#server/access/identity/session.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as switchDigest } from "./digest/send/route.ts";
import { POST as endSession } from "./send/route.ts";

describeOnOneDatabase("the forms of one's own page", (database) => {
  it("end one session of one's own, or all others", async () => {
    const employee = await addPerson(database(), "emma");
    const end = vi.spyOn(session, "endOwnSessions").mockResolvedValue();
    for (const which of ["one", "others"])
      expect((await post(endSession, employee, "/me", { which })).to).toBe("/me#sessions");
    expect(end.mock.calls).toEqual([
      [employee, "one"],
      [employee, "others"],
    ]);
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

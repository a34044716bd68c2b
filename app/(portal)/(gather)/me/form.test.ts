import { expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import * as session from "#server/access/identity/session.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as switchDigest } from "./digest/send/route.ts";
import { POST as endSession } from "./send/route.ts";
import { POST as sendToken } from "./token/send/route.ts";

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

  it("make a token of one's own, once, and revoke it, and nobody else's", async () => {
    const employee = await addPerson(database(), "emma");
    const asked = { do: "make", name: "Laptop", days: "30", startKey: "one" };
    const { to } = await post(sendToken, employee, "/me", asked);
    expect(to).toMatch(/^\/me\?token=TOK-.{9}&show=[\w-]+#assistants$/);
    expect((await post(sendToken, employee, "/me", asked)).to).toBe(to);
    const find = () => database().prisma.apiToken.findFirstOrThrow();
    const { reference: which, ...token } = await find();
    expect(token).toMatchObject({ name: "Laptop", scopes: ["personal"], madeById: "emma", revokedAt: null });
    const other = await addPerson(database(), "olga");
    expect((await post(sendToken, other, "/me", { do: "revoke", which })).status).toBe(404);
    expect((await find()).revokedAt).toBeNull();
    expect((await post(sendToken, employee, "/me", { do: "revoke", which })).to).toBe("/me#assistants");
    expect((await find()).revokedAt).not.toBeNull();
    const events = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    expect(events.map(({ event, actor }) => [event, actor])).toEqual([
      ["api-token.made", "emma"],
      ["api-token.revoked", "emma"],
    ]);
    const { problems, kept } = await post(sendToken, employee, "/me", { ...asked, name: "", days: "365" });
    expect(Object.keys(problems)).toEqual(["name", "days"]);
    expect(kept).toMatchObject({ days: "365" });
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

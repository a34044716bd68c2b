import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as make } from "../send/route.ts";
import { POST } from "./send/route.ts";

const PATH = "/admin/signing-keys/revoke";

describeOnOneDatabase("the form that revokes a signing key", (database) => {
  let administrator: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    await post(make, administrator, "/admin/signing-keys", { seen: "" });
  });
  const find = () => database().prisma.signingKey.findFirstOrThrow();
  const send = (sent: Parameters<typeof post>[3], actor = administrator) => post(POST, actor, PATH, sent);

  it.each(["compromised", "superseded"])("takes a key and that it is %s, once", async (because) => {
    const { kid } = await find();
    expect((await send({ kid, because })).to).toBe("/admin/signing-keys?done=revoked");
    expect(await find()).toMatchObject({ revokedBecause: because });
    expect((await send({ kid, because })).problems).toEqual({ kid: "This key is revoked already." });
  });

  it("says which is missing, and keeps what was chosen", async () => {
    const { kid } = await find();
    await expectRefusals(send, { kid, because: "compromised" }, [
      [{ kid: "" }, "kid", /^Choose/],
      [{ because: "" }, "because", /^Say why the key is revoked/],
      [{ because: "boredom" }, "because", /^Say why the key is revoked/],
    ]);
    expect((await find()).revokedAt).toBeNull();
  });

  it("is not there for others, nor for a key that there is not", async () => {
    const { kid } = await find();
    expect((await send({ kid: "another", because: "compromised" })).status).toBe(404);
    expect((await send({ kid, because: "compromised" }, await addPerson(database(), "emma"))).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that discards a draft", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/discard${query}`, sent, { reference });

  it("deletes it", async () => {
    expect((await send({})).to).toBe("/exceptions");
    expect((await send({})).status).toBe(404);
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

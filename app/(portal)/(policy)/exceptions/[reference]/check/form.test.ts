import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { saveWho } from "#server/policy/exception/draft-service.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that sends a request", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/check${query}`, sent, { reference });

  it("sends it, and says the same when it is sent twice", async () => {
    for (const _ of [1, 2]) expect((await send({})).to).toBe(`/exceptions/${reference}/sent`);
  });

  it("says which part is not complete", async () => {
    await saveWho(
      asker,
      reference,
      { scope: null, teamId: null, groupId: null, wantedFrom: null, wantedUntil: null },
      true,
    );
    const { to, problems } = await send({});
    expect(to).toBe(`/exceptions/${reference}/check`);
    expect(Object.keys(problems)).toEqual(["who"]);
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that withdraws a request", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await exceptionAwaitingApproval(asker, "one");
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, `/exceptions/${reference}/withdraw`, sent, { reference });

  it("takes it, also twice", async () => {
    const sent = { reason: "Not needed." };
    for (const _ of [1, 2]) expect((await send(asker, sent)).to).toBe(`/exceptions/${reference}?done=withdrawn`);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send(asker, { reason: " " });
    expect(to).toBe(`/exceptions/${reference}/withdraw`);
    expect(problems).toEqual({ reason: "Say why you withdraw it." });
    expect(kept).toMatchObject({ reason: " " });
  });

  it("is not there for others", async () => {
    expect((await send(await addPerson(database(), "emma"), { reason: "No." })).status).toBe(404);
  });
});

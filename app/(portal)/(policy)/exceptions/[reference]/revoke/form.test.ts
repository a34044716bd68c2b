import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that revokes an exception", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
    const exception = (await getException(officer, reference))?.exception;
    const until = exception?.wantedUntil ?? null;
    await approveException(officer, reference, exception?.revision ?? 0, { reason: "Yes.", conditions: [], until });
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, `/exceptions/${reference}/revoke`, sent, { reference });

  it("takes it, also twice", async () => {
    const sent = { reason: "The phone was lost." };
    for (const _ of [1, 2]) expect((await send(officer, sent)).to).toBe(`/exceptions/${reference}?done=revoked`);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send(officer, { reason: " " });
    expect(to).toBe(`/exceptions/${reference}/revoke`);
    expect(problems).toEqual({ reason: "Say why you revoke it." });
    expect(kept).toMatchObject({ reason: " " });
  });

  it("is not there for others", async () => {
    expect((await send(await addPerson(database(), "emma"), { reason: "No." })).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that passes a request on", (database) => {
  let officer: Actor;
  let second: Actor;
  let reference: string;
  let revision: string;
  beforeEach(async () => {
    const asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
    revision = String((await getException(officer, reference))?.exception.revision);
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, `/exceptions/${reference}/pass-on`, sent, { reference });

  it("takes it, also twice, and says so to who comes too late", async () => {
    const sent = { to: "second", reason: "You know the partner.", revision };
    for (const _ of [1, 2]) expect((await send(officer, sent)).to).toBe(`/exceptions/${reference}?done=passed-on`);
    const late = await send(officer, { ...sent, reason: "Another reason." });
    expect(late.problems[""]).toMatch(/^It was passed on to somebody else/);
    expect((await getException(second, reference))?.passedOn).toBe("you");
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { problems, kept } = await send(officer, { revision, reason: "You know the partner." });
    expect(problems).toEqual({ to: "Choose who decides on it." });
    expect(kept).toMatchObject({ reason: "You know the partner." });
  });

  it("is not there for others", async () => {
    expect((await send(await addPerson(database(), "emma"), { to: "second", reason: "No." })).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that sends a request back", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  let revision: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
    const exception = (await getException(officer, reference))?.exception;
    revision = String(exception?.revision);
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, `/exceptions/${reference}/request-changes`, sent, { reference });

  it("takes it, also twice", async () => {
    const sent = { reason: "Too thin.", "comment-risks": "Who locks it?", revision };
    for (const _ of [1, 2])
      expect((await send(officer, sent)).to).toBe(`/exceptions/${reference}?done=changes-requested`);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send(officer, { "comment-who": "Why all?", revision });
    expect(to).toBe(`/exceptions/${reference}/request-changes`);
    expect(problems).toEqual({ reason: "Say what has to change, and why." });
    expect(kept).toMatchObject({ "comment-who": "Why all?" });
  });

  it("is refused on what was changed since", async () => {
    const { problems } = await send(officer, { reason: "Yes.", revision: "none" });
    expect(problems[""]).toMatch(/^The request was changed since/);
  });

  it("is not there for others", async () => {
    expect((await send(await addPerson(database(), "emma"), { reason: "No." })).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { submitException } from "#server/policy/exception/service.ts";
import { POST } from "./send/route.ts";

const WHY = { "clauses-first": "4.3", justification: "Because.", whyNoChannel: "None.", dataInvolved: "Times." };

describeOnOneDatabase("the form of what somebody wants to do, and why", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/why${query}`, sent, { reference });

  it("saves it, and leads on, back to the check page, or home", async () => {
    expect((await send(WHY)).to).toBe(`/exceptions/${reference}`);
    expect((await send(WHY, "?from=check")).to).toBe(`/exceptions/${reference}/check`);
    expect((await send({ then: "later" })).to).toBe("/exceptions");
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send({ justification: "Because." }, "?from=check");
    expect(to).toBe(`/exceptions/${reference}/why?from=check`);
    expect(Object.keys(problems)).toEqual(["whyNoChannel", "dataInvolved", "clauses"]);
    expect(kept).toEqual({ justification: "Because." });
  });

  it("keeps what was typed too late", async () => {
    await submitException(asker, reference);
    const { problems, kept } = await send(WHY);
    expect(problems[""]).toMatch(/^This request has been sent or decided since you opened it/);
    expect(kept).toEqual(WHY);
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

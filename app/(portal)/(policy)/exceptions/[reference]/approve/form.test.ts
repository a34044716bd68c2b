import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that approves a request", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  let revision: string;
  let until: Record<string, string>;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
    const exception = (await getException(officer, reference))?.exception;
    revision = String(exception?.revision);
    const [year = "", month = "", day = ""] = exception?.wantedUntil?.split("-") ?? [];
    until = { "until-day": day, "until-month": month, "until-year": year };
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, `/exceptions/${reference}/approve`, sent, { reference });

  it("takes it, also twice", async () => {
    const sent = { reason: "It helps.", conditions: "Only on Fridays.\n\nAsk first.", ...until, revision };
    for (const _ of [1, 2]) expect((await send(officer, sent)).to).toBe(`/exceptions/${reference}?done=approved`);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send(officer, { conditions: "Ask.", "until-day": "31", revision });
    expect(to).toBe(`/exceptions/${reference}/approve`);
    expect(problems).toEqual({
      reason: "Say why you approve it.",
      until: "The last day must have a month and a year.",
    });
    expect(kept).toMatchObject({ conditions: "Ask.", "until-day": "31" });
  });

  it("is refused on what was changed since", async () => {
    const { problems } = await send(officer, { reason: "Yes.", revision: "none" });
    expect(problems[""]).toMatch(/^The request was changed since/);
  });

  it("is not there for others", async () => {
    expect((await send(await addPerson(database(), "emma"), { reason: "No." })).status).toBe(404);
  });
});

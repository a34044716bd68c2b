import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that answers a policy", (database) => {
  let version: PolicyVersion | undefined;
  let actor: Actor;
  beforeEach(async () => {
    [version] = await serveVersions("nao", []);
    actor = await addPerson(database(), "emma");
  });
  const send = (sent: Record<string, string>, slug = "nao") => {
    const on = { version: version?.version ?? "", hash: version?.hash ?? "" };
    return post(POST, actor, `/policies/${slug}/acknowledge`, { ...on, ...sent }, { slug });
  };

  it("records a decline, and an acceptance after all", async () => {
    expect((await send({ answer: "declined", reason: "No." })).to).toMatch(/^\/acknowledgements\/ACK-.{9}\?done=1$/);
    const { to } = await send({ answer: "accepted" });
    expect((await send({ answer: "accepted" })).to).toBe(to);
    expect((await send({ answer: "declined", reason: "No." })).to).toBe(to.replace("done", "already"));
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send({ answer: "declined" });
    expect(to).toBe("/policies/nao/acknowledge");
    expect(Object.keys(problems)).toEqual(["reason"]);
    expect(kept["answer"]).toBe("declined");
    expect((await send({ answer: "accepted", hash: "older" })).problems[""]).toMatch(/^Another version/);
  });

  it("is not there for another body's policy", async () => {
    expect((await send({ answer: "accepted" }, "nottingham")).status).toBe(404);
  });
});

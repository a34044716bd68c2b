import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of a suggestion", (database) => {
  let version: PolicyVersion | undefined;
  let actor: Actor;
  beforeEach(async () => {
    [version] = await serveVersions("nao", []);
    actor = await addPerson(database(), "employee");
  });
  const send = (fields: Record<string, string>, clause = "4.3") => {
    const on = { version: version?.version ?? "", hash: version?.hash ?? "", clause, startKey: "one" };
    return post(POST, actor, "/policies/nao/suggest", { ...on, ...fields }, { slug: "nao" });
  };

  it("suggests once, also without knowing what it should say", async () => {
    const { to } = await send({ question: "It is unclear.", instead: "", wantsAnswer: "no" });
    expect(to).toMatch(/^\/questions\/ASK-.{9}\?done=1$/);
    expect((await send({ question: "It is unclear.", instead: "", wantsAnswer: "no" })).to).toBe(to);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { problems, kept } = await send({ question: "", instead: "Partners." });
    expect(Object.keys(problems).sort()).toEqual(["question", "wantsAnswer"]);
    expect(kept).toMatchObject({ clause: "4.3", instead: "Partners." });
  });

  it("is not there for a clause that is not there, nor for the policy as a whole", async () => {
    const fields = { question: "Why?", instead: "", wantsAnswer: "yes" };
    for (const clause of ["99.9", ""]) expect((await send(fields, clause)).status).toBe(404);
  });
});

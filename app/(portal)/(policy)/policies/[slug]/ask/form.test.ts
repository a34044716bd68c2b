import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { GET, POST } from "./send/route.ts";

const params = { slug: "nao" };

describeOnOneDatabase("the form of a question", (database) => {
  let version: PolicyVersion | undefined;
  let asker: Actor;
  beforeEach(async () => {
    [version] = await serveVersions("nao", []);
    asker = await addPerson(database(), "asker");
  });
  const send = (question: string, clause = "4.3") => {
    const on = { version: version?.version ?? "", hash: version?.hash ?? "", clause };
    return post(POST, asker, "/policies/nao/ask", { ...on, startKey: "one", question }, params);
  };

  it("asks once", async () => {
    const { to } = await send("Why?");
    expect(to).toMatch(/^\/questions\/ASK-.{9}\?done=1$/);
    expect((await send("Why?")).to).toBe(to);
  });

  it("says what is missing, and keeps which clause it was", async () => {
    const { to, problems, kept } = await send("");
    expect(to).toBe("/policies/nao/ask");
    expect(Object.keys(problems)).toEqual(["question"]);
    expect(kept).toMatchObject({ clause: "4.3", startKey: "one" });
  });

  it("is not there for a clause that is not there; its address leads to the policy", async () => {
    expect((await send("Why?", "99.9")).status).toBe(404);
    const { headers } = await GET(new Request("https://portal.invalid"), { params: Promise.resolve(params) });
    expect(headers.get("location")).toBe("/policies/nao");
  });
});

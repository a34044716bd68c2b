import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that answers a decline", (database) => {
  let owner: Actor;
  let emma: Actor;
  let reference: string;
  beforeEach(async () => {
    const [version] = await serveVersions("nao", []);
    emma = await addPerson(database(), "emma");
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const on = { slug: "nao", version: version?.version ?? "", hash: version?.hash ?? "" };
    const given = await acknowledgePolicy(emma, { ...on, answer: "declined", reason: "No." });
    reference = "reference" in given ? given.reference : "";
  });
  const send = (reply: string, actor = owner) =>
    post(POST, actor, `/acknowledgements/${reference}/reply`, { reply, theme: "unclear" }, { reference });

  it("answers once, and keeps what came too late", async () => {
    expect(await send("But yes.")).toMatchObject({ to: `/acknowledgements/${reference}/reply`, problems: {} });
    const { problems, kept } = await send("Or no.");
    expect(problems[""]).toMatch(/^This decline has been answered already/);
    expect(kept).toEqual({ reply: "Or no.", theme: "unclear" });
  });

  it("says what is missing", async () => {
    expect(Object.keys((await send("")).problems)).toEqual(["reply"]);
  });

  it("asks what it is about, in words from a closed list", async () => {
    const sent = { reply: "But yes.", theme: "gossip" };
    const { problems } = await post(POST, owner, `/acknowledgements/${reference}/reply`, sent, { reference });
    expect(Object.keys(problems)).toEqual(["theme"]);
  });

  it("is not there for others", async () => {
    expect((await send("But yes.", emma)).status).toBe(404);
  });
});

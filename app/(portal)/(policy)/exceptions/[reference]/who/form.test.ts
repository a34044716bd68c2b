import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of whom a request is for", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/who${query}`, sent, { reference });

  it("saves it, also without a day where the rest comes later", async () => {
    const until = { "wantedUntil-day": "1", "wantedUntil-month": "jan", "wantedUntil-year": "2000" };
    expect((await send({ scope: "person", ...until })).problems).toHaveProperty("wantedUntil");
    expect((await send({ scope: "person", ...until, then: "later" })).to).toBe("/exceptions");
  });

  it("says what is wrong with a day, and keeps what was typed", async () => {
    const { to, problems, kept } = await send({ "wantedFrom-day": "31" });
    expect(to).toBe(`/exceptions/${reference}/who`);
    expect(Object.keys(problems)).toEqual(["scope", "wantedFrom"]);
    expect(kept).toEqual({ "wantedFrom-day": "31" });
    expect((await send({ scope: "team:none", then: "later" })).problems).toHaveProperty("scope");
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { submitException } from "#server/policy/exception/service.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that removes a risk", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const risksOf = async () => (await getException(asker, reference))?.exception.risks ?? [];
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/risks/1/remove${query}`, sent, { reference, number: "1" });

  it("removes the one that the page showed", async () => {
    const [risk] = await risksOf();
    expect((await send({ risk: "another" })).to).toBe(`/exceptions/${reference}/risks`);
    expect(await risksOf()).toHaveLength(1);
    await send({ risk: risk?.id ?? "" });
    expect(await risksOf()).toEqual([]);
  });

  it("leads to the risks when it is too late", async () => {
    await submitException(asker, reference);
    const { to, problems } = await send({ risk: "any" });
    expect(to).toBe(`/exceptions/${reference}/risks`);
    expect(problems[""]).toMatch(/^This request has been sent or decided since you opened it/);
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { POST } from "./send/route.ts";

const RISK = {
  risk: "",
  rows: "1",
  source: "own",
  description: "The phone is lost.",
  "mitigation-1-text": "Lock it.",
  likelihoodBefore: "4",
  impactBefore: "3",
  likelihoodAfter: "2",
  impactAfter: "3",
};

describeOnOneDatabase("the form of a risk", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const risksOf = async () => (await getException(asker, reference))?.exception.risks ?? [];
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/risks/1${query}`, sent, { reference, number: "1" });

  it("changes it", async () => {
    const [risk] = await risksOf();
    expect((await send({ ...RISK, risk: risk?.id ?? "" })).to).toBe(`/exceptions/${reference}/risks`);
    expect(await risksOf()).toMatchObject([{ id: risk?.id, mitigations: [{ text: "Lock it." }] }]);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { to, problems, kept } = await send({ ...RISK, impactAfter: "6" });
    expect(to).toBe(`/exceptions/${reference}/risks/1`);
    expect(problems).toEqual({ impactAfter: "Choose how much it would matter with what you will do." });
    expect(kept["impactAfter"]).toBe("6");
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

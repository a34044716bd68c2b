import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
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

describeOnOneDatabase("the form of a new risk", (database) => {
  let asker: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    reference = await completeDraft(asker, "one");
  });
  const send = (sent: Record<string, string>, query = "", actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/risks/new${query}`, sent, { reference });

  it("adds it, and leads to the risks or back to the check page", async () => {
    expect((await send(RISK)).to).toBe(`/exceptions/${reference}/risks`);
    expect((await send(RISK, "?from=check")).to).toBe(`/exceptions/${reference}/check`);
  });

  it("takes what the policy asks for as a mitigation, with own words added", async () => {
    const duties = (await getOwnPolicy(asker, "nao"))?.current?.table.obligations;
    const [duty] = duties ? [...duties.values()] : [];
    if (!duty) throw new Error("The policy has no duty.");
    const chosen = { ...RISK, "mitigation-1-duty": duty.id, "mitigation-1-text": "" };
    await send(chosen);
    await send({ ...chosen, "mitigation-1-text": "Every Friday." });
    const texts = (await database().prisma.exceptionMitigation.findMany()).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining([duty.text, `${duty.text} Every Friday.`]));
  });

  it("says what is missing in the order of the page, and keeps what was typed", async () => {
    const { to, problems, kept } = await send({ "mitigation-1-due-day": "31" });
    expect(to).toBe(`/exceptions/${reference}/risks/new`);
    expect(Object.keys(problems)).toEqual([
      "source",
      "description",
      "likelihoodBefore",
      "impactBefore",
      "mitigation-1-due",
      "mitigation-1-text",
      "likelihoodAfter",
      "impactAfter",
    ]);
    expect(kept).toEqual({ "mitigation-1-due-day": "31" });
  });

  it("leads to one more row", async () => {
    expect((await send({ ...RISK, then: "more" })).to).toBe(`/exceptions/${reference}/risks/new#mitigation-2-text`);
  });

  it("is not there for others", async () => {
    expect((await send({}, "", await addPerson(database(), "emma"))).status).toBe(404);
  });
});

import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "../decisions/send/route.ts";
import { POST as POST_HELPED } from "./helped/send/route.ts";

const ANSWERS = { device: "work", purpose: "file" };

describeOnOneDatabase("the form that keeps a result", (database) => {
  beforeEach(async () => {
    await serveVersions("nao", []);
  });

  const shownTo = async (actor: Actor) => {
    const policy = await getPolicy(actor, "nao");
    const result = policy && resultToKeep(policy, await getDecidingTable(actor, policy), ANSWERS);
    const situation = new URLSearchParams({ policy: "nao", ...ANSWERS }).toString();
    return { situation, fingerprint: result?.fingerprint ?? "", startKey: "one", words: "For the file." };
  };

  it("keeps it once", async () => {
    const employee = await addPerson(database(), "emma");
    const sent = await shownTo(employee);
    const { to } = await post(POST, employee, "/check", sent);
    expect(to).toMatch(/^\/decisions\/DEC-.{9}\?done=1$/);
    expect((await post(POST, employee, "/check", sent)).to).toBe(to);
    expect(await database().prisma.receipt.findMany()).toMatchObject([{ words: "For the file." }]);
  });

  it("brings back what cannot be kept as it was shown, with what was typed", async () => {
    const employee = await addPerson(database(), "emma");
    const sent = await shownTo(employee);
    const other = await post(POST, employee, "/check", { ...sent, fingerprint: "0" });
    expect(other).toMatchObject({ to: "/check", kept: { situation: sent.situation, words: "For the file." } });
    expect(other.problems["keep"]).toMatch(/^This answer was not kept/);
    const long = await post(POST, employee, "/check", { ...sent, words: "x".repeat(501) });
    expect(Object.keys(long.problems)).toEqual(["words"]);
  });

  it("is not there for a policy that there is none of", async () => {
    const employee = await addPerson(database(), "emma");
    const sent = { ...(await shownTo(employee)), situation: "policy=none" };
    expect((await post(POST, employee, "/check", sent)).status).toBe(404);
  });
});

describeOnOneDatabase("the form that asks whether a result was an answer", (database) => {
  beforeEach(async () => {
    await serveVersions("nao", []);
  });

  it("counts, thanks and leads back to the result; without an answer it says what to press", async () => {
    const employee = await addPerson(database(), "emma");
    const policy = await getPolicy(employee, "nao");
    const situation = "policy=nao&device=work&purpose=file";
    const rule = policy?.version.table.rules[0]?.id ?? "";
    const sent = { situation, version: policy?.version.version ?? "", rule, helped: "no" };
    expect((await post(POST_HELPED, employee, "/check/helped", sent)).to).toBe(`/check/helped?${situation}&said=no`);
    expect(await database().prisma.resultTally.findMany()).toMatchObject([{ rule, helped: false, count: 1 }]);
    const none = await post(POST_HELPED, employee, "/check/helped", { ...sent, helped: "" });
    expect(none.problems["helped"]).toMatch(/^Press/);
    expect((await post(POST_HELPED, employee, "/check/helped", { ...sent, rule: "none" })).status).toBe(404);
  });
});

import { expect, it, beforeEach } from "vitest";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { getClauseReport } from "./queries.ts";
import { countResult } from "./service.ts";

describeOnOneDatabase("whether a result was an answer", (database) => {
  beforeEach(async () => {
    await serveVersions("nao", []);
  });

  it("counts each person once a day, and says who to nobody", async () => {
    const people = await Promise.all(
      ["ann", "ben", "cat", "dan", "eve"].map((name) => addPerson(database(), name, { body: "nao" })),
    );
    const owner = await addPerson(database(), "owner", { body: "nao", roles: ["policy-owner"] });
    const [ann] = people;
    if (!ann) throw new Error("Nobody is there.");
    const policy = await getPolicy(ann, "nao");
    if (!policy) throw new Error("No policy is there.");
    const { slug, version, table } = policy.version;
    const rule = table.rules[0]?.id ?? "";
    const no = { slug, version, rule, helped: false };
    await Promise.all(Array.from({ length: 20 }, () => countResult(ann, no)));
    await countResult(ann, { ...no, helped: true });
    const { prisma } = database();
    expect(await prisma.resultTally.findMany()).toMatchObject([{ body: "nao", rule, helped: false, count: 1 }]);
    for (const person of people.slice(1, 4)) expect(await countResult(person, no)).toEqual({ code: "counted" });
    expect((await getClauseReport(owner, slug, version))?.results).toEqual([]);
    for (const person of people.slice(4)) await countResult(person, no);
    expect((await getClauseReport(owner, slug, version))?.results).toMatchObject([{ rule, yes: null, no: 5 }]);
    const kept = JSON.stringify([await prisma.resultTally.findMany(), await prisma.rateLimit.findMany()]);
    for (const { personId } of people) expect(kept).not.toContain(personId);
    // A day later the same person counts again.
    await prisma.rateLimit.updateMany({ data: { expire: new Date("2020-01-01T00:00:00Z") } });
    await countResult(ann, no);
    expect(await prisma.resultTally.findMany()).toMatchObject([{ count: 6 }]);
    expect(await prisma.evidence.findMany()).toEqual([]);
  });

  it("is counted for no rule that is not there, and no policy of another body", async () => {
    const ann = await addPerson(database(), "ann", { body: "nao" });
    const stranger = await addPerson(database(), "stranger", { body: "nottingham" });
    const policy = await getPolicy(ann, "nao");
    const { version = "", table } = policy?.version ?? {};
    const sent = { slug: "nao", version, rule: table?.rules[0]?.id ?? "", helped: true };
    const none = { code: "not-found" };
    expect(await countResult(stranger, sent)).toEqual(none);
    expect(await countResult(ann, { ...sent, rule: "invented" })).toEqual(none);
    expect(await countResult(ann, { ...sent, version: "99" })).toEqual(none);
    expect(await countResult(ann, { ...sent, slug: "invented" })).toEqual(none);
    expect(await database().prisma.resultTally.count()).toBe(0);
    expect(await database().prisma.rateLimit.count()).toBe(0);
  });
});

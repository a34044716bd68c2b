import { expect, it } from "vitest";
import { transact } from "#server/evidence/journal/transact.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { getHeadBefore } from "./queries.ts";

describeOnEachDatabase("where a chain stood at a moment", () => {
  it("is its last row before it, of that body alone, and nothing before the first", async () => {
    const add = (body: string, at: string) =>
      transact(() =>
        Promise.resolve({
          result: null,
          evidence: [{ body, event: "person.left" as const, at: new Date(at), actor: "portal", subject: "somebody" }],
        }),
      );
    await add("nao", "2027-01-10T12:00:00Z");
    await add("nottingham", "2027-01-11T12:00:00Z");
    await add("nao", "2027-01-12T12:00:00Z");
    const at = async (moment: string) => (await getHeadBefore("nao", new Date(moment))).position;
    expect(await at("2027-01-10T12:00:00Z")).toBe(0);
    expect(await at("2027-01-11T00:00:00Z")).toBe(1);
    expect(await at("2027-01-13T00:00:00Z")).toBe(2);
    expect((await getHeadBefore("nao", new Date("2027-01-13"))).hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

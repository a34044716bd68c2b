import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { countGroupsAt } from "./figures-queries.ts";

describeOnEachDatabase("groups on the register at a moment", (database) => {
  it("are those approved by then and not closed", async () => {
    const ann = await addPerson(database(), "ann");
    const { id } = await addGroupToClear(database(), { administrators: [ann], at: new Date("2026-03-01T12:00:00Z") });
    const closed = { state: "closed", closedAt: new Date("2026-06-01T12:00:00Z"), closeReason: "Done." } as const;
    await database().prisma.chatGroup.update({ where: { id }, data: closed });
    const at = async (day: string) => (await countGroupsAt("nao", new Date(`${day}T00:00:00Z`))).byApp;
    expect(await at("2026-03-01")).toEqual([]);
    expect(await at("2026-03-02")).toEqual([{ name: "WhatsApp", count: 1 }]);
    expect(await at("2026-06-02")).toEqual([]);
    expect(await countGroupsAt("nottingham", new Date("2026-04-01T00:00:00Z"))).toEqual({ byTeam: [], byApp: [] });
  });
});

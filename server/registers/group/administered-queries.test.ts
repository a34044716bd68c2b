import { expect, it } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { listAdministeredGroups } from "./administered-queries.ts";

describeOnOneDatabase("the groups that somebody administers", (database) => {
  it("are the approved ones, for administrators and their deputy, not for members", async () => {
    const [first, deputy, member] = [
      await addPerson(database(), "first"),
      await addPerson(database(), "deputy"),
      await addPerson(database(), "member"),
    ];
    const { id, reference } = await addApprovedGroup(database(), {
      administrators: [first],
      deputy,
      members: [member],
    });
    for (const actor of [first, deputy])
      expect(await listAdministeredGroups(actor)).toEqual([{ id, reference, name: "Duty rota" }]);
    expect(await listAdministeredGroups(member)).toEqual([]);
    const closed = { state: "closed", closedAt: new Date(), closeReason: "Done." } as const;
    await database().prisma.chatGroup.update({ where: { id }, data: closed });
    expect(await listAdministeredGroups(first)).toEqual([]);
  });
});

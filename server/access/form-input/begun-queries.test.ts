import { expect, it } from "vitest";
import { makeToken } from "#server/access/api-token/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addressOfBegun, getBegun, listBegunTasksOf } from "./begun-queries.ts";

describeOnOneDatabase("what a program began for somebody", (database) => {
  it("is a task of that person until it is finished, and nobody else's", async () => {
    const [ann, bob] = [await addPerson(database(), "ann"), await addPerson(database(), "bob")];
    const administrator = await addPerson(database(), "ada", { roles: ["administrator"] });
    await makeToken(administrator, { name: "Case system", scopes: ["drafts:begin"], days: "30" }, "key");
    const { id: tokenId } = await database().prisma.apiToken.findFirstOrThrow();
    const begun = { personId: ann.personId, tokenId, values: {}, begunAt: new Date("2026-11-30T12:00:00Z") };
    const ended = { ...begun, endedAt: begun.begunAt };
    await database().prisma.begunForm.createMany({
      data: [
        { ...begun, id: "record", path: "/records/new" },
        { ...begun, id: "draft", path: "/exceptions/EX-2222-2222" },
        { ...ended, id: "sent", path: "/groups/new" },
      ],
    });
    const tasks = await listBegunTasksOf([ann, bob]);
    expect([...tasks.keys()]).toEqual(["ann"]);
    expect(tasks.get("ann")?.map(({ href, due, act }) => [href, due, act?.hidden])).toEqual([
      ["/exceptions/EX-2222-2222", "2026-12-14", undefined],
      ["/records/new?kept=record", "2026-12-14", { begun: "record" }],
    ]);
    const found = { id: "draft", path: "/exceptions/EX-2222-2222", program: "Case system" };
    for (const at of ["draft", found.path]) expect(await getBegun(ann, at)).toEqual(found);
    for (const at of ["", "sent", "nothing"]) expect(await getBegun(ann, at)).toBeNull();
    expect(await getBegun(bob, "draft")).toBeNull();
    expect(addressOfBegun(found)).toBe(found.path);
  });
});

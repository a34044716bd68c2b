import { expect, it } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { listCalled, listKnownNames, soughtAmong } from "./known-name-queries.ts";

describeOnOneDatabase("what people are and were called", (database) => {
  it("are compared by plain letters with all others of their body", async () => {
    const { prisma } = database();
    const rename = (id: string, name: string) => prisma.person.update({ where: { id }, data: { name } });
    const subject = await addPerson(database(), "subject");
    for (const id of ["namesake", "other", "elsewhere"])
      await addPerson(database(), id, id === "elsewhere" ? { body: "nottingham" } : {});
    await rename("namesake", "SIAN O'NEILL");
    await rename("other", "Percival Quill");
    await rename("elsewhere", "Siân O’Neill");
    const called = await listCalled(prisma, "nao", [{ id: "subject", name: "Siân O’Neill", email: subject.email }]);
    expect(called).toEqual([{ id: "subject", words: [subject.email, "Siân O’Neill"] }]);
    const known = (await listKnownNames(prisma, "nao", called)).get("subject");
    expect(known?.others.map(({ id }) => id)).toEqual(["namesake"]);
    expect(known && soughtAmong(known).hasNamesake).toBe(true);
    // Who has no name any more is nobody's namesake.
    expect(known && soughtAmong(known, new Set(["namesake"])).hasNamesake).toBe(false);
    expect(await listCalled(prisma, "nao", [])).toEqual([]);
    expect((await listKnownNames(prisma, "nao", [])).size).toBe(0);
  });
});

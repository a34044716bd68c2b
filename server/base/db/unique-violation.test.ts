import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { uniqueViolation } from "./until-unique.ts";

const person = { body: "nao", employer: "National Audit Office", name: "Una Sampleton", roles: ["employee"] };

describeOnEachDatabase("uniqueViolation", (database) => {
  const failure = (write: Promise<unknown>) => write.then(() => null).catch((error: unknown) => error);

  it("names the column", async () => {
    const { prisma } = database();
    await prisma.person.create({ data: { ...person, id: "one", email: "a@nao.example.invalid" } });
    const error = await failure(
      prisma.person.create({ data: { ...person, id: "two", email: "a@nao.example.invalid" } }),
    );
    expect(uniqueViolation(error)).toEqual({ model: "Person", fields: ["email"] });
  });

  it("names all columns of a joint key", async () => {
    const { prisma } = database();
    await prisma.team.create({ data: { id: "one", body: "nao", name: "Office" } });
    const error = await failure(prisma.team.create({ data: { id: "two", body: "nao", name: "Office" } }));
    expect(uniqueViolation(error)).toEqual({ model: "Team", fields: ["body", "name"] });
  });

  it("is null for anything else", async () => {
    const { prisma } = database();
    const error = await failure(prisma.team.update({ where: { id: "none" }, data: { name: "x" } }));
    expect(error).toBeInstanceOf(Error);
    expect(uniqueViolation(error)).toBeNull();
    expect(uniqueViolation(new Error("other"))).toBeNull();
  });

  it("stores times in UTC", async () => {
    const { prisma } = database();
    const at = new Date("2026-07-01T12:00:00.123Z");
    const { createdAt } = await prisma.person.create({
      data: { ...person, id: "t", email: "t@x.invalid", createdAt: at },
    });
    expect(createdAt).toEqual(at);
    const [row] = await prisma.$queryRaw<{ text: string }[]>`
      SELECT to_char("createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS text FROM "Person"`;
    expect(row?.text).toBe("2026-07-01 12:00:00.123");
  });
});

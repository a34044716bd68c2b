import { expect, it } from "vitest";
import type { Database } from "#server/base/db/database.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { describeFailure, type FailureLine } from "./failure.mjs";

const NAME = "Siobhán Planted";
const person = { id: "p", body: "nao", employer: "NAO", name: NAME, email: "planted@x.invalid", roles: ["employee"] };

// What the engines and Prisma really say, with what people wrote in it.
describeOnEachDatabase("a failure of the database", (database) => {
  it.each<[string, (prisma: Database["prisma"]) => Promise<unknown>, RegExp]>([
    [
      "a table that is gone, asked by Prisma",
      async (prisma) => {
        await prisma.$executeRaw`ALTER TABLE "Team" RENAME TO "GoneTeam"`;
        await prisma.team
          .findMany({ where: { name: NAME } })
          .finally(() => prisma.$executeRaw`ALTER TABLE "GoneTeam" RENAME TO "Team"`);
      },
      /prisma\.team\.findMany\(\).*Team.*does not exist/,
    ],
    [
      "a table that is gone, asked by a statement",
      (prisma) => prisma.$queryRaw`SELECT * FROM "GoneTeam" WHERE name = ${NAME}`,
      /relation "GoneTeam" does not exist/,
    ],
    [
      "an address that is there already",
      async (prisma) => {
        await prisma.person.create({ data: person });
        await prisma.person.create({ data: { ...person, id: "q" } });
      },
      /Unique constraint failed/,
    ],
    [
      "a row that a check refuses, in a statement",
      (prisma) =>
        prisma.$executeRaw`INSERT INTO "Team" (id, body, name) VALUES (${NAME}, NULL, ${"planted@x.invalid"})`,
      /null value in column "body" of relation "Team"|Null constraint violation/,
    ],
    [
      "a value that is none of its type",
      (prisma) => prisma.$queryRaw`SELECT ${NAME}::text::date`,
      /invalid input syntax for type date/,
    ],
    [
      "an argument of the wrong kind",
      (prisma) =>
        prisma.person.create({
          data: { ...person, roles: NAME as unknown as string[], status: NAME as unknown as "left" },
        }),
      /prisma\.person\.create\(\)/,
    ],
  ])("names %s, and nobody", async (_, ask, words) => {
    const failure = await ask(database().prisma).then(
      () => null,
      (error: unknown): FailureLine => describeFailure(error),
    );
    expect(failure?.class).toMatch(/^PrismaClient|DatabaseError/);
    expect(failure?.message).toMatch(words);
    expect(failure?.stack).toMatch(/^at /);
    expect(JSON.stringify(failure)).not.toMatch(/planted|siobh/i);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";

const NAME = "20261129011857_addresses_compared_by_equality";
const sql = readFileSync(`prisma/migrations/${NAME}/migration.sql`, "utf8");
/** What it does to existing rows: the block, without its changes to tables. */
const block = sql.slice(sql.indexOf("DO $$"), sql.indexOf("END $$;") + "END $$;".length);

describeOnEachDatabase("addresses that were kept before", (database) => {
  const before = async (...emails: string[]) => {
    await database().prisma.$executeRawUnsafe(`ALTER TABLE "Person" DROP CONSTRAINT IF EXISTS "Person_email"`);
    for (const [at, email] of emails.entries()) {
      await addPerson(database(), `p${at}`);
      await database().prisma.person.update({ where: { id: `p${at}` }, data: { email } });
    }
  };
  const migrate = () => database().prisma.$executeRawUnsafe(block);
  const emails = async () =>
    (await database().prisma.person.findMany({ orderBy: { id: "asc" } })).map(({ email }) => email);

  it("are put into the form in which they are compared, letter by letter as the portal does it", async () => {
    const odd = [
      "Ann.LEE@Nao.invalid",
      "ÉMILE@x.invalid",
      "\u212aim@x.invalid",
      "İan@x.invalid",
      "ΣΑΣ@x.invalid",
      "ẞ@x.invalid",
      "Ａ@x.invalid",
      "plain@x.invalid",
    ];
    await before(...odd);
    await database().prisma.scimUser.create({
      data: { personId: "p2", userName: "\u212aIM", userNameKey: "kim", said: [] },
    });
    await migrate();
    expect(await emails()).toEqual(odd.map(smallLetters));
    expect((await database().prisma.scimUser.findUniqueOrThrow({ where: { personId: "p2" } })).userNameKey).toBe(
      "\u212aim",
    );
    await database().prisma.$executeRawUnsafe(sql.slice(sql.indexOf(`ALTER TABLE "Person" ADD`)));
    await expect(
      database().prisma.person.update({ where: { id: "p7" }, data: { email: "Plain@x.invalid" } }),
    ).rejects.toThrow();
  });

  it("stop it where two people have one, capital letters aside, and say whose and what to do; nothing is lost", async () => {
    const twice = ["Ann@x.invalid", "ann@x.invalid", "Bo@x.invalid", "BO@x.invalid", "cy@x.invalid", "Dee@x.invalid"];
    await before(...twice);
    await expect(migrate()).rejects.toThrow(
      /Two people have one e-mail address, capital letters aside: (Ann@x.invalid and ann@x.invalid; (Bo@x.invalid and BO|BO@x.invalid and Bo)@x.invalid|(Bo@x.invalid and BO|BO@x.invalid and Bo)@x.invalid; Ann@x.invalid and ann@x.invalid)\. Start the version/,
    );
    expect(await emails()).toEqual(twice);
    await database().prisma.person.update({ where: { id: "p0" }, data: { email: "ann.old@x.invalid" } });
    await database().prisma.person.update({ where: { id: "p3" }, data: { email: "bo.old@x.invalid" } });
    await migrate();
    expect(await emails()).toEqual([
      "ann.old@x.invalid",
      "ann@x.invalid",
      "bo@x.invalid",
      "bo.old@x.invalid",
      "cy@x.invalid",
      "dee@x.invalid",
    ]);
    await database().prisma.$executeRawUnsafe(sql.slice(sql.indexOf(`ALTER TABLE "Person" ADD`)));
  });
});

describe("the pairs of letters in it", () => {
  it("are those of the portal", () => {
    const [, capitals = "", smalls = ""] =
      /capitals CONSTANT text := '(.*)';\s+smalls CONSTANT text := '(.*)';/u.exec(sql) ?? [];
    expect([...capitals].map(smallLetters).join("")).toBe(smalls);
    expect([...capitals].length).toBeGreaterThan(1000);
  });
});

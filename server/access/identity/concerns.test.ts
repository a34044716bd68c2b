import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { fillEveryTable } from "#server/testing/fill-every-table.ts";
import { asSignedIn } from "#server/testing/people.ts";
import { findActor, concernsOf, type Concerns } from "./queries.ts";

/** What makes something concern somebody, by table, and the column that names them. */
const TABLES: Readonly<Record<keyof Concerns, readonly (readonly [table: string, column: string])[]>> = {
  exceptions: [["Exception", "requesterId"]],
  sharedExceptions: [],
  groups: [
    ["GroupMember", "personId"],
    ["ChatGroup", "requesterId"],
  ],
  phoneReturns: [["PhoneReturn", "personId"]],
  incidents: [
    ["Incident", "reporterId"],
    ["Incident", "managerId"],
    ["IncidentAction", "ownerId"],
  ],
  holds: [["HoldTarget", "personId"]],
  consents: [["Consent", "personId"]],
  searches: [["SearchRequest", "personId"]],
  samples: [["SampledPerson", "personId"]],
  begun: [["BegunForm", "personId"]],
  receipts: [["Receipt", "personId"]],
  people: [
    ["Person", "managerId"],
    ["Team", "managerId"],
    ["Deputy", "deputyId"],
  ],
};

describeOnEachDatabase("what may concern somebody who has no role", (database) => {
  it("is what names them, each kind by itself", async () => {
    const { prisma } = database();
    await fillEveryTable(prisma);
    const sql = async (...statements: string[]) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
        for (const statement of statements) await tx.$executeRawUnsafe(statement);
      });
    const all = Object.values(TABLES).flat();
    // To begin with, everything names somebody else.
    await sql(
      `UPDATE "Person" SET body = 'nao', status = 'active', roles = '{employee}', "startsOn" = NULL, "isSample" = false`,
      ...all.map(
        ([table, column]) => `UPDATE "${table}" SET "${column}" = 'no ${column} ' || id WHERE "${column}" IS NOT NULL`,
      ),
      `UPDATE "Deputy" SET "principalId" = 'nobody'`,
      `UPDATE "Hold" SET body = 'nao', "isOnSubject" = false, "endedAt" = NULL, "endedById" = NULL, "endReason" = NULL`,
      `UPDATE "HoldTarget" SET "groupId" = 'no group' WHERE "groupId" IS NOT NULL`,
      `UPDATE "Exception" SET "teamId" = NULL, "groupId" = NULL`,
    );
    const found = async (): Promise<string[]> => {
      const actor = await findActor("Person 1");
      const concerns = actor && concernsOf(await asSignedIn(database(), actor));
      return Object.entries(concerns ?? { nothing: true }).flatMap(([kind, is]) => (is ? [kind] : []));
    };
    expect(await found()).toEqual([]);
    for (const [kind, tables] of Object.entries(TABLES))
      for (const [table, column] of tables) {
        const [where] = await prisma.$queryRawUnsafe<[{ id: string }]>(
          `SELECT min(id) AS id FROM "${table}" WHERE id <> 'Person 1'`,
        );
        await sql(`UPDATE "${table}" SET "${column}" = 'Person 1' WHERE id = '${where.id}'`);
        expect(await found(), `${table}.${column}`).toEqual([kind]);
        await sql(`UPDATE "${table}" SET "${column}" = 'no ${column}' WHERE id = '${where.id}'`);
      }
    const set = async (table: string, change: string) =>
      sql(`UPDATE "${table}" SET ${change} WHERE id = (SELECT min(id) FROM "${table}")`);
    await sql(`UPDATE "Person" SET "teamId" = 'their team' WHERE id = 'Person 1'`);
    await set("Exception", `"teamId" = 'their team'`);
    expect(await found()).toEqual(["sharedExceptions"]);
    await set("Exception", `"teamId" = NULL, "groupId" = 'their group'`);
    await set("GroupMember", `"personId" = 'Person 1', "groupId" = 'their group'`);
    expect(await found()).toEqual(["sharedExceptions", "groups"]);
    await set("Exception", `"groupId" = NULL`);
    await set("HoldTarget", `"personId" = NULL, "groupId" = 'their group'`);
    expect(await found()).toEqual(["groups", "holds"]);
    await set("GroupMember", `"personId" = 'somebody else'`);
    expect(await found()).toEqual([]);
    await sql(`UPDATE "Hold" SET "isOnSubject" = true`);
    expect(await found()).toEqual(["holds"]);
    await sql(`UPDATE "Hold" SET body = 'model'`);
    expect(await found()).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { fillEveryTable } from "#server/testing/fill-every-table.ts";
import { asSignedIn } from "#server/testing/people.ts";
import { findActor, concernsOf, type Concerns } from "./queries.ts";

/** What makes something concern somebody, by table, and the column that names them. */
const TABLES: Readonly<Record<keyof Concerns, readonly (readonly [table: string, column: string])[]>> = {
  exceptions: [["Exception", "requesterId"]],
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
  holds: [["Hold", "body"]],
  consents: [["Consent", "personId"]],
  searches: [["SearchRequest", "personId"]],
  samples: [["SampledPerson", "personId"]],
  begun: [["BegunForm", "personId"]],
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
      `UPDATE "Hold" SET "endedAt" = NULL, "endedById" = NULL, "endReason" = NULL`,
    );
    const found = async (): Promise<string[]> => {
      const actor = await findActor("Person 1");
      const concerns = actor && concernsOf(await asSignedIn(database(), actor));
      return Object.entries(concerns ?? { nothing: true }).flatMap(([kind, is]) => (is ? [kind] : []));
    };
    expect(await found()).toEqual([]);
    for (const [kind, tables] of Object.entries(TABLES))
      for (const [table, column] of tables) {
        const name = column === "body" ? "nao" : "Person 1";
        const [where] = await prisma.$queryRawUnsafe<[{ id: string }]>(
          `SELECT min(id) AS id FROM "${table}" WHERE id <> 'Person 1'`,
        );
        await sql(`UPDATE "${table}" SET "${column}" = '${name}' WHERE id = '${where.id}'`);
        expect(await found(), `${table}.${column}`).toEqual([kind]);
        await sql(`UPDATE "${table}" SET "${column}" = 'no ${column}' WHERE id = '${where.id}'`);
      }
  });
});

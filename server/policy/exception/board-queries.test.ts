import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { readExceptionsAtMoments } from "./figures-queries.ts";

const end = (day: string) => ({ day, at: new Date(`${day}T23:00:00Z`) });

describeOnEachDatabase("exceptions at the ends of days", (database) => {
  it("counts those in force then, and the decisions in between, of one body", async () => {
    await addPerson(database(), "ann");
    await addStoredExceptions(database(), "ann", [
      {}, // from 2 November 2026 to the end of March 2027
      { endsAt: new Date("2026-12-01T00:00:00Z") },
      { state: "declined", startsAt: null, endsAt: null },
      { state: "revoked", startsAt: null, endsAt: null }, // before its first day
      { body: "nottingham" },
    ]);
    const moments = [end("2026-11-01"), end("2026-11-15"), end("2026-12-15")];
    const found = await readExceptionsAtMoments("nao", moments, new Date("2026-11-01"));
    expect(found.at.map(({ inForce }) => inForce)).toEqual([0, 2, 1]);
    expect([found.approved, found.declined]).toEqual([3, 1]);
    expect(await readExceptionsAtMoments("nao", [], new Date("2026-11-01"))).toMatchObject({ at: [] });
  });
});

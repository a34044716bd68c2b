import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { readAccidentCounts } from "./count-queries.ts";

describeOnEachDatabase("accidents by period", (database) => {
  it("counts each in the period in which the body knew of it, and leaves no period out", async () => {
    await addPerson(database(), "ann");
    const add = (id: string, awareAt: Date, body = "nao") =>
      database().prisma.incident.create({
        data: {
          id,
          reference: id,
          body,
          reporterId: "ann",
          startKey: id,
          kind: id === "third" ? "offensive" : "shared",
          reportedAt: awareAt,
          mayBePersonalData: true,
          awareAt,
          warnedAtHours: [],
        },
      });
    await add("first", new Date("2027-01-10"));
    await add("second", new Date("2027-03-10"));
    await add("third", new Date("2027-03-11"));
    await add("elsewhere", new Date("2027-03-11"), "nottingham");
    const starts = ["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01"].map((day) => new Date(day));
    expect(await readAccidentCounts("nao", starts)).toEqual([
      { period: 0, accidents: 1, breaches: 1 },
      { period: 1, accidents: 0, breaches: 0 },
      { period: 2, accidents: 2, breaches: 1 },
    ]);
  });
});

import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { APPLY_RETENTION } from "./job.ts";

const NOW = new Date("2026-11-24T03:20:00Z");

describeOnEachDatabase("deleting what has been kept long enough", (database) => {
  it("says what was deleted and how much, does it once on two servers, and then finds nothing", async () => {
    await addPerson(database(), "ann");
    const notice = (id: string, createdAt: string) => {
      const words = { kind: "hold-ended", subject: "It is over", paragraphs: [], href: "/holds" };
      const data = { id, body: "nao", personId: "ann", ...words, createdAt: new Date(createdAt) };
      return database().prisma.notice.create({ data });
    };
    await notice("old", "2026-01-05T12:00:00Z");
    await notice("older", "2025-01-05T12:00:00Z");
    await notice("new", "2026-11-20T12:00:00Z");
    const said = await Promise.all([APPLY_RETENTION.run(NOW), APPLY_RETENTION.run(NOW)]);
    expect(said).toContain("Nothing was due.");
    expect(said.find((line) => line !== "Nothing was due.")).toMatch(/^[A-Z][^:]*: 2\.$/);
    expect((await database().prisma.notice.findMany()).map(({ id }) => id)).toEqual(["new"]);
    expect(await APPLY_RETENTION.run(NOW)).toBe("Nothing was due.");
    expect(await database().prisma.evidence.findMany()).toMatchObject([{ event: "retention.applied", body: "nao" }]);
  });
});

import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { MAKE_DIGESTS } from "./job.ts";

const WORKING_DAY = new Date("2026-11-24T09:00:00Z");

describeOnEachDatabase("making digests", (database) => {
  it("looks at everybody once a working day, however often it runs", async () => {
    await addPerson(database(), "ann");
    await addPerson(database(), "bob");
    expect(await MAKE_DIGESTS.run(WORKING_DAY)).toMatch(/^Looked at 2 people, wrote \d\.$/);
    expect(await MAKE_DIGESTS.run(WORKING_DAY)).toBe("Nothing to do: everybody's was looked at today.");
    await addPerson(database(), "cay");
    expect(await MAKE_DIGESTS.run(WORKING_DAY), "who joined since").toMatch(/^Looked at 1 people, wrote \d\.$/);
  });
});

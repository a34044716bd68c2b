import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/evidence/export";
const PERIOD = {
  "from-day": "1",
  "from-month": "4",
  "from-year": "2026",
  "until-day": "2",
  "until-month": "4",
  "until-year": "2026",
};

describeOnOneDatabase("the form of an export of the evidence", (database) => {
  it("hands out a file, and writes it down", async () => {
    const auditor = await addPerson(database(), "abe", { roles: ["employee", "auditor"] });
    expect((await post(POST, auditor, PATH, { ...PERIOD, holds: "commitments" })).status).toBe(200);
    const events = await database().prisma.evidence.findMany({ select: { event: true } });
    expect(events.map(({ event }) => event)).toContain("evidence.exported");
  });

  it("says what is wrong with the period, and keeps what was typed", async () => {
    const auditor = await addPerson(database(), "abe", { roles: ["employee", "auditor"] });
    const { to, problems, kept } = await post(POST, auditor, PATH, { ...PERIOD, "until-day": "31" });
    expect(to).toBe(PATH);
    expect(Object.keys(problems)).toEqual(["until", "holds"]);
    expect(kept).toMatchObject({ "from-day": "1", "until-day": "31" });
  });

  it("is not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), PATH, PERIOD)).status).toBe(404);
  });
});

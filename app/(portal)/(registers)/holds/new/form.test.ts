import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const HOLD = { reason: "inquiry", keep: "All about the bridge.", onSubject: "yes", startKey: "one" };

describeOnOneDatabase("the form of a new hold", (database) => {
  it("places a hold once", async () => {
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const { to } = await post(POST, officer, "/holds/new", HOLD);
    expect(to).toMatch(/^\/holds\/HLD-.{9}\?done=1$/);
    expect((await post(POST, officer, "/holds/new", HOLD)).to).toBe(to);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const { to, problems, kept } = await post(POST, officer, "/holds/new", { keep: "It", "occurredOn-day": "31" });
    expect(to).toBe("/holds/new");
    expect(Object.keys(problems)).toEqual(["reason", "onSubject", "occurredOn"]);
    expect(problems["occurredOn"]).toBe("The day must have a month and a year.");
    expect(kept).toEqual({ keep: "It", "occurredOn-day": "31" });
  });

  it("is not there for others", async () => {
    const { status } = await post(POST, await addPerson(database(), "emma"), "/holds/new", HOLD);
    expect(status).toBe(404);
  });
});

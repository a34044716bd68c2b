import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/complaints/new";
const FULL = { startKey: "one", asked: "  My leave was posted in a chat. " };

describeOnOneDatabase("the form of a complaint about one's data", (database) => {
  it("takes it once, from anybody", async () => {
    const employee = await addPerson(database(), "emma");
    const { to } = await post(POST, employee, PATH, FULL);
    const reference = /^\/requests\/(REQ-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    expect((await post(POST, employee, PATH, FULL)).to).toBe(to);
    expect(await getInformationRequest(employee, reference)).toMatchObject({
      isOwn: true,
      kind: "complaint",
      texts: { asked: "My leave was posted in a chat." },
    });
    expect(await database().prisma.informationRequest.count()).toBe(1);
  });

  it("refuses one that says nothing or too much, and keeps what was typed", async () => {
    const employee = await addPerson(database(), "emma");
    await expectRefusals((sent) => post(POST, employee, PATH, sent), FULL, [
      [{ asked: " \n" }, "asked", /^Say what happened with your data/],
      [{ asked: "x".repeat(5001) }, "asked", /5,000/],
    ]);
    expect(await database().prisma.informationRequest.count()).toBe(0);
  });
});

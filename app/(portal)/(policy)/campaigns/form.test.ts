import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/campaigns";
const FULL = { startKey: "one", policy: "nao", reason: "A change of spelling." };

describeOnOneDatabase("the form that says that a version needs no campaign", (database) => {
  const campaigns = () => database().prisma.campaign.findMany();

  it("takes it once, with the reason, or says what is missing", async () => {
    await serveVersions("nao", []);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await expectRefusals((sent) => post(POST, officer, PATH, sent), FULL, [
      [{ reason: "" }, "reason", /^Say why none is needed/],
      [{ reason: "x".repeat(1001) }, "reason", /1,000/],
    ]);
    expect(await campaigns()).toEqual([]);
    for (const _ of [1, 2]) expect(await post(POST, officer, PATH, FULL)).toMatchObject({ to: PATH, problems: {} });
    expect(await campaigns()).toMatchObject([{ state: "not_needed", policy: "nao", endReason: FULL.reason }]);
    expect((await post(POST, officer, PATH, { ...FULL, policy: "nottingham" })).status).toBe(404);
  });

  it("is not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), PATH, FULL)).status).toBe(404);
  });
});

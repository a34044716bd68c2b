import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that saves the evidence as a list", (database) => {
  it("answers with a file and writes it down; it is not there for others", async () => {
    const auditor = await addPerson(database(), "abe", { roles: ["employee", "auditor"] });
    const sent = { actor: "the portal", from: "2026-02-31" };
    expect((await post(POST, await addPerson(database(), "emma"), "/evidence", sent)).status).toBe(404);
    expect(await database().prisma.evidence.count()).toBe(0);
    expect(await post(POST, auditor, "/evidence", sent)).toMatchObject({ status: 200, problems: {} });
    expect(await database().prisma.evidence.findMany()).toMatchObject([{ event: "evidence.exported", actor: "abe" }]);
  });
});

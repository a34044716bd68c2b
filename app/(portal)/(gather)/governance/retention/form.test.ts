import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { POST } from "./send/route.ts";

const PATH = "/governance/retention";

describeOnOneDatabase("the form of texts that may still name somebody", (database) => {
  it("leaves a text or replaces the words in it, for governance officers alone", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await addPerson(database(), "left");
    await addStoredExceptions(database(), "left", [{ justification: "Una knows." }]);
    const { prisma } = database();
    const of = { body: "nao", personId: "left", table: "Exception", words: ["Una"], foundAt: new Date() };
    await prisma.nameDoubt.create({ data: { id: "one", row: "e000000", ...of } });
    const press = { doubt: "one", outcome: "replaced" };
    expect((await post(POST, auditor, PATH, press)).status).toBe(404);
    expect((await post(POST, officer, PATH, { ...press, outcome: "other" })).status).toBe(404);
    expect(await prisma.nameDoubt.count()).toBe(1);
    expect((await post(POST, officer, PATH, press)).to).toBe(PATH);
    expect(await prisma.exception.findFirst()).toMatchObject({ justification: "Person left knows." });
    expect((await post(POST, officer, PATH, press)).status).toBe(404);
    expect(await prisma.nameDoubt.count()).toBe(0);
  });
});

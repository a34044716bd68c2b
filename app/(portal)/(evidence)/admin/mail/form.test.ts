import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form for a test mail", (database) => {
  it("sends one to an administrator", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    expect((await post(POST, administrator, "/admin/mail")).to).toBe("/admin/mail?tested=1");
  });

  it("is not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), "/admin/mail")).status).toBe(404);
  });
});

describeOnOneDatabase("the form that sends mails again", (database) => {
  it("queues those that are ticked, asks for one, and is not there for others", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    await post(POST, administrator, "/admin/mail");
    await database().prisma.mail.updateMany({ data: { state: "dead", reason: "No such mailbox" } });
    const [mail] = await database().prisma.mail.findMany();
    const sent = { do: "again", mail: mail?.id ?? "" };
    expect((await post(POST, await addPerson(database(), "emma"), "/admin/mail", sent)).status).toBe(404);
    const nothing = await post(POST, administrator, "/admin/mail", { do: "again" });
    expect(Object.values(nothing.problems)).toEqual(["Tick the mails to send again."]);
    expect((await post(POST, administrator, "/admin/mail", sent)).to).toBe("/admin/mail?again=1");
    expect((await database().prisma.mail.findMany()).map(({ state }) => state)).toEqual(["waiting"]);
  });
});

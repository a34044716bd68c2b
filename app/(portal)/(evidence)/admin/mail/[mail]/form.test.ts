import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as sendTestMail } from "../send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of one mail", (database) => {
  it("sends it again for an administrator, and is not there for others", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    await post(sendTestMail, administrator, "/admin/mail");
    const { id } = await database().prisma.mail.findFirstOrThrow();
    const path = `/admin/mail/${id}`;
    const params = { mail: id };
    expect((await post(POST, administrator, path, {}, params)).to).toBe(`${path}?again=1`);
    expect((await post(POST, administrator, "/admin/mail/none", {}, { mail: "none" })).status).toBe(404);
    expect((await post(POST, await addPerson(database(), "emma"), path, {}, params)).status).toBe(404);
  });
});

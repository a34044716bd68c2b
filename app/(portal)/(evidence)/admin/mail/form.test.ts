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

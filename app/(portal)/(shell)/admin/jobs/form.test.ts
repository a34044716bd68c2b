import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/admin/jobs";

describeOnOneDatabase("the form of timed work", (database) => {
  it("says where timed work does not run, and is not there for others, or for work that there is none of", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    expect((await post(POST, administrator, PATH, { job: "apply-retention" })).to).toBe(`${PATH}?stopped=1`);
    expect((await post(POST, administrator, PATH, { job: "tidy" })).status).toBe(404);
    expect((await post(POST, await addPerson(database(), "emma"), PATH, { job: "apply-retention" })).status).toBe(404);
  });
});

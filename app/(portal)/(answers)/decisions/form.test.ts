import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./seen/send/route.ts";

describeOnOneDatabase("the form for results that would be different now", (database) => {
  it("leads back to the list, or to the tasks it was pressed among", async () => {
    const employee = await addPerson(database(), "emma");
    expect((await post(POST, employee, "/decisions")).to).toBe("/decisions");
    const asTask = { policy: "nao", backTo: "tasks" };
    expect((await post(POST, employee, "/decisions", asTask)).to).toBe("/tasks?done=1");
  });
});

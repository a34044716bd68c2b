import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./feed/send/route.ts";

describeOnOneDatabase("the forms of the tasks' calendar", (database) => {
  it("make a secret address, to be shown once, and end it", async () => {
    const employee = await addPerson(database(), "emma");
    const feeds = () => database().prisma.taskFeed.count();
    expect((await post(POST, employee, "/tasks", { do: "make" })).to).toMatch(/^\/tasks\?calendar=[\w-]+#calendar$/);
    expect(await feeds()).toBe(1);
    expect((await post(POST, employee, "/tasks", { do: "share" })).status).toBe(404);
    expect((await post(POST, employee, "/tasks", { do: "end" })).to).toBe("/tasks#calendar");
    expect(await feeds()).toBe(0);
  });
});

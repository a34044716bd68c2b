import { expect, it } from "vitest";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getOwnFeed, listFeedTasks } from "./queries.ts";
import { endFeed, makeFeed } from "./service.ts";

describeOnEachDatabase("the calendar of one's tasks", (database) => {
  it("is found at its secret address alone, which is stored nowhere, until it is ended or renewed", async () => {
    await serveVersions("nao", []);
    const person = await addPerson(database(), "person");
    const other = await addPerson(database(), "other");
    expect(await getOwnFeed(person)).toBeNull();
    const secret = (await makeFeed(person)) ?? "";
    const others = (await makeFeed(other)) ?? "";
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await database().prisma.taskFeed.findMany())).not.toContain(secret);
    const [task, ...more] = (await listFeedTasks(secret)) ?? [];
    expect(more).toEqual([]);
    expect(task?.title).toMatch(/^Accept or decline/);
    expect(task?.href).toBe("/policies/nao/acknowledge");
    for (const wrong of ["", "x", secret.slice(1), `${secret}x`, secret.toUpperCase()])
      expect(await listFeedTasks(wrong), wrong).toBeNull();
    const renewed = (await makeFeed(person)) ?? "";
    expect(await listFeedTasks(secret)).toBeNull();
    expect(await listFeedTasks(renewed)).toHaveLength(1);
    await endFeed(person);
    expect(await listFeedTasks(renewed)).toBeNull();
    expect(await getOwnFeed(person)).toBeNull();
    expect(await listFeedTasks(others)).not.toBeNull();
  });

  it("ends at once when its person leaves, or its body is served no more", async () => {
    await serveVersions("nao", []);
    const person = await addPerson(database(), "person");
    const secret = (await makeFeed(person)) ?? "";
    await database().prisma.person.update({ where: { id: "person" }, data: { body: "gone" } });
    expect(await listFeedTasks(secret)).toBeNull();
    await database().prisma.person.update({ where: { id: "person" }, data: { body: "nao" } });
    expect(await listFeedTasks(secret)).not.toBeNull();
    await database().prisma.person.update({ where: { id: "person" }, data: { status: "left" } });
    expect(await listFeedTasks(secret)).toBeNull();
  });
});

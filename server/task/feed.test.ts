import { expect, it } from "vitest";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getOwnFeed, listFeedTasks } from "./feed-queries.ts";
import { endFeed, makeFeed } from "./feed-service.ts";

describeOnEachDatabase("the calendar of one's tasks", (database) => {
  const secretOf = (address: string | null | undefined) => /\/tasks\/feed\/(.+)\.ics$/.exec(address ?? "")?.[1] ?? "";

  it("is found at its secret address alone, which is stored nowhere, until it is ended or renewed", async () => {
    await serveVersions("nao", []);
    const person = await addPerson(database(), "person");
    const other = await addPerson(database(), "other");
    expect(await getOwnFeed(person)).toBeNull();
    await makeFeed(person);
    await makeFeed(other);
    const secret = secretOf((await getOwnFeed(person))?.address);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await database().prisma.taskFeed.findMany())).not.toContain(secret);
    const [task, ...others] = (await listFeedTasks(secret)) ?? [];
    expect(others).toEqual([]);
    expect(task?.title).toMatch(/^Accept or decline/);
    expect(task?.href).toBe("/policies/nao/acknowledge");
    for (const wrong of ["", "x", secret.slice(1), `${secret}x`, secret.toUpperCase()])
      expect(await listFeedTasks(wrong), wrong).toBeNull();
    await makeFeed(person);
    const renewed = secretOf((await getOwnFeed(person))?.address);
    expect(await listFeedTasks(secret)).toBeNull();
    expect(await listFeedTasks(renewed)).toHaveLength(1);
    await endFeed(person);
    expect(await listFeedTasks(renewed)).toBeNull();
    expect(await getOwnFeed(person)).toBeNull();
    expect((await getOwnFeed(other))?.address).not.toBeNull();
  });

  it("ends at once when its person leaves, or its body is served no more", async () => {
    await serveVersions("nao", []);
    const person = await addPerson(database(), "person");
    await makeFeed(person);
    const secret = secretOf((await getOwnFeed(person))?.address);
    await database().prisma.person.update({ where: { id: "person" }, data: { body: "gone" } });
    expect(await listFeedTasks(secret)).toBeNull();
    await database().prisma.person.update({ where: { id: "person" }, data: { body: "nao" } });
    expect(await listFeedTasks(secret)).not.toBeNull();
    await database().prisma.person.update({ where: { id: "person" }, data: { status: "left" } });
    expect(await listFeedTasks(secret)).toBeNull();
  });
});

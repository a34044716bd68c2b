import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getSchedule } from "./queries.ts";
import { insertRun, writeRunEnd } from "./repository.ts";
import { useRunning } from "./running.ts";
import { runJobNow } from "./service.ts";

const HOUR_MS = 60 * 60_000;

describeOnEachDatabase("timed work for administrators", (database) => {
  let administrator: Actor;
  const runNow = vi.fn<(name: string, personId: string) => Promise<void>>();
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    runNow.mockReset();
    useRunning({ kind: "running", scheduler: { runNow, stop: async () => {} } });
  });
  afterEach(() => useRunning(undefined));
  const evidence = () => database().prisma.evidence.findMany();

  it("runs at once when asked, which is evidence", async () => {
    expect(await runJobNow(administrator, "send-mail")).toBe("asked");
    expect(runNow.mock.calls).toEqual([["send-mail", "administrator"]]);
    expect(await evidence()).toMatchObject([{ event: "job.asked-for", subject: "send-mail", actor: "administrator" }]);
  });

  it("is nobody else's to see or to run, and nothing where there is no such job or nothing runs", async () => {
    const roles = ROLES.filter((role) => role !== "administrator");
    const everythingElse = await addPerson(database(), "everything-else", { roles });
    expect(await runJobNow(everythingElse, "send-mail")).toBe("not-found");
    expect(await getSchedule(everythingElse)).toBeNull();
    expect(await runJobNow(administrator, "none")).toBe("not-found");
    const failed = { reason: "permission denied for database", tries: 3, nextTryAt: new Date() };
    useRunning({ kind: "failed", ...failed });
    expect(await runJobNow(administrator, "send-mail")).toBe("not-running");
    expect((await getSchedule(administrator))?.stopped).toMatchObject(failed);
    expect(runNow).not.toHaveBeenCalled();
    expect(await evidence()).toEqual([]);
  });

  it("shows last and next runs and failures, and names nobody of another body", async () => {
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
    const now = Date.now();
    const start = async (hoursAgo: number, attempt: number, askedById: string | null = null) =>
      insertRun(database().prisma, {
        job: "send-mail",
        dueAt: new Date(now - hoursAgo * HOUR_MS),
        attempt,
        askedById,
        startedAt: new Date(now - hoursAgo * HOUR_MS),
      });
    const failed = await start(5, 1);
    await writeRunEnd(database().prisma, failed ?? "", { endedAt: new Date(), failure: "It broke." });
    await start(3, 1); // nobody recorded how it ended
    const done = await start(2, 2, "stranger");
    await writeRunEnd(database().prisma, done ?? "", { endedAt: new Date(), result: "Sent 2." });
    await start(0, 1, "administrator");
    expect(await start(2, 2), "begun already").toBeNull();
    const job = (await getSchedule(administrator))?.jobs.find(({ name }) => name === "send-mail");
    expect(job?.runs.map(({ outcome, words, askedBy }) => [outcome, words, askedBy])).toEqual([
      ["running", "", "you"],
      ["done", "Sent 2.", "another body"],
      ["broken-off", "", null],
      ["failed", "It broke.", null],
    ]);
    expect(job?.failures).toMatchObject([{ words: "It broke." }]);
    expect(job?.nextAt.getTime()).toBeGreaterThan(now);
    expect(JSON.stringify(await getSchedule(stranger))).not.toContain(administrator.name);
  });
});

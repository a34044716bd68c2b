import { afterEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { readAnswersAtMoments } from "./board-queries.ts";

const end = (day: string) => ({ day, at: new Date(`${day}T23:59:59Z`) });

describeOnEachDatabase("answers at the ends of days", (database) => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("counts who was there and had accepted by then", async () => {
    vi.spyOn(clock, "now").mockReturnValue(new Date("2027-03-01T12:00:00Z"));
    const { bodies, policies } = await loadContent();
    const body = bodies.find(({ slug }) => slug === "nao");
    const version = policies.find(({ slug }) => slug === "nao")?.versions[0];
    if (!body || !version) throw new Error("The policy is not there.");
    const { prisma } = database();
    const on = { policy: "nao", version: version.version, hash: version.hash };
    await prisma.policyRelease.create({ data: { ...on, body: "nao", servedAt: new Date("2026-12-10") } });
    for (const id of ["ann", "bob"]) await addPerson(database(), id, { joinedAt: new Date("2026-01-01") });
    const given = { id: "a", reference: "ACK-a", body: "nao", personId: "ann", attempt: 1, statement: "I accept." };
    const givenAt = new Date("2027-01-10T12:00:00Z");
    await prisma.acknowledgement.create({ data: { ...given, ...on, answer: "accepted", givenAt } });
    const moments = [end("2026-12-01"), end("2027-01-05"), end("2027-01-31")];
    const [found] = (await readAnswersAtMoments(body, moments)).policies;
    const sum = (counts: readonly { people: number; accepted: number }[] | null) =>
      counts && [counts.reduce((all, one) => all + one.people, 0), counts.reduce((all, one) => all + one.accepted, 0)];
    expect(found?.counts.map(sum)).toEqual([null, [2, 0], [2, 1]]);
    expect(await readAnswersAtMoments(body, [])).toEqual({ policies: [], teams: new Map() });
  });
});

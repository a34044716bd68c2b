import { expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { transact } from "./transact.ts";
import { verifyChains } from "./verification.ts";

describeOnEachDatabase("a clock that is put back", (database) => {
  it("leaves the chain intact, in the order in which things happened", async () => {
    for (const [index, at] of ["2026-11-24T12:00:00Z", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"].entries()) {
      vi.spyOn(clock, "now").mockReturnValue(new Date(at));
      const event = { body: "nao", event: "policy.declined" as const, actor: "a", subject: `s${index}` };
      await transact(() => Promise.resolve({ result: null, evidence: [{ ...event, at: clock.now() }] }));
    }
    const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    expect(rows.map(({ subject, at }) => [subject, at.toISOString().slice(11, 13)])).toEqual([
      ["s0", "12"],
      ["s1", "09"],
      ["s2", "09"],
    ]);
    expect((await verifyChains(database().prisma)).map(({ fault }) => fault)).toEqual([null]);
  });
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getMatrixPage } from "#server/policy/policy/matrix-queries.ts";
import { getOutcomePage } from "#server/policy/policy/outcome-queries.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getReceipt, getOwnReceipts, listChangedResults, resultToKeep } from "./queries.ts";
import { keepReceipt, markSeen } from "./service.ts";

const SLUG = "devolved-government";
/** A team on the list, times and places: allowed until 31 March 2027, which ends at 23:00 UTC, in summer time. */
const OF_LIST: Answers = {
  device: "work",
  use: "arrangements",
  content: "non-sensitive",
  outage: "no",
  transition: "yes",
  capture: "yes",
};
const LAST_MINUTE = new Date("2027-03-31T22:59:00Z");
const FIRST_MINUTE = new Date("2027-03-31T23:00:00Z");

describeOnOneDatabase("rules that end on a day", (database) => {
  let employee: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(LAST_MINUTE);
    await serveRealContent();
    employee = await addPerson(database(), "employee", { body: "example-government" });
  });
  afterEach(() => void vi.restoreAllMocks());

  const shown = async (on: string | null = null) => {
    const policy = await getPolicy(employee, SLUG, on);
    const result = policy && resultToKeep(policy, await getDecidingTable({ ...employee }, policy), OF_LIST);
    if (!policy || !result) throw new Error("There is no result.");
    return { ...result, policy };
  };
  const at = (moment: Date) => vi.mocked(clock.now).mockReturnValue(moment);

  it("decides by the day in the United Kingdom, with the same version on both sides", async () => {
    const before = await shown();
    expect(before.content).toMatchObject({ verdict: "with-care", day: "2027-03-31", holdsUntil: "2027-03-31" });
    at(FIRST_MINUTE);
    const after = await shown();
    expect(after.content).toMatchObject({ verdict: "exception-only", day: "2027-04-01" });
    expect(after.content.holdsUntil).toBeUndefined();
    expect(after.policy.version.hash).toBe(before.policy.version.hash);
    expect(after.policy.version.rulesHash).not.toBe(before.policy.version.rulesHash);
  });

  it("decides for the day asked, wherever it is asked", async () => {
    expect((await shown("2027-04-01")).content.verdict).toBe("exception-only");
    at(FIRST_MINUTE);
    expect((await shown("2027-03-31")).content.verdict).toBe("with-care");
    const rules = async (on: string) => {
      const [matrix, outcomes] = [
        await getMatrixPage(employee, SLUG, { on }),
        await getOutcomePage(employee, SLUG, { on, transition: "yes" }),
      ];
      return [matrix?.policy, outcomes?.policy].map((policy) =>
        policy?.version.table.rules.some(({ id }) => id === "transition"),
      );
    };
    expect(await rules("2027-03-31")).toEqual([true, true]);
    expect(await rules("2027-04-01")).toEqual([false, false]);
    expect(await rules("no day")).toEqual([false, false]);
  });

  it("serves one content for each period, and not another for each day", async () => {
    const before = await loadContent();
    at(new Date("2027-03-01T12:00:00Z"));
    expect(await loadContent()).toBe(before);
    at(FIRST_MINUTE);
    const after = await loadContent();
    expect(after).not.toBe(before);
    const tableOf = ({ policies }: typeof after, slug: string) =>
      policies.find((policy) => policy.slug === slug)?.versions.at(-1)?.table;
    expect(tableOf(after, SLUG)).not.toBe(tableOf(before, SLUG));
    expect(tableOf(after, "nao")).toBe(tableOf(before, "nao"));
  });

  it("keeps the day, finds the receipt right afterwards, and tells once that today's rules say something else", async () => {
    const { fingerprint } = await shown();
    const kept = await keepReceipt(employee, { slug: SLUG, answers: OF_LIST, fingerprint, startKey: "k", words: "" });
    if (kept.code !== "kept") throw new Error(kept.code);
    expect(await listChangedResults(employee)).toEqual([]);
    at(FIRST_MINUTE);
    const receipt = await getReceipt(employee, kept.reference);
    expect(receipt).toMatchObject({ ofItsDay: "same", content: { day: "2027-03-31" } });
    expect(receipt?.today).toMatchObject({ today: { kind: "different", from: "with-care", to: "exception-only" } });
    expect((await (await getOwnReceipts(employee)).page(null)).rows).toMatchObject([{ isDifferentNow: true }]);
    expect((await listChangedResults(employee)).flatMap(({ receipts }) => receipts)).toMatchObject([
      { reference: kept.reference },
    ]);
    await markSeen(employee);
    expect(await listChangedResults(employee)).toEqual([]);
  });

  it("keeps no result of the day before that was sent after it", async () => {
    const { fingerprint } = await shown();
    at(FIRST_MINUTE);
    const sent = { slug: SLUG, answers: OF_LIST, fingerprint, startKey: "k", words: "" };
    expect((await keepReceipt(employee, sent)).code).toBe("changed");
  });
});

import { expect, it } from "vitest";
import { readerIn } from "#server/testing/content.ts";
import { getCoveragePage } from "./outcome-queries.ts";

const reader = readerIn("nao");

it("lists every statement of a source once, with its coverage", async () => {
  const page = await getCoveragePage(reader, "nao", {});
  if (!page) throw new Error("There is no such page.");
  const { counts, lines } = page;
  expect(page.of).toBe("statements");
  expect(counts.missing).toBe(0);
  expect(counts.decided + counts.served + counts.information).toBe(counts.all);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(counts.all);
});

it("filters by coverage and by feature, and drops unknown values", async () => {
  const all = await getCoveragePage(reader, "nao", { kind: "no-such-kind", feature: "none" });
  expect(all?.filter).toEqual({ kind: null, feature: null });
  const decided = await getCoveragePage(reader, "nao", { kind: ["served", "decided"] });
  expect(decided?.lines.length).toBe(all?.counts.decided);
  const [feature] = all?.features ?? [];
  const served = await getCoveragePage(reader, "nao", { feature: feature ?? "" });
  expect(served?.lines.length).toBeGreaterThan(0);
  expect(served?.lines.every(({ features }) => features.some((one) => one === feature))).toBe(true);
});

it("lists the clauses of a policy without a source, and nothing for one that does not exist", async () => {
  expect((await getCoveragePage(reader, "model", {}))?.of).toBe("clauses");
  expect(await getCoveragePage(reader, "no-such-policy", {})).toBeNull();
});

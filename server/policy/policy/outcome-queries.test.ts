import { expect, it } from "vitest";
import { readerIn } from "#server/testing/content.ts";
import { getOutcomePage, getShownVersion } from "./outcome-queries.ts";

const reader = readerIn("nao");

it("shows the version that the address names, the last if repeated, otherwise the one to read today", async () => {
  const number = async (query: Record<string, string | string[]>) =>
    (await getShownVersion(reader, "model", query))?.policy.version.version ?? null;
  expect(await number({})).toBe("3.0");
  expect(await number({ version: "1.0" })).toBe("1.0");
  expect(await number({ version: ["2.0", "1.1"] })).toBe("1.1");
  expect(await number({ version: "9.9" })).toBeNull();
  expect(await getShownVersion(reader, "no-such-policy", {})).toBeNull();
  expect((await getShownVersion(reader, "model", {}))?.versions).toEqual(["3.0", "2.1", "2.0", "1.1", "1.0"]);
});

it("proves a version when it is first viewed, and returns the same proof afterwards", async () => {
  const first = await getOutcomePage(reader, "model", {});
  expect(first?.proof?.situations).toBe(first?.policy.version.table.situations);
  const later = await getOutcomePage(reader, "model", { verdict: "never" });
  expect(later?.proof).toBe(first?.proof);
  expect(later?.filter).not.toEqual(first?.filter);
});

import { describe, expect, it } from "vitest";
import { decisionMap, wayThrough } from "#domain/policy/decision/decision-map.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { ruleAt } from "#domain/testing/enumerated-table.ts";
import { outcomesOf } from "#domain/policy/decision/outcomes.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import { outcomeReport } from "#domain/policy/policy/outcome-report.ts";
import { expectReconciled } from "#domain/testing/reconciled-outcomes.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";

const content = await readContent("content");
const versions = content.versions.flatMap((read) => wholeVersion(read) ?? []);

describe.each(versions.map((version) => [`${version.slug} ${version.version}`, version] as const))(
  "the outcomes of %s",
  (_, version) => {
    const { table, clauses } = version;

    it("have each situation in exactly one row with its rule, in few rows", () => {
      const outcomes = outcomesOf(table, { answers: {}, verdict: null });
      expectReconciled(table, { answers: {}, verdict: null }, outcomes);
      expect(outcomes?.situations).toBe(table.situations);
      // Rules overlap, and the first that matches decides: what is left of each takes at most two rows on average.
      expect(outcomes?.rows.length).toBeLessThanOrEqual(2 * table.rules.length);
    });

    it("are told in words, each on clauses that are there", () => {
      const report = outcomeReport(version, { answers: {}, verdict: null });
      const ids = new Set(clauses.map(({ id }) => id));
      for (const { inWords, clauses: cited } of report?.rows ?? []) {
        expect(inWords).toMatch(/^(If|Unless|In) .*\.$/);
        expect(cited.length).toBeGreaterThan(0);
        expect(cited.every((id) => ids.has(id))).toBe(true);
      }
      const words = report?.rows.map(({ inWords }) => inWords) ?? [];
      expect(new Set(words).size).toBe(words.length);
    });

    it.each([
      ["as published", table],
      ["without exception", ownTable(version, []).table],
    ])("are where the map leads, %s", (_name, own) => {
      const map = decisionMap(own);
      expect(map).not.toBeNull();
      for (let at = 0; at < own.situations; at += 7) {
        const end = map && wayThrough(map, situationAt(own, at)).rule;
        expect(end?.verdict).toBe(ruleAt(own, at)?.verdict);
      }
    });
  },
);

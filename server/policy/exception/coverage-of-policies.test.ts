import { describe, expect, it } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { ruleAt } from "#domain/testing/enumerated-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { isLaxer } from "#domain/policy/decision/verdict.ts";
import { stepFor } from "#domain/policy/decision/wizard.ts";
import {
  EXCEPTION_FACT,
  exceptionMatters,
  ownTable,
  type GrantedException,
} from "#domain/policy/exception/coverage.ts";
import { canBeLifted, clausesFor } from "#domain/policy/exception/effect.ts";
import { readStart } from "#domain/policy/exception/start.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";

/** The query string of the address that starts with this: policy, answers, clauses. */
function writeStart(
  policy: string,
  { situation, clauses }: { situation: Answers; clauses: readonly string[] },
): string {
  return new URLSearchParams([
    ["policy", policy],
    ...Object.entries(situation),
    ...clauses.map((id) => ["clause", id]),
  ]).toString();
}

// The effect of exceptions on the policies that come with the portal: the three that have rules for them, and the
// others.

const content = await readContent("content");
const versions = content.versions.flatMap((read) => wholeVersion(read) ?? []);
const version = (slug: string): PolicyVersion => {
  const found = versions.findLast((candidate) => candidate.slug === slug);
  if (!found) throw new Error(`${slug} could not be read.`);
  return found;
};
const nao = version("nao");
const bromsgrove = version("bromsgrove-redditch");
const model = version("model");

const granted = (policy: string, clauses: string[], situation: Answers): GrantedException => ({
  reference: "EX-7K3M-9QTP",
  policy,
  clauses,
  situation,
  conditions: [],
  startsAt: new Date("2026-11-01T00:00:00Z"),
  endsAt: new Date("2026-12-01T00:00:00Z"),
});
const answer = (of: PolicyVersion, exceptions: GrantedException[], answers: Answers) => {
  const { table, exceptionFor } = ownTable(of, exceptions);
  const decision = decide(table, answers);
  if (!decision.settled) return `asks ${decision.needs[0]}`;
  const { rule } = decision;
  return `${rule.verdict}${exceptionFor(rule) ? ` under ${exceptionFor(rule)?.reference}` : ""}`;
};

describe("the National Audit Office", () => {
  const partner = { device: "personal", purpose: "arrange-contact", audience: "partner", content: "non-sensitive" };
  const own = [granted("nao", ["4.3"], { device: "personal", audience: "partner" })];

  it("lets somebody write to a partner under an exception from clause 4.3", () => {
    expect(answer(nao, [], partner)).toBe("exception-only");
    expect(answer(nao, own, partner)).toBe("with-care under EX-7K3M-9QTP");
  });

  it("does not lift what no exception lifts", () => {
    expect(answer(nao, own, { ...partner, content: "sensitive" })).toBe("never");
    expect(answer(nao, own, { ...partner, purpose: "decision" })).toBe("never");
    expect(answer(nao, own, { ...partner, device: "work" })).toBe("never");
  });

  it("is limited to the situation and the clauses that it was requested for", () => {
    expect(answer(nao, own, { ...partner, audience: "citizen" })).toBe("exception-only");
    expect(answer(nao, [granted("nao", ["3.1"], {})], partner)).toBe("exception-only");
    // 4.5 informs, so there is nothing in it to depart from.
    expect(answer(nao, own, { ...partner, purpose: "committee" })).toBe("with-care under EX-7K3M-9QTP");
  });
});

describe("Bromsgrove and Redditch", () => {
  const customer = {
    audience: "citizen",
    purpose: "logistics",
    content: "non-sensitive",
    alternative: "no",
    publishable: "yes",
    people: "none",
    chat: "one-to-one",
  };
  const start = readStart(bromsgrove, customer);
  const own = [granted("bromsgrove-redditch", [...start.clauses], start.situation)];

  it("lets somebody write to a customer under an exception from the clauses that a request starts with", () => {
    expect(answer(bromsgrove, [], customer)).toBe("never");
    expect(answer(bromsgrove, own, customer)).toBe("with-care under EX-7K3M-9QTP");
  });

  it("leaves children and everybody else as they were", () => {
    expect(answer(bromsgrove, own, { ...customer, audience: "child" })).toBe("never");
    expect(answer(bromsgrove, own, { ...customer, audience: "colleague" })).toBe("with-care");
  });
});

describe("the model policy", () => {
  const file = {
    app: "covered",
    audience: "colleague",
    purpose: "file",
    content: "non-sensitive",
    alternative: "no",
    chat: "one-to-one",
  };
  const own = [granted("model", ["4.4"], { audience: "colleague", purpose: "file" })];

  it("lets somebody send a file under an exception from clause 4.4", () => {
    expect(answer(model, [], file)).toBe("exception-only");
    expect(answer(model, own, file)).toBe("with-care under EX-7K3M-9QTP");
    expect(answer(model, own, { ...file, audience: "partner" })).toBe("exception-only");
  });

  it("leaves every other clause of the situation in force", () => {
    const group = { ...file, chat: "other-group" };
    expect(answer(model, own, group)).toBe("exception-only"); // 6.1: only registered groups are for work
    expect(answer(model, [granted("model", ["4.4", "6.1"], {})], group)).toBe("with-care under EX-7K3M-9QTP");
    expect(answer(model, own, { ...file, content: "sensitive" })).toBe("exception-only"); // 3.4
    const sensitive = [granted("model", ["3.4"], {})];
    expect(answer(model, sensitive, { ...file, content: "sensitive" })).toBe("exception-only"); // 4.4
    const forward = { ...file, purpose: "forward", content: "sensitive" };
    const { table, adviceBeside } = ownTable(model, sensitive);
    const decision = decide(table, forward);
    const advice = decision.settled ? adviceBeside(decision.rule, forward) : [];
    expect(advice.map(({ because }) => because)).toEqual([["4.5"]]);
  });

  it("asks for all clauses that forbid it, and offers nothing where one of them is never lifted", () => {
    const asked = { ...file, content: "sensitive", chat: "other-group" };
    expect(clausesFor(model, asked)).toEqual(["3.4", "4.4", "6.1"]);
    expect(readStart(model, { app: "covered", audience: "child" })).toMatchObject({ clauses: [], barred: ["3.9"] });
    for (const never of [
      { app: "covered", audience: "child" },
      { ...file, purpose: "decision" },
      { app: "covered", audience: "public", content: "sensitive" },
    ])
      expect(canBeLifted(model, never)).toBe(false);
    expect(canBeLifted(model, asked)).toBe(true);
  });

  it("does not lift what clause 10.2 keeps", () => {
    const all = [
      granted(
        "model",
        model.clauses.map(({ id }) => id),
        {},
      ),
    ];
    expect(answer(model, all, { app: "covered", audience: "child" })).toBe("never");
    expect(answer(model, all, { ...file, purpose: "decision" })).toBe("never");
    expect(answer(model, all, { ...file, audience: "citizen", content: "sensitive" })).toBe("never");
    expect(answer(model, all, { ...file, content: "sensitive" })).toBe("with-care under EX-7K3M-9QTP");
  });
});

describe("every policy", () => {
  for (const of of versions)
    it(`${of.slug} ${of.version}: without an exception nothing changes, and nobody is asked for one`, () => {
      const { table } = of;
      const { table: own } = ownTable(of, []);
      const different = Array.from({ length: own.situations }, (_, at) => at).filter((at) => {
        const situation = { ...situationAt(own, at), [EXCEPTION_FACT]: "no" };
        const decision = decide(table, situation);
        return !decision.settled || ruleAt(own, at) !== decision.rule;
      });
      expect(different).toEqual([]);
      expect(own.facts.map(({ name }) => name)).not.toContain(EXCEPTION_FACT);
      expect(stepFor(own, { answers: { [EXCEPTION_FACT]: "yes" }, ask: null, change: null }).kind).toBe("question");
    });

  for (const of of [nao, bromsgrove, model])
    it(`${of.slug}: a request covers all of its situation that an exception can change, and nothing besides`, () => {
      const { table } = ownTable(of, []);
      const seen = new Set<string>();
      for (let at = 0; at < table.situations; at += 61) {
        const asked = situationAt(table, at);
        const { situation, clauses } = readStart(of, asked);
        const key = writeStart(of.slug, { situation, clauses });
        if (seen.has(key) || !exceptionMatters(of.table, situation)) continue;
        seen.add(key);
        const own = ownTable(of, [granted(of.slug, [...clauses], situation)]);
        const under = ruleAt(own.table, at);
        const without = ruleAt(table, at);
        const withOne = decide(of.table, { ...asked, [EXCEPTION_FACT]: "yes" });
        if (!under || !without || !withOne.settled) throw new Error("Every situation is decided.");
        const isChanged = isLaxer(withOne.rule.verdict, without.verdict);
        expect(own.exceptionFor(under) !== undefined).toBe(isChanged);
        expect(under.id).toBe(isChanged ? withOne.rule.id : without.id);
      }
      expect(seen.size).toBeGreaterThan(0);
    });

  it("has rules for exceptions only in these four", () => {
    const slugs = versions.filter(({ table }) => exceptionMatters(table, {})).map(({ slug }) => slug);
    expect(new Set(slugs)).toEqual(new Set(["devolved-government", "nao", "bromsgrove-redditch", "model"]));
  });
});

describe("what a request starts with", () => {
  it("is the part of the situation that was asked about, and the clauses that decide it", () => {
    const query = { device: "personal", purpose: "arrange-contact", audience: "partner", content: "non-sensitive" };
    const asked = { ...query, exception: "yes", alternative: "no", colour: "red", clause: ["99.9", "2.2"] };
    expect(readStart(nao, asked)).toMatchObject({
      situation: query,
      clauses: ["4.3"],
      barred: ["2.2"],
      rule: { verdict: "exception-only" },
    });
  });

  it("is any situation if none is named or none is settled", () => {
    expect(readStart(nao, {})).toEqual({ situation: {}, clauses: [], barred: [], rule: null });
    const named = { situation: {}, clauses: ["4.3"], barred: ["3.1"], rule: null };
    expect(readStart(nao, { clause: ["3.1", "4.3"] })).toEqual(named);
    expect(readStart(nao, { device: "personal", purpose: "elephants" }).rule).toBeNull();
  });

  it("reads back what it wrote", () => {
    for (const of of versions)
      for (let at = 0; at < of.table.situations; at += 307) {
        const start = readStart(of, situationAt(of.table, at));
        const query = new URLSearchParams(writeStart(of.slug, start));
        const again = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
        expect(readStart(of, again)).toEqual(start);
      }
  });
});

import { describe as group, expect, it } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { ruleAt, winnersOf } from "#domain/testing/enumerated-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { explain } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { checkContent } from "./check.ts";
import { readContent, wholeVersion } from "./read.ts";

// Each policy's rules a second time, as plain code without its table: both must reach the same verdict in every
// situation.

const content = await readContent("content");
/** @param name slug of a policy, with its version if there are several */
const version = (name: string): PolicyVersion => {
  const read = content.versions.find((candidate) => [candidate.slug, nameOf(candidate)].includes(name));
  const whole = read && wholeVersion(read);
  if (!whole) throw new Error(`${name} could not be read.`);
  return whole;
};
const nameOf = (read: { slug: string; version: string }) => `${read.slug}-${read.version}`;

const isSensitive = ({ content: sensitivity }: Answers) => sensitivity !== "non-sensitive";
const one = (value: string | undefined, ...of: string[]) => of.includes(value ?? "");

/** The model policy: what both editions share, and what differs between them. */
const readModel =
  (edition: 1 | 2) =>
  (s: Answers): Verdict => {
    const isOld = edition === 1;
    const mayNotWait = s.alternative === "no";
    if (s.audience === "child" || one(s.purpose, "decision", "transaction", "business-record")) return "never";
    const withoutException = ((): Verdict => {
      if (s.audience === "public") return "via-communications";
      if (s.audience === "citizen") {
        if (s.purpose !== "arrange-contact" || !mayNotWait || s.chat !== "one-to-one") return "never";
        return isOld ? "exception-only" : "with-care";
      }
      if (s.purpose === "file") return "exception-only";
      if (s.purpose === "committee") return "never";
      if (s.purpose === "photo" && s.people === "not-consented" && !(isOld && s.audience === "colleague"))
        return "never";
      if (s.purpose === "social") return s.chat === "approved-group" ? "discouraged" : "allowed";
      if (s.purpose === "continuity" && mayNotWait) return "with-care";
      if (s.chat === "other-group") return "never";
      if (s.purpose === "call") return mayNotWait || isOld ? "discouraged" : "never";
      if (s.purpose === "forward") return "discouraged";
      return s.chat === "approved-group" || mayNotWait ? "with-care" : "discouraged";
    })();
    const isInside = one(s.audience, "colleague", "partner");
    if (isInside && s.purpose === "emergency-call" && !(isOld && isSensitive(s))) return "with-care";
    if (isSensitive(s)) return isInside && s.exception === "yes" ? "with-care" : "never";
    return s.exception === "yes" && withoutException !== "allowed" ? "with-care" : withoutException;
  };

/**
 * Version 2.1: as 2.0, but what an exception can lift reads "only with an exception", and "never" is left to what clause
 * 10.2 keeps.
 */
function readModelInItsWords(s: Answers): Verdict {
  const isKept =
    s.audience === "child" ||
    one(s.purpose, "decision", "transaction", "business-record") ||
    (isSensitive(s) && one(s.audience, "citizen", "public"));
  const isAboutAffected = isSensitive(s) && s.purpose === "emergency" && s.chat === "approved-group";
  if (isKept || isAboutAffected) return "never";
  const before = readModel(2)(s);
  return before === "never" ? "exception-only" : before;
}

/** Version 3.0: as 2.1 in the apps that it covers; a voice note is what a forwarded message is. */
function readModelByApp(s: Answers): Verdict {
  if (s.app === "approved") return "allowed";
  if (s.app === "assistant") return "never";
  if (s.app === "unlisted") return "not-covered";
  return readModelInItsWords(s.purpose === "voice-note" ? { ...s, purpose: "forward" } : s);
}

const READINGS: Record<string, (situation: Answers) => Verdict> = {
  nao: (s) => {
    const isStanding = one(s.purpose, "continuity", "committee");
    if (isSensitive(s)) return "never";
    if (s.device === "work") return isStanding ? "allowed" : "never";
    if (s.purpose === "decision") return "never";
    if (isStanding || s.audience !== "colleague") return s.exception === "yes" ? "with-care" : "exception-only";
    if (!one(s.purpose, "social", "logistics", "signpost", "arrange-contact")) return "never";
    if (s.publishable === "no") return "never";
    if (s.chat !== "one-to-one" && s.consent === "no") return "never";
    if (s.purpose === "social") return "allowed";
    return s.alternative === "no" ? "with-care" : "never";
  },
  nottingham: (s) => {
    if (s.audience === "child" || s.audience === "public") return "never";
    if (s.audience !== "citizen") return "not-covered";
    if (isSensitive(s)) return "never";
    if (s.purpose === "forward") return "discouraged";
    return s.purpose === "arrange-contact" && s.alternative === "no" ? "with-care" : "never";
  },
  "bromsgrove-redditch": (s) => {
    const withoutException = ((): Verdict => {
      if (one(s.audience, "citizen", "child")) return "never";
      if (isSensitive(s) || one(s.purpose, "decision", "transaction", "business-record")) return "never";
      if (s.purpose === "photo" && s.people === "not-consented") return "never";
      if (s.audience === "public") return "via-communications";
      if (s.publishable === "no" || s.purpose === "call") return "discouraged";
      if (s.purpose === "emergency" && s.chat === "approved-group") return "with-care";
      return s.alternative === "yes" ? "discouraged" : "with-care";
    })();
    return s.exception === "yes" ? "with-care" : withoutException;
  },
  "home-working-council": (s) => {
    if (isSensitive(s)) return "never";
    if (s.audience !== "colleague") return "not-covered";
    return one(s.purpose, "decision", "business-record", "transaction", "file") ? "never" : "discouraged";
  },
  "cleveland-opcc": (s) => {
    if (s.purpose === "social") return isSensitive(s) ? "never" : "not-covered";
    if (s.audience !== "colleague") return "not-covered";
    if (s.chat !== "approved-group") return "never";
    return one(s.purpose, "decision", "business-record", "transaction", "file") ? "discouraged" : "with-care";
  },
  "nao-1.1": (s) => READINGS["nao"]?.(s) ?? "not-covered",
  "nottingham-1.1.1": (s) =>
    s.audience === "partner" && s.purpose === "forward" && isSensitive(s)
      ? "never"
      : (READINGS["nottingham"]?.(s) ?? "allowed"),
  "bromsgrove-redditch-0.2.1": (s) => READINGS["bromsgrove-redditch"]?.(s) ?? "not-covered",
  "home-working-council-1.1": (s) => {
    if (isSensitive(s) || one(s.purpose, "decision", "business-record", "transaction", "file")) return "never";
    return s.audience === "colleague" ? "discouraged" : "not-covered";
  },
  "model-1.0": readModel(1),
  "model-1.1": readModel(1),
  "model-2.0": readModel(2),
  "model-2.1": readModelInItsWords,
  "model-3.0": readModelByApp,
};

const LETTERS: Record<Verdict, string> = {
  never: "N",
  "exception-only": "E",
  "via-communications": "C",
  discouraged: "D",
  "with-care": "W",
  allowed: "A",
  "not-covered": "-",
};

/**
 * The whole table as lines: the first facts in words, then one letter for each answer of the rest; a single letter if
 * all agree.
 */
function wholeTable({ table }: PolicyVersion): string {
  const spoken = table.facts.findIndex(({ stride }) => stride <= 48) + 1;
  const perLine = table.facts[spoken - 1]?.stride ?? 1;
  const lines: string[] = [];
  for (let at = 0; at < table.situations; at += perLine) {
    const head = table.facts.slice(0, spoken).map(({ name }) => situationAt(table, at)[name]);
    const letters = Array.from({ length: perLine }, (_, offset) => {
      const rule = ruleAt(table, at + offset);
      return rule ? LETTERS[rule.verdict] : "?";
    });
    const same = new Set(letters).size === 1;
    lines.push(`${head.join(" ")}: ${same ? letters[0] : letters.join("")}`);
  }
  return `${table.facts.map(({ name }) => name).join(", ")}\n${lines.join("\n")}\n`;
}

group("the policies that come with the portal", () => {
  it("hold in every proof, with all 172 statements placed", () => {
    const check = checkContent(content);
    expect(check.faults).toEqual([]);
    const placed = check.policies.map(({ slug, sources: { of, decided, served, information, missing } }) => [
      `${slug}: ${of}`,
      decided + served + information,
      missing,
    ]);
    expect(placed).toEqual([
      ["bromsgrove-redditch: statements", 79, 0],
      ["bromsgrove-redditch: statements", 79, 0],
      ["cleveland-opcc: statements", 28, 0],
      ["devolved-government: clauses", 26, 0],
      ["health-trust: clauses", 22, 0],
      ["home-working-council: statements", 14, 0],
      ["home-working-council: statements", 14, 0],
      ["model: clauses", 69, 0],
      ["model: clauses", 69, 0],
      ["model: clauses", 70, 0],
      ["model: clauses", 71, 0],
      ["model: clauses", 86, 0],
      ["nao: statements", 18, 0],
      ["nao: statements", 18, 0],
      ["nottingham: statements", 33, 0],
      ["nottingham: statements", 33, 0],
    ]);
  });

  for (const [slug, read] of Object.entries(READINGS)) {
    it(`${slug}: the table says in every situation what the readings say`, () => {
      const { table } = version(slug);
      const different: string[] = [];
      for (let at = 0; at < table.situations; at++) {
        const situation = situationAt(table, at);
        const said = ruleAt(table, at)?.verdict;
        if (said !== read(situation)) different.push(`${JSON.stringify(situation)}: ${said}, not ${read(situation)}`);
      }
      expect(different.slice(0, 5)).toEqual([]);
    });

    it(`${slug}: the whole table, for review when a rule changes`, async () => {
      await expect(wholeTable(version(slug))).toMatchFileSnapshot(`./whole-tables/${slug}.txt`);
    });

    it(`${slug}: at least eight named examples, and readings beside the rules they concern`, () => {
      const { examples, table } = version(slug);
      expect(examples.length).toBeGreaterThanOrEqual(8);
      expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
      expect(table.rules.some(({ reading }) => reading)).toBe(true);
    });

    it(`${slug}: every refusal says what to use instead, or whom to ask`, () => {
      const strict = version(slug).table.rules.filter(
        ({ verdict }) => verdict !== "allowed" && verdict !== "with-care",
      );
      expect(strict.filter(({ instead }) => instead.length === 0).map(({ id }) => id)).toEqual([]);
    });
  }

  it("give the reason that fits what was answered, though sensitivity was never asked", () => {
    expect(explain(version("nao"), { device: "work", purpose: "social" }).rule).toBe("work-device");
    expect(explain(version("nao"), { device: "personal", purpose: "decision" }).rule).toBe("decision");
    expect(explain(version("nottingham"), { audience: "citizen", purpose: "transaction" }).rule).toBe(
      "citizen-transaction",
    );
  });

  it("model: version 1.1 changes words alone, version 2.0 changes verdicts too", () => {
    const [first, minor, material] = ["model-1.0", "model-1.1", "model-2.0"].map(version);
    if (!first || !minor || !material) throw new Error("A version is missing.");
    const verdicts = ({ table }: PolicyVersion) => [...winnersOf(table)].map((rule) => table.rules[rule]?.verdict);
    const obliged = ({ table }: PolicyVersion) => [...table.obligations.values()].map(({ text }) => text);
    expect([verdicts(minor), obliged(minor)]).toEqual([verdicts(first), obliged(first)]);
    const before = verdicts(minor);
    expect(verdicts(material).filter((verdict, at) => verdict !== before[at])).toHaveLength(91);
    expect([first, minor, material].map(({ frontMatter }) => frontMatter.material)).toEqual([true, false, true]);
  });

  it("model: version 2.1 permits what 2.0 permits, and only what no exception lifts is never", () => {
    const [before, after] = ["model-2.0", "model-2.1"].map((name) => version(name).table);
    if (!before || !after) throw new Error("A version is missing.");
    const changes = new Map<string, number>();
    for (let at = 0; at < after.situations; at++) {
      const [was, is] = [ruleAt(before, at)?.verdict, ruleAt(after, at)?.verdict];
      if (was !== is) changes.set(`${was} → ${is}`, (changes.get(`${was} → ${is}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(changes)).toMatchInlineSnapshot(`
      {
        "never → exception-only": 1127,
        "with-care → never": 24,
      }
    `);
    const never = after.rules.filter(({ verdict }) => verdict === "never");
    const { never: kept, lifts } = version("model-2.1").exceptionRules;
    expect(never.map(({ because }) => because.filter((id) => id in kept).length)).toEqual(never.map(() => 1));
    const strict = after.rules.filter(({ verdict }) => verdict === "exception-only");
    expect(strict.flatMap(({ because }) => because).filter((id) => !lifts.includes(id))).toEqual([]);
  });

  it("model: version 3.0 says which app it is about, and never sends an approved channel away", () => {
    const { table } = version("model-3.0");
    const rule = (facts: Answers) => {
      const decision = decide(table, facts);
      return decision.settled ? decision.rule : null;
    };
    const asked = decide(table, {});
    expect(asked.settled || asked.needs[0]).toBe("app");
    // Nothing else is asked off the apps that it covers.
    expect(rule({ app: "approved" })).toMatchObject({ verdict: "allowed", because: ["4.8"] });
    expect(rule({ app: "approved" })?.obligations).toContain("move-to-record");
    expect(rule({ app: "assistant" })).toMatchObject({ verdict: "never", because: ["4.10", "10.2"] });
    expect(rule({ app: "unlisted" })).toMatchObject({ verdict: "not-covered", contacts: ["governance-officer"] });
    for (const at of [...table.rules.keys()].filter((one) => table.rules[one]?.verdict === "discouraged"))
      expect(
        table.diagrams.first(
          table.winner,
          at,
          table.facts.map(({ name }) => (name === "app" ? 0 : -1)),
        ),
      ).toBeNull();
  });

  it("model: version 3.0 asks a duty of nobody whose answers rule it out", () => {
    const { table } = version("model-3.0");
    const of = (rule: ReturnType<typeof ruleAt>) => rule?.obligations ?? [];
    for (let at = 0; at < table.situations; at++) {
      const situation = situationAt(table, at);
      const duties = of(ruleAt(table, at));
      const wrong = [
        situation.people !== "consented" && duties.includes("consent-forms"),
        situation.chat !== "approved-group" &&
          duties.some((id) => ["group-members", "group-purpose", "group-timer"].includes(id)),
        situation.chat !== "one-to-one" && duties.includes("timer-off"),
        situation.audience === "child" && one(situation.app, "covered", "sms") && duties.length > 0,
        situation.exception === "no" && duties.includes("exception-conditions"),
      ];
      if (wrong.includes(true)) expect.fail(JSON.stringify(situation));
    }
  });

  it.each(["model-2.1", "model-3.0"])("%s: a ban that an exception can lift says so in its clause", (name) => {
    const { clauses, exceptionRules } = version(name);
    const bans = clauses.filter(({ id, strength }) => strength === "must-not" && exceptionRules.lifts.includes(id));
    expect(bans.length).toBeGreaterThan(5);
    expect(bans.filter(({ text }) => !/exception/.test(text)).map(({ id }) => id)).toEqual([]);
  });

  it.each(["model-2.0", "model-2.1", "model-3.0"])("%s: no exception lifts what clause 10.2 keeps", (name) => {
    const { table } = version(name);
    for (const facts of [
      { audience: "child", purpose: "arrange-contact", content: "non-sensitive" },
      { audience: "colleague", purpose: "decision", content: "non-sensitive" },
      { audience: "citizen", purpose: "arrange-contact", content: "sensitive" },
      { audience: "public", purpose: "signpost", content: "unsure" },
    ]) {
      const decision = decide(table, { app: "covered", ...facts, exception: "yes" });
      expect(decision.settled && decision.rule.verdict, JSON.stringify(facts)).toBe("never");
    }
  });

  it("our corrections quote the clause that fits, for whom it is and how sensitive it is", () => {
    const bromsgrove = version("bromsgrove-redditch-0.2.1");
    const because = (facts: Answers) => {
      const decision = decide(bromsgrove.table, facts);
      return decision.settled ? decision.rule.because.filter((id) => id.startsWith("3.")) : [];
    };
    for (const purpose of [undefined, "decision", "logistics"]) {
      const asked: Answers = purpose === undefined ? {} : { purpose };
      expect(because({ audience: "citizen", content: "sensitive", exception: "no", ...asked })).toEqual(["3.5"]);
      expect(because({ audience: "partner", content: "sensitive", exception: "no", ...asked })).toEqual(["3.3"]);
      expect(because({ audience: "colleague", content: "sensitive", exception: "no", ...asked })).toEqual(["3.1"]);
      expect(because({ audience: "public", content: "sensitive", exception: "no", ...asked })).toEqual(["3.7"]);
    }
    for (const asked of [{}, { purpose: "file" }])
      expect(because({ audience: "child", content: "non-sensitive", exception: "no", ...asked })).toEqual(["3.6"]);
    const ownPhone = bromsgrove.table.rules.filter(
      ({ verdict, obligations }) =>
        !["never", "via-communications"].includes(verdict) && !obligations.includes("own-phone"),
    );
    expect(ownPhone.map(({ id }) => id)).toEqual([]);
  });

  it.each(["committee", "continuity"])(
    "nao: sensitive content in %s work is never, and said to be our reading",
    (purpose) => {
      const decision = decide(version("nao-1.1").table, { device: "work", purpose, content: "sensitive" });
      expect(decision.settled && decision.rule).toMatchObject({ verdict: "never" });
      expect(decision.settled && decision.rule.says).toContain("That is our reading");
    },
  );

  it("a correction keeps the words of its source", () => {
    const corrections = content.versions.filter(({ frontMatter }) => frontMatter?.correction);
    expect(corrections.map(nameOf)).toEqual([
      "bromsgrove-redditch-0.2.1",
      "home-working-council-1.1",
      "nao-1.1",
      "nottingham-1.1.1",
    ]);
    for (const read of corrections) {
      const before = version(`${read.slug}-${read.frontMatter?.correction?.of}`);
      const words = new Map(version(nameOf(read)).clauses.map(({ id, text }) => [id, text]));
      const changed = before.clauses.filter(({ id, text }) => words.get(id) !== text).map(({ id }) => id);
      // 1.1 says of itself which draft it is.
      expect(changed, nameOf(read)).toEqual(read.slug === "bromsgrove-redditch" ? ["1.1"] : []);
    }
  });

  it("bromsgrove-redditch under its assumptions is the source's own table (S3.13-S3.20)", () => {
    const bromsgrove = version("bromsgrove-redditch");
    const cells = ["colleague", "partner", "citizen", "public"].map((audience) =>
      ["sensitive", "non-sensitive"].map(
        (sensitivity) => explain(bromsgrove, { ...bromsgrove.matrix.assume, audience, content: sensitivity }).verdict,
      ),
    );
    expect(cells).toEqual([
      ["never", "with-care"],
      ["never", "with-care"],
      ["never", "never"],
      ["never", "via-communications"],
    ]);
  });
});

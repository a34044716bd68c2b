import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { compareOver, unionAxes } from "#domain/policy/decision/comparison.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { serveVersions } from "#server/testing/content.ts";
import { getComparePage, hasComparison } from "./compare-queries.ts";

const person = (body: string, role: Actor["roles"][number] = "employee"): Actor => ({
  personId: "p",
  name: "A",
  email: "a@example.invalid",
  roles: [role],
  body,
  employer: body,
  team: null,
});
const content = await loadContent();
const names = ({ name }: { name: string }) => name;
const page = (query: Record<string, string | string[]>, actor = person("nao")) => getComparePage(actor, query);

const PACKS = ["devolved-government", "health-trust"];

describe("getComparePage", () => {
  afterEach(() => useContent(content));

  it("starts with the reader's own policy and the others, without a message", async () => {
    const { chosen, isStart, problems, opinions, comparison } = await page({});
    expect(chosen.map(names)).toEqual([
      "NAO",
      "Bromsgrove and Redditch",
      "Cleveland OPCC",
      "Example Borough",
      "Home working council",
      "Nottingham",
    ]);
    expect([isStart, problems, opinions]).toEqual([true, [], []]);
    const { situations = 0, agree = 0, differ = 0, alone = 0, silent = 0, disagreements = [] } = comparison ?? {};
    expect(situations).toBe(345_600);
    expect(agree + differ + alone + silent).toBe(situations);
    expect(disagreements.reduce((sum, line) => sum + line.situations, 0)).toBe(differ);
  });

  it("is offered where there are several published policies, and not with one", async () => {
    expect(await hasComparison(person("nao"))).toBe(true);
    useContent({ ...content, policies: content.policies.filter(({ slug }) => slug === "model") });
    expect(await hasComparison(person("example-borough"))).toBe(false);
  });

  it("starts with policies on the subject of the reader's own", async () => {
    const [model] = content.policies.filter(({ slug }) => slug === "model").map(({ versions }) => versions.at(-1));
    if (!model) throw new Error("There is no model policy.");
    const meeting = { ...model.table.facts[0], name: "meeting" } as (typeof model.table.facts)[number];
    const table = { ...model.table, facts: [meeting, ...model.table.facts.filter(({ name }) => name === "content")] };
    const frontMatter = { ...model.frontMatter, title: "A first title" };
    const other = { slug: "recording", versions: [{ ...model, slug: "recording", frontMatter, table }] };
    useContent({ ...content, policies: [other, ...content.policies] });
    const begun = async (body: string) => (await page({}, person(body))).chosen.map(({ slug }) => slug).sort();
    // The packs ask other questions: they stand beside these only where somebody chooses them.
    const messaging = content.policies
      .map(({ slug }) => slug)
      .filter((slug) => !PACKS.includes(slug))
      .sort();
    expect(await begun("nao")).toEqual(messaging);
    expect(await begun("example-borough")).toEqual(messaging);
    useContent({ ...content, policies: [other] });
    expect(await begun("example-borough")).toEqual(["recording"]);
  });

  it("shows what each policy says about a message, with its clauses, compared with the reader's own", async () => {
    const query = { policy: ["nottingham", "nao", "cleveland-opcc"], audience: "citizen", device: "work" };
    const message = { purpose: "arrange-contact", content: "non-sensitive", alternative: "no", people: "none" };
    const { opinions, answers, deciding } = await page({ ...query, ...message, colour: "red", chat: "nowhere" });
    expect(opinions.map(({ policy, opinion, standing }) => [policy.slug, opinion.kind, standing])).toEqual([
      ["nao", "speaks", "measure"],
      ["cleveland-opcc", "silent", "silent"],
      ["nottingham", "speaks", "differs"],
    ]);
    expect(opinions[2]?.opinion).toMatchObject({ verdict: "with-care", rule: { because: ["2.6", "2.7", "2.4"] } });
    expect(Object.keys(answers)).toEqual(["device", "purpose", "audience", "content", "alternative"]);
    expect(deciding).toEqual(answers);
    const rude = await page({ policy: ["nottingham", "nao"], audience: "child", device: "work", content: "sensitive" });
    expect(rude.deciding).toEqual({ audience: "child", content: "sensitive" });
  });

  it("says what a policy still needs to know", async () => {
    const { opinions } = await page({ policy: ["nottingham", "nao"], audience: "citizen", content: "non-sensitive" });
    expect(opinions.map(({ opinion }) => opinion)).toMatchObject([
      { kind: "open", needs: ["device", "purpose", "exception"] },
      { kind: "open", needs: ["purpose", "alternative"] },
    ]);
  });

  it("keeps what was chosen and says what is wrong with it", async () => {
    const all = content.policies.map(({ slug }) => slug);
    const unknown = await page({ policy: ["nao", "nowhere"], audience: "child" });
    expect(unknown).toMatchObject({ problems: [{ kind: "unknown", slug: "nowhere" }], answers: { audience: "child" } });
    expect([unknown.chosen.map(names), unknown.opinions, unknown.comparison]).toEqual([["NAO"], [], null]);
    expect((await page({ policy: "nao" })).problems).toEqual([{ kind: "just-one" }]);
    expect((await page({ policy: ["nao", "nao", ""] })).problems).toEqual([{ kind: "just-one" }]);
    const seventh = { slug: "seventh", versions: content.policies[0]?.versions ?? [] };
    useContent({ ...content, policies: [...content.policies, seventh] });
    const tooMany = await page({ policy: [...all, "seventh"] });
    expect([tooMany.problems, tooMany.chosen.length, tooMany.comparison]).toEqual([
      [{ kind: "too-many" }],
      all.length + 1,
      null,
    ]);
    expect((await page({})).chosen).toHaveLength(6);
  });

  it("shows the current published version, even to the owner", async () => {
    const shown = async () =>
      (await page({}, person("nao", "policy-owner"))).chosen.find(({ slug }) => slug === "nao")?.version.version;
    await serveVersions("nao", [{ version: "2", isPublished: false }]);
    expect(await shown()).toBe("1");
    await serveVersions("nao", [{ version: "2", effective: "2999-01-01" }]);
    expect(await shown()).toBe("1");
    await serveVersions("nao", [{ version: "2" }]);
    expect(await shown()).toBe("2");
    await serveVersions("nao", [{ version: "2", status: "withdrawn" }]);
    expect(await shown()).toBeUndefined();
    await expect(page({ policy: ["nao", "nottingham"] })).resolves.toMatchObject({ problems: [{ kind: "unknown" }] });
  });

  it("gives each reader the same lines, in the reader's own order", async () => {
    const policy = ["nao", "nottingham", "cleveland-opcc"];
    const [one, two] = [await page({ policy }), await page({ policy: [...policy].reverse() }, person("nottingham"))];
    expect(two.chosen.map(({ slug }) => slug)).toEqual(["nottingham", "cleveland-opcc", "nao"]);
    const bySlug = ({ comparison }: typeof one) =>
      comparison?.disagreements.map(({ voices, when }) => ({
        when,
        ...Object.fromEntries(voices.map(({ policy: { slug }, voice }) => [slug, voice])),
      }));
    expect(bySlug(two)).toEqual(bySlug(one));
  });
});

it("over the policies that come with the portal, each line says what each policy decides", async () => {
  const { chosen } = await page({});
  const tables = chosen.map(({ version }) => version.table);
  const axes = unionAxes(tables);
  const { disagreements, differ, situations } = compareOver(tables) ?? { disagreements: [], differ: 0, situations: 0 };
  let differing = 0;
  for (let at = 0; at < situations; at += 37) {
    const situation = Object.fromEntries(
      axes.map(({ name, answers, stride }) => [name, answers[Math.floor(at / stride) % answers.length] ?? ""]),
    );
    const verdicts = tables.map((table) => {
      // A table that does not know an answer is silent.
      if (!table.facts.every(({ name, answers }) => answers.includes(situation[name] ?? ""))) return null;
      const decision = decide(table, situation);
      return decision.settled && decision.rule.verdict !== "not-covered" ? decision.rule.verdict : null;
    });
    const isDifferent = new Set(verdicts.filter((verdict) => verdict !== null)).size > 1;
    const lines = disagreements.filter(({ when }) =>
      Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? "")),
    );
    if (lines.length !== Number(isDifferent)) expect([situation, lines]).toEqual([]);
    if (isDifferent) expect(lines[0]?.voices).toEqual(verdicts);
    differing += Number(isDifferent);
  }
  expect(Math.abs(differing * 37 - differ)).toBeLessThan(differ / 20);
});

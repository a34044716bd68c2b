import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { LATEST_PROTOCOL_VERSION } from "@modelcontextprotocol/sdk/types.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, expect, it } from "vitest";
import { makeTestToken } from "#app/_api/testing/program.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Evaluation } from "#domain/answers/api/evaluation-schema.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { explain } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { ruleAt, situationsWith } from "#domain/testing/enumerated-table.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { callTool, connectAssistant, makeOwnToken } from "./testing/assistant.ts";
import { TOOLS } from "./tools.ts";

const DECISION = { app: "covered", audience: "colleague", purpose: "decision" };

interface NextQuestion {
  settled: boolean;
  question: { fact: string; answers: { answer: string }[] } | null;
  open: string[];
}

describeOnOneDatabase("an assistant", (database) => {
  let emma: Actor;
  let client: Client;
  let version: PolicyVersion;
  beforeEach(async () => {
    emma = await addPerson(database(), "emma");
    client = await connectAssistant(await makeOwnToken(emma));
    const found = (await loadContent()).policies.find(({ slug }) => slug === "model")?.versions.at(-1);
    if (!found) throw new Error("There is no model policy.");
    version = found;
  });
  const evaluate = async (given: Record<string, unknown>) =>
    (await callTool(client, "evaluate", given)).answer as { evaluation: Evaluation; page: string; note: string };

  it("meets the current version of the protocol, and tools that only read, with schemas of what they answer", async () => {
    expect(client.getServerVersion()).toMatchObject({ name: "with-care" });
    expect(LATEST_PROTOCOL_VERSION).toBe("2025-11-25");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).join(" ")).toBe(
      "list_policies read_policy read_clause search_clauses next_question evaluate explain_difference my_tasks my_groups",
    );
    const ajv = new Ajv2020({ strict: false });
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      for (const schema of [inputSchema, outputSchema]) expect(() => ajv.compile(schema ?? false)).not.toThrow();
    }
  });

  it("asks question by question until nothing is open, and each of all situations then has the table's answer", async () => {
    const { table } = version;
    let covered = 0;
    const walk = async (facts: Answers): Promise<void> => {
      const asked = await callTool(client, "next_question", { policy: "model", facts });
      const { settled, question } = asked.answer as unknown as NextQuestion;
      if (!settled) {
        for (const { answer } of question?.answers ?? []) await walk({ ...facts, [question?.fact ?? ""]: answer });
        return;
      }
      expect(question).toBeNull();
      const { evaluation } = await evaluate({ policy: "model", facts });
      if (!evaluation.settled)
        throw new Error(`Nothing was left to ask, and there is no verdict: ${JSON.stringify(facts)}`);
      const situations = situationsWith(table, facts);
      covered += situations.length;
      const other = situations.find((at) => ruleAt(table, at)?.verdict !== evaluation.verdict);
      expect(other && situationAt(table, other), JSON.stringify(facts)).toBeUndefined();
    };
    await walk({});
    expect(covered).toBe(table.situations);
  });

  it("gets the next question and no verdict where something is not known", async () => {
    for (const facts of [{}, { app: "covered" }, { app: "covered", audience: "citizen", purpose: "photo" }]) {
      const { evaluation, note } = await evaluate({ policy: "model", facts });
      const asked = (await callTool(client, "next_question", { policy: "model", facts }))
        .answer as unknown as NextQuestion;
      if (evaluation.settled) throw new Error(`There is a verdict already: ${JSON.stringify(facts)}`);
      expect(evaluation.needs[0]).toEqual(asked.question);
      expect(evaluation.needs.map(({ fact }) => fact)).toEqual(asked.open);
      expect(evaluation).not.toHaveProperty("verdict");
      expect(note).toContain("no verdict yet");
    }
  });

  it("answers every whole situation as the table does", async () => {
    const tool = TOOLS.find(({ listing }) => listing.name === "evaluate");
    const caller = { actor: emma, isPerson: true, scopes: ["evaluate"] as const };
    const { table } = version;
    for (let at = 0; at < table.situations; at++) {
      const facts = situationAt(table, at);
      const result = await tool?.call(caller, { policy: "model", facts });
      const { evaluation } = result?.structuredContent as { evaluation: Evaluation };
      const rule = ruleAt(table, at);
      if (!evaluation.settled || evaluation.rule !== rule?.id || evaluation.verdict !== rule.verdict)
        expect.fail(`${JSON.stringify(facts)}: ${JSON.stringify(evaluation)}`);
    }
  });

  it("gets the verdict with clauses, duties, what instead, hash and page, and what it gets fits the schema", async () => {
    const { evaluation, page, note } = await evaluate({ policy: "model", facts: DECISION });
    const { verdict, reasons, obligations, instead } = explain(version, DECISION);
    expect(evaluation).toMatchObject({ settled: true, verdict, reasons, obligations, instead, hash: version.hash });
    expect(page).toBe(`${getEnv().appUrl}/check?policy=model&app=covered&audience=colleague&purpose=decision`);
    expect(note).toContain("The page is the answer");
    const { words } = await callTool(client, "evaluate", { policy: "model", facts: DECISION });
    for (const part of [verdict, reasons[0]?.text, instead[0], version.hash, page]) expect(words).toContain(part);
    const old = await evaluate({ policy: "model", version: "1.0", facts: { audience: "child" } });
    expect(old.page).toBe(`${getEnv().appUrl}/policies/model/versions/1.0`);
  });

  it.each<[string, string, Record<string, unknown>, string[]]>([
    ["evaluate", "a fact", { policy: "model", facts: { mood: "good" } }, ['no fact "mood"', "audience"]],
    ["evaluate", "an answer", { policy: "model", facts: { audience: "everybody" } }, ['"everybody"', "colleague"]],
    ["next_question", "a fact", { policy: "model", facts: { toString: "x" } }, ['no fact "toString"', "audience"]],
    ["evaluate", "a policy", { policy: "none", facts: {} }, ['no policy "none"', "model", "nao"]],
    ["evaluate", "a version", { policy: "model", version: "9", facts: {} }, ['no version "9"']],
    ["evaluate", "a day", { policy: "model", facts: {}, on: "2026-02-30" }, ["/on", "a day that exists"]],
    ["evaluate", "a place", { policy: "model", facts: {}, send: true }, ['no place for "send"']],
    ["evaluate", "what is missing", {}, ["/policy", "/facts"]],
    ["read_clause", "a clause", { policy: "model", clause: "99.9" }, ['no clause "99.9"', "1.1"]],
    ["search_clauses", "a policy", { words: "group", policy: "none" }, ['no policy "none"', "model"]],
    [
      "explain_difference",
      "a fact of one side",
      { first: { policy: "model", facts: {} }, second: { policy: "model", facts: { mood: "good" } } },
      ["/second/facts/mood", 'no fact "mood"'],
    ],
  ])("is refused by %s for %s by name, with what is known", async (name, _, given, parts) => {
    const { words, isError } = await callTool(client, name, given);
    expect(isError).toBe(true);
    for (const part of parts) expect(words).toContain(part);
  });

  it("gets no tool that is not there", async () => {
    await expect(callTool(client, "send_message")).rejects.toThrow(/no tool "send_message".*evaluate/);
  });

  it("lists, reads and searches policies, and reads them as resources", async () => {
    const list = await callTool(client, "list_policies");
    expect(list.words).toContain("model: Messaging apps at work (Example Borough Council), version 3.0, in-force");
    const read = await callTool(client, "read_policy", { policy: "model" });
    const clause = version.clauses.find(({ id }) => id === "4.3");
    expect(read.answer).toMatchObject({ policy: { version: "3.0", hash: version.hash } });
    expect(read.words).toContain("**1.1** A messaging app can help");
    expect(read.words).not.toMatch(/<\/?(Clause|Callout|Gap)/);
    const quoted = await callTool(client, "read_clause", { policy: "model", clause: "4.3" });
    expect(quoted.words).toContain(clause?.text);
    expect(quoted.answer["page"]).toBe(`${getEnv().appUrl}/policies/model/versions/3.0#clause-4.3`);
    const found = await callTool(client, "search_clauses", { words: "child under 13", policy: "model" });
    expect(found.words).toMatch(/child/);
    const { resources } = await client.listResources();
    expect(resources.map(({ name }) => name)).toContain("model");
    for (const { uri } of resources) expect((await client.readResource({ uri })).contents).toHaveLength(1);
    const [old] = (await client.readResource({ uri: "with-care://policies/model/versions/1.0" })).contents;
    expect(old).toMatchObject({ mimeType: "text/markdown" });
    await expect(client.readResource({ uri: "with-care://policies/none" })).rejects.toThrow(/no resource/);
    await expect(client.readResource({ uri: "file:///etc/passwd" })).rejects.toThrow(/no resource/);
    const ref = { type: "ref/resource" as const, uri: "with-care://policies/{slug}/versions/{version}" };
    const completed = async (name: string, value: string) =>
      (await client.complete({ ref, argument: { name, value }, context: { arguments: { slug: "model" } } })).completion;
    expect((await completed("slug", "mo")).values).toEqual(["model"]);
    expect((await completed("version", "1")).values).toEqual(["1.1", "1.0"]);
    const prompt = await client.getPrompt({ name: "may_i_send", arguments: { policy: "model", situation: "a rota" } });
    expect(JSON.stringify(prompt.messages)).toContain("a rota");
  });

  it("is told what makes a difference between situations, versions and policies", async () => {
    const first = { policy: "model", facts: DECISION };
    const second = { policy: "model", facts: { ...DECISION, app: "approved" } };
    const { answer, words } = await callTool(client, "explain_difference", { first, second });
    expect(answer).toMatchObject({ facts: [{ fact: "app", first: "covered", second: "approved" }] });
    expect(answer["onlyFirst"]).toMatchObject({ reasons: [{ clause: "4.3" }, {}] });
    expect(words).toContain("First: never (model 3.0). Second:");
    const open = await callTool(client, "explain_difference", { first, second: { policy: "nao", facts: {} } });
    expect(open.answer).toMatchObject({ second: { settled: false } });
    expect(open.answer["note"]).toContain("no verdict");
    expect(open.words).toContain("Next question");
  });

  it("sees its own person's tasks and groups and nobody else's, and a program sees none", async () => {
    const [ann, bob] = [await addPerson(database(), "ann"), await addPerson(database(), "bob")];
    const groups = await Promise.all([ann, bob].map((one) => addApprovedGroup(database(), { administrators: [one] })));
    const [forAnn, forBob] = [
      await connectAssistant(await makeOwnToken(ann)),
      await connectAssistant(await makeOwnToken(bob)),
    ];
    const seen = async (one: Client) =>
      JSON.stringify([await callTool(one, "my_groups"), await callTool(one, "my_tasks")]);
    const [annSees, bobSees] = [await seen(forAnn), await seen(forBob)];
    const [ofAnn = "", ofBob = ""] = groups.map(({ reference }) => reference);
    expect([annSees.includes(ofAnn), annSees.includes(ofBob)]).toEqual([true, false]);
    expect([bobSees.includes(ofAnn), bobSees.includes(ofBob)]).toEqual([false, true]);
    const tasks = (await callTool(forAnn, "my_tasks")).answer["tasks"];
    expect(tasks).toContainEqual(
      expect.objectContaining({ page: expect.stringMatching(/policies\/nao\/acknowledge/) as string }),
    );
    const administrator = await addPerson(database(), "ada", { roles: ["administrator"] });
    const program = await connectAssistant(await makeTestToken(administrator, ["policies:read", "evaluate"]));
    expect((await program.listTools()).tools.map(({ name }) => name)).not.toContain("my_tasks");
    for (const name of ["my_tasks", "my_groups"]) {
      const { isError, words } = await callTool(program, name);
      expect([isError, words]).toEqual([true, expect.stringContaining("of your own")]);
    }
    const reader = await connectAssistant(await makeTestToken(administrator, ["policies:read"]));
    expect(await callTool(reader, "evaluate", { policy: "model", facts: {} })).toMatchObject({ isError: true });
    const asker = await connectAssistant(await makeTestToken(administrator, ["evaluate"]));
    expect((await asker.listResources()).resources).toEqual([]);
    await expect(asker.readResource({ uri: "with-care://policies/model" })).rejects.toThrow();
  });

  it("changes nothing, whatever it calls", async () => {
    await callTool(client, "list_policies"); // the day of the token's last use
    const rows = async () => {
      const tables = await database().prisma.$queryRaw<{ name: string }[]>`
        SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;
      const counts = tables.map(({ name }) =>
        database().prisma.$queryRawUnsafe(
          `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM "${name}" t`,
        ),
      );
      return Promise.all(counts);
    };
    const before = await rows();
    const given: Record<string, Record<string, unknown>> = {
      read_policy: { policy: "model" },
      read_clause: { policy: "model", clause: "4.3" },
      search_clauses: { words: "something that nobody finds" },
      next_question: { policy: "model", facts: {} },
      evaluate: { policy: "model", facts: DECISION },
      explain_difference: { first: { policy: "model", facts: DECISION }, second: { policy: "model", facts: {} } },
    };
    for (const { listing } of TOOLS)
      expect((await callTool(client, listing.name, given[listing.name])).isError).toBe(false);
    expect(await rows()).toEqual(before);
  });
});

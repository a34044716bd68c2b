import { PGlite } from "@electric-sql/pglite";
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { reportIncident } from "#server/registers/incident/service.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { askQuestion } from "#server/policy/question/service.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";

// Calls every function that pages, forms and programs call on somebody's behalf, as people with no permission here.

const files = import.meta.glob<Record<string, unknown>>("../../*/*/*.ts");

interface Callable {
  name: string;
  parameters: string[];
  call(...args: unknown[]): unknown;
}

/** All exported functions of services and queries whose first parameter is an actor, with the names of the others. */
async function listCallables(): Promise<Callable[]> {
  const paths = readdirSync("server", { recursive: true, encoding: "utf8" })
    .filter((path) => /^(?!testing)\w+\/[^/]+\/[^/]+$/.test(path))
    .filter((path) => /(service|queries|command)\.ts$/.test(path))
    // Published policies, and whatever is computed from them, are for everybody (decision 007), and slow.
    .filter((path) => !/^(policy\/(policy|dmn|search)|answers\/(known-answer|api))\//.test(path));
  const found = await Promise.all(
    paths.map(async (path) => {
      const source = readFileSync(`server/${path}`, "utf8");
      const module = await files[`../../${path}`]?.();
      const heads = source.matchAll(
        /export (?:(?:async )?function |const )(\w+)(?: = (?:cache\()?(?:async )?)?\(\s*(?:actor|\{[^}]*\}|by): Actor\b([^]*?)\)(?::| =>| \{)/g,
      );
      return [...heads].flatMap(([, name = "", rest = ""]): Callable[] => {
        const exported = module?.[name];
        if (typeof exported !== "function") return [];
        const parameters = [...rest.matchAll(/[,{]\s*(\w+)\??(?=\s*[:=,}])/g)].flatMap(([, word]) => word ?? []);
        const call = (...args: unknown[]): unknown => Reflect.apply(exported, undefined, args);
        return [{ name: `${path}: ${name}`, parameters, call }];
      });
    }),
  );
  return found.flat();
}

describeOnOneDatabase("functions that act in somebody's name", (database) => {
  let references: Record<string, string>;
  let words: string[];
  let nobody: Actor;
  let colleague: Actor;
  let elsewhere: Actor;
  let personId: string;

  beforeEach(async () => {
    const person = (id: string, more: Parameters<typeof addPerson>[2]) => addPerson(database(), id, more);
    const manager = await person("Quillmanager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "quillteam", { managerId: manager.personId });
    const owner = await person("Quillowner", { team });
    const second = await person("Quillsecond", {});
    await person("Quillofficer", { roles: ["governance-officer"] });
    const administrator = await person("Quilladmin", { roles: ["administrator"] });
    nobody = await person("nobody", { roles: [] });
    colleague = await person("colleague", {});
    elsewhere = await person("elsewhere", { body: "nottingham", roles: [...ROLES] });
    personId = owner.personId;
    const policy = await getPolicy(owner, "nao");
    const [version] = policy ? [policy.version] : [];
    if (!version) throw new Error("There is no policy.");
    const question = await askQuestion(owner, {
      slug: "nao",
      version: version.version,
      hash: version.hash,
      clause: "4.3",
      startKey: "q",
      question: "Quillquestion?",
    });
    const incident = await reportIncident(owner, {
      kind: "shared",
      startKey: "i",
      from: null,
      form: new FormValues({ data: ["health"] }),
    });
    const record = await captureRecord(owner, {
      startKey: "r",
      origin: null,
      draft: {
        principal: "",
        method: "",
        saidTime: "",
        about: "Quillrecord",
        saidOn: { kind: "day", day: "2026-01-10" },
        group: "",
        chat: "A chat",
        participants: "Two",
        content: "Quillcontent",
        system: "Files",
        systemReference: "1",
        retentionClass: "",
        className: "Everyday",
        eventOn: { kind: "empty" },
        keepUntil: { kind: "day", day: "2030-01-01" },
      },
    });
    const token = await makeToken(administrator, { name: "Quilltoken", scopes: ["evaluate"], days: "30" }, "t");
    const consent = await database().prisma.consent.create({
      data: {
        id: "consent",
        reference: "PHO-2222-2222",
        body: "nao",
        personId,
        startKey: "p",
        name: "Quillphoto",
        givenOn: "2026-01-01",
        until: "2030-01-01",
        purpose: "News",
        formReference: "1",
        recordedAt: new Date(),
      },
    });
    const hold = await database().prisma.hold.create({
      data: {
        id: "hold",
        reference: "HLD-2222-2222",
        body: "nao",
        placedById: "Quillofficer",
        startKey: "h",
        reason: "foi",
        keep: "Quillhold",
        note: "",
        placedAt: new Date(),
        isOnSubject: false,
        targets: { create: { id: "target", personId } },
      },
    });
    const kept = { body: "nao", personId, startKey: "k", policy: "nao", version: "1", hash: "0".repeat(64) };
    const { startKey: _, ...answered } = kept;
    await database().prisma.acknowledgement.create({
      data: {
        ...answered,
        id: "answer",
        reference: "ACK-2222-2222",
        attempt: 1,
        answer: "declined",
        reason: "Quillreason",
        statement: "I have read it.",
        givenAt: new Date(),
      },
    });
    await database().prisma.receipt.create({
      data: {
        ...kept,
        id: "receipt",
        reference: "DEC-2222-2222",
        verdict: "never",
        content: "{}",
        words: "Quillwords",
        keptAt: new Date(),
        salt: "s",
        seal: "0".repeat(64),
      },
    });
    await database().prisma.understandingCheck.create({
      data: {
        ...kept,
        id: "check",
        reference: "SUR-2222-2222",
        kind: "survey",
        heldBy: "Quillteam",
        heldOn: "2026-01-10",
        takenBy: "40",
        result: "Quillresult",
        actions: "None",
        recordedAt: new Date(),
      },
    });
    await database().prisma.webhook.create({
      data: {
        reference: "HOK-2222-2222",
        body: "nao",
        kind: "slack",
        name: "Quillhook",
        host: "quill.invalid",
        sealed: "",
        events: [],
        hasNames: false,
        startHash: "",
        madeAt: new Date(),
      },
    });
    await database().prisma.continuityActivity.create({
      data: {
        id: "activity",
        reference: "CON-2222-2222",
        body: "nao",
        startedById: personId,
        startKey: "c",
        title: "Quillactivity",
        reason: "A trial.",
        startedAt: new Date(),
        endReason: "Over.",
        endedAt: new Date(),
        endedById: personId,
      },
    });
    const group = await addApprovedGroup(database(), { administrators: [owner, second], name: "Quillgroup" });
    const mail = await database().prisma.mail.findFirst();
    const made = JSON.stringify({ question, incident, record, token });
    const find = (prefix: string) => new RegExp(`${prefix}-\\w{4}-\\w{4}`).exec(made)?.[0] ?? "";
    references = {
      EX: await exceptionAwaitingApproval(owner, "e"),
      GRP: group.reference,
      PHO: consent.reference,
      HLD: hold.reference,
      ASK: find("ASK"),
      INC: find("INC"),
      REC: find("REC"),
      TOK: find("TOK"),
      ACK: "ACK-2222-2222",
      DEC: "DEC-2222-2222",
      SUR: "SUR-2222-2222",
      CON: "CON-2222-2222",
      HOK: "HOK-2222-2222",
      mail: mail?.id ?? "",
    };
    expect(Object.entries(references).filter(([, one]) => one === "")).toEqual([]);
    words = ["Quill", ...Object.values(references)];
  });
  afterEach(() => vi.restoreAllMocks());

  /** Values for each parameter: everything that could identify something in the body, or that a form could send. */
  function argumentLists(parameters: readonly string[]): unknown[][] {
    const isId = (name: string) => ["reference", "typed", "id", "link", "token"].includes(name);
    const of = (name: string, reference: string): unknown => {
      if (isId(name)) return reference;
      if (name === "personId" || name === "memberId") return personId;
      if (name === "slug" || name === "policy") return "nao";
      if (["seen", "position", "revision", "page", "number"].includes(name)) return 1;
      if (["query", "wish", "search"].includes(name)) return {};
      if (name === "form") return new FormValues({ reason: ["Because."] });
      if (name === "tx") return undefined;
      if (/^(sent|draft|asked|approval|target|command)$/.test(name))
        return { startKey: "x", reason: "Because.", groups: [], people: "", ids: [], clauses: ["4.3"], slug: "nao" };
      return "Because.";
    };
    const some = parameters.some(isId) ? Object.values(references) : [""];
    return some.map((reference) => parameters.map((name) => of(name, reference)));
  }

  async function answerOf(call: Callable, actor: Actor, args: readonly unknown[]): Promise<string> {
    try {
      return JSON.stringify(await call.call(actor, ...args)) ?? "";
    } catch (error) {
      // Not the type it expects: then it has done nothing, as the rows show.
      return error instanceof Error ? error.message : "";
    }
  }

  async function rows(): Promise<Set<string>> {
    const { prisma } = database();
    const tables = await prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
    const all = await Promise.all(
      tables.map(({ name }) => prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} t`)),
    );
    return new Set(all.flat().map(({ row }) => row));
  }

  for (const who of ["nobody", "elsewhere"] as const)
    it(`tell and change nothing for ${who === "nobody" ? "somebody without a role" : "somebody of another body with every role"}`, async () => {
      const actor = who === "nobody" ? nobody : elsewhere;
      const calls = await listCallables();
      expect(calls.length).toBeGreaterThan(130);
      const before = await rows();
      const told: string[] = [];
      for (const call of calls)
        for (const args of argumentLists(call.parameters)) {
          const answer = await answerOf(call, actor, args);
          const given = JSON.stringify(args);
          if (words.some((word) => answer.includes(word) && !given.includes(word)))
            told.push(`${call.name} ${given} → ${answer}`);
        }
      expect(told).toEqual([]);
      const after = await rows();
      expect([...before].filter((row) => !after.has(row))).toEqual([]);
      if (who === "nobody") expect([...after].filter((row) => !before.has(row))).toEqual([]);
    });

  it("make the same queries for things that do not exist and things that belong to others", async () => {
    const calls = (await listCallables()).filter(
      ({ parameters: [first] }) => first === "reference" || first === "typed",
    );
    expect(calls.length).toBeGreaterThan(30);
    const differing: string[] = [];
    const asking = new Set<string>();
    for (const actor of [elsewhere, colleague])
      for (const call of calls)
        // Everybody of the body sees its business continuity activities.
        for (const reference of Object.values(references).filter(
          (one) => actor === elsewhere || !one.startsWith("CON"),
        )) {
          const [args = []] = argumentLists(call.parameters).filter((list) => list.includes(reference));
          const absent = reference.replace(/-.*/, "-9ZZZ-9ZZZ");
          const mine = await queriesOf(() => answerOf(call, actor, args));
          const other = await queriesOf(() =>
            answerOf(
              call,
              actor,
              args.map((one) => (one === reference ? absent : one)),
            ),
          );
          if (mine.queries > 0) asking.add(call.name);
          if (mine.answer !== other.answer)
            differing.push(
              `${call.name} tells ${reference} from ${absent} to ${actor.personId}: ${mine.answer} ≠ ${other.answer}`,
            );
          else if (mine.queries !== other.queries)
            differing.push(
              `${call.name} for ${actor.personId} ${reference}: ${mine.queries} queries, not ${other.queries}`,
            );
        }
    expect(differing.join("\n")).toBe("");
    // The others refuse by role, before they run any query.
    expect(asking.size).toBeGreaterThan(60);
  });

  /** Counts the queries that the work makes, inside and outside transactions, on either engine. */
  async function queriesOf(work: () => Promise<string>): Promise<{ answer: string; queries: number }> {
    let queries = 0;
    const transaction = PGlite.prototype.transaction;
    const spies = [
      vi.spyOn(PGlite.prototype, "query"),
      vi.spyOn(pg.Client.prototype, "query"),
      vi.spyOn(PGlite.prototype, "transaction").mockImplementation(function (this: PGlite, run) {
        return transaction.call(this, (tx) => {
          const query = tx.query.bind(tx);
          tx.query = (...args) => {
            queries += 1;
            return query(...args);
          };
          return run(tx);
        });
      }),
    ];
    const answer = await work();
    queries += spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    return { answer, queries };
  }
});

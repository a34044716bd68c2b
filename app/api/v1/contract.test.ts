import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask, makeTestToken, send } from "#app/_api/testing/program.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { API_SCOPES } from "#domain/access/api-token/api-token.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { ruleAt } from "#domain/testing/enumerated-table.ts";
import { explain } from "#domain/policy/policy/explain.ts";
import { loadContent } from "#server/base/content/store.ts";
import { PUBLISH_HEADS } from "#server/evidence/head/job.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { fillEveryRegister } from "#server/testing/register-entries.ts";

interface Media {
  schema: { $ref: string };
  examples?: object;
}
interface Described {
  operationId: string;
  parameters?: { $ref: string }[];
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { responses: Record<string, { content?: Record<string, Media>; headers?: object }>; schemas: object };
}

const read = async <Shape>(response: Response): Promise<Shape> => (await response.json()) as Shape;
const served = async () => read<Document>(await ask("GET", "/openapi.json"));

describe("the document", () => {
  it("passes a linter of others with every recommended rule, which asks nobody outside", async () => {
    const outside = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("No network here."));
    const config = await createConfig({ extends: ["recommended-strict"] });
    const source = JSON.stringify(await served());
    const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
    const faulty = await lintFromString({
      source: source.replace('"operationId"', '"operation"'),
      absoluteRef: "openapi.json",
      config,
    });
    expect(faulty, "the linter finds what is wrong").not.toEqual([]);
    expect(outside).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("is of OpenAPI 3.1, and of the shapes that requests are read with", async () => {
    const { openapi, components } = await served();
    expect(openapi).toMatch(/^3\.1\./);
    expect(() => compile({ components })).not.toThrow();
  });
});

/** Validates bodies against the schemas of the document as it is served. */
function compile({ components }: Pick<Document, "components">): (ref: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  ajv.addSchema({ $id: "openapi.json", components: { schemas: components.schemas } }, undefined, false, false);
  for (const keyword of ["components"]) ajv.addKeyword(keyword);
  return (ref) => ajv.compile({ $ref: `openapi.json${ref}` });
}

describeOnOneDatabase("the API keeps what its document promises", (database) => {
  let document: Document;
  let validator: (ref: string) => ValidateFunction;
  let administrator: Actor;
  let token: string;
  const seen = new Set<string>();
  beforeEach(async () => {
    document = await served();
    validator = compile(document);
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    token = await makeTestToken(administrator, API_SCOPES);
    await PUBLISH_HEADS.run(new Date());
  });

  /** Fails if the document does not describe this response for this operation. */
  async function check(method: string, pattern: string, response: Response): Promise<unknown> {
    const operation = document.paths[pattern]?.[method.toLowerCase()];
    const described = operation?.responses[String(response.status)];
    expect(described, `${method} ${pattern} ${response.status} is described`).toBeDefined();
    const ref = described?.$ref?.split("/").at(-1);
    const { content = {} } = ref === undefined ? (described ?? {}) : (document.components.responses[ref] ?? {});
    const [type, media] = Object.entries(content)[0] ?? [];
    if (operation) seen.add(`${operation.operationId} ${response.status}`);
    expect(response.headers.get("vary")).toBe("Authorization");
    if (!media) {
      expect(await response.text()).toBe("");
      return null;
    }
    expect(response.headers.get("content-type")).toBe(type);
    const body = await read<{ type?: string; status?: number }>(response);
    const validate = validator(media.schema.$ref);
    expect(validate(body), `${method} ${pattern}: ${JSON.stringify(validate.errors)}`).toBe(true);
    if (response.status >= 400) {
      expect(body.status).toBe(response.status);
      // Where a status stands for several problems, they are examples of it by name.
      const names = Object.keys(media.examples ?? { [ref ?? ""]: true });
      expect(names.map((name) => `/api/v1/openapi.json#/components/responses/${name}`)).toContain(body.type);
      expect(JSON.stringify(body)).not.toMatch(/\bat .*:\d+:\d+|node_modules|wc_/);
    }
    return body;
  }

  const fill = (pattern: string, slug: string, version: string) =>
    pattern.replace("{slug}", slug).replace("{version}", version);

  it("reads every address of every published version of every policy", async () => {
    const { policies } = await loadContent();
    for (const { slug, versions } of policies)
      for (const { version } of versions)
        for (const [pattern, item] of Object.entries(document.paths)) {
          if (!("get" in item) || pattern.startsWith("/registers/")) continue;
          const address = fill(pattern, slug, version);
          const body = await check("GET", pattern, await ask("GET", address, { token }));
          const head = await ask("HEAD", address, { token });
          expect(head.status).toBe(200);
          expect(body).not.toBeNull();
        }
  });

  it("reads every page of every register, and begins what it says", async () => {
    const { employee } = await fillEveryRegister(database());
    for (const [pattern, item] of Object.entries(document.paths)) {
      if (!pattern.startsWith("/registers/") || !("get" in item)) continue;
      const body = (await check("GET", pattern, await ask("GET", pattern, { token }))) as { rows: object[] };
      expect(body.rows.length, pattern).toBeGreaterThan(0);
      await check("GET", pattern, await ask("GET", `${pattern}?nothing=1`, { token }));
    }
    const write = (address: string, sent: unknown, key: string) =>
      ask("POST", address, {
        token,
        body: JSON.stringify(sent),
        headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
      });
    for (const [kind, more] of [
      ["exceptions", { policy: "nao" }],
      ["records", {}],
      ["groups", {}],
    ] as const) {
      const address = `/drafts/${kind}`;
      const sent = { for: employee.email, ...more };
      const statuses: number[] = [];
      for (const [body, key] of [
        [sent, kind],
        [sent, kind],
        [{ ...sent, for: "x" }, kind],
        [{}, "k"],
        [sent, ""],
      ] as const) {
        const response = await write(address, body, key);
        statuses.push(response.status);
        const location = response.headers.get("location");
        const read = (await check("POST", address, response)) as { address?: string };
        expect(location).toBe(read.address ?? null);
      }
      expect(statuses).toEqual([201, 201, 422, 422, 400]);
    }
    expect(await database().prisma.begunForm.count()).toBe(3);
  });

  it("writes into the evidence that records were handed out with names, as their file does", async () => {
    const exported = () => database().prisma.evidence.count({ where: { event: "record.exported" } });
    await ask("GET", "/registers/records", { token: await makeTestToken(administrator, ["registers:read"]) });
    expect(await exported()).toBe(0);
    await ask("GET", "/registers/records?standing=kept", { token });
    expect(await exported()).toBe(1);
  });

  it("sends 304 without a body while nothing changed, and the whole again once it did", async () => {
    for (const [pattern, item] of Object.entries(document.paths)) {
      if (!("get" in item)) continue;
      const address = fill(pattern, "nao", "1");
      const first = await ask("GET", address, { token });
      const etag = first.headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[\w-]{43}"$/);
      for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = await ask("GET", address, { token, headers: { "if-none-match": sent } });
        expect(again.status, `${address} ${sent}`).toBe(304);
        expect(again.headers.get("etag")).toBe(etag);
        expect(again.headers.get("cache-control")).toBe("private, no-cache");
        await check("GET", pattern, again);
      }
      const changed = await ask("GET", address, { token, headers: { "if-none-match": '"other"' } });
      expect(changed.status).toBe(200);
    }
    const list = await ask("GET", "/policies/nao", { token });
    await serveVersions("nao", [{ version: "2", material: true, effective: "2026-01-01" }]);
    const etag = list.headers.get("etag") ?? "";
    const after = await ask("GET", "/policies/nao", { token, headers: { "if-none-match": etag } });
    expect(after.status).toBe(200);
    expect(await read(after)).toMatchObject({ version: "2", follows: "1", isCurrent: true });
    await serveVersions("nao", []);
  });

  it("gives the verdict of every situation of a policy, a thousand at once, as the portal itself does", async () => {
    const { policies } = await loadContent();
    const version = policies.find(({ slug }) => slug === "model")?.versions.at(-1);
    if (!version) throw new Error("There is no model policy.");
    const all = Array.from({ length: version.table.situations }, (_, at) => situationAt(version.table, at));
    for (let from = 0; from < all.length; from += 1000) {
      const facts = all.slice(from, from + 1000);
      const response = await send(
        "/policies/model/evaluate",
        { situations: facts.map((one) => ({ facts: one })) },
        token,
      );
      expect(response.status).toBe(200);
      const body = (await check("POST", "/policies/{slug}/evaluate", response)) as { results: object[] };
      expect(body.results).toHaveLength(facts.length);
      facts.forEach((one, at) => {
        const { verdict, rule, obligations } = explain(version, one);
        expect(body.results[at]).toMatchObject({ settled: true, verdict, rule, obligations, version: "3.0" });
      });
    }
  });

  it("says what is still needed, with the questions of that policy", async () => {
    const response = await send(
      "/policies/model/evaluate",
      { facts: { app: "covered", audience: "citizen", purpose: "photo" } },
      token,
    );
    const body = await check("POST", "/policies/{slug}/evaluate", response);
    expect(body).toMatchObject({
      settled: false,
      needs: [
        { fact: "content", answers: [{ answer: "sensitive" }, { answer: "unsure", as: "sensitive" }, {}] },
        { fact: "chat" },
        { fact: "people" },
        { fact: "exception" },
      ],
    });
  });

  it("gives the example of the document for the example's situation", async () => {
    const response = await send(
      "/policies/model/versions/3.0/evaluate?on=2026-11-30",
      { facts: { app: "covered", audience: "colleague", purpose: "decision" } },
      token,
    );
    const body = await check("POST", "/policies/{slug}/versions/{version}/evaluate", response);
    const schemas = document.components.schemas as Record<string, { examples?: unknown[] }>;
    expect(schemas["Verdict"]?.examples).toEqual([body]);
  });

  it("decides for the day that is asked for, on either side of the end of a rule", async () => {
    const path = "/policies/devolved-government";
    const facts = { device: "work", use: "arrangements", content: "non-sensitive", outage: "no" };
    const ofList = { facts: { ...facts, transition: "yes", capture: "yes", exception: "no" } };
    const evaluate = async (day: string) =>
      check("POST", "/policies/{slug}/evaluate", await send(`${path}/evaluate?on=${day}`, ofList, token));
    const change = { until: "2027-03-31", from: "2027-04-01", verdict: "exception-only" };
    expect(await evaluate("2027-03-31")).toMatchObject({
      on: "2027-03-31",
      rulesUntil: "2027-03-31",
      verdict: "with-care",
      changes: change,
    });
    expect(await evaluate("2027-04-01")).toMatchObject({ rulesUntil: null, verdict: "exception-only", changes: null });
    expect(await evaluate("2027-02-30")).toMatchObject({ errors: [{ parameter: "on" }] });
    const outcomes = async (day: string) => {
      const response = await ask("GET", `${path}/outcomes?transition=yes&on=${day}`, { token });
      const body = (await check("GET", "/policies/{slug}/outcomes", response)) as { outcomes: { rule: string }[] };
      return body.outcomes.map(({ rule }) => rule);
    };
    expect(await outcomes("2027-03-31")).toContain("transition");
    expect(await outcomes("2027-04-01")).toContain("transition-over");
    expect(await outcomes("2027-04-01")).not.toContain("transition");
  });

  it("lists outcomes that add up to all situations, each where a verdict is asked one by one", async () => {
    const { policies } = await loadContent();
    for (const { slug, versions } of policies) {
      const version = versions.at(-1);
      if (!version) continue;
      type Row = { when: Record<string, string[]>; situations: number; verdict: string; rule: string };
      const list = async (query: string) =>
        (await check(
          "GET",
          "/policies/{slug}/versions/{version}/outcomes",
          await ask("GET", `/policies/${slug}/versions/${version.version}/outcomes${query}`, { token }),
        )) as { situations: number; outcomes: Row[] };
      const { outcomes, situations } = await list("");
      expect(situations).toBe(version.table.situations);
      for (let at = 0; at < version.table.situations; at++) {
        const facts = situationAt(version.table, at);
        const rows = outcomes.filter(({ when }) =>
          Object.entries(when).every(([fact, answers]) => answers.includes(facts[fact] ?? "")),
        );
        if (rows.length !== 1 || rows[0]?.rule !== ruleAt(version.table, at)?.id)
          expect.fail(`${slug}: ${JSON.stringify(facts)} is in ${JSON.stringify(rows)}`);
      }
      const [fact] = version.table.facts;
      const [one = "", other = ""] = fact?.answers ?? [];
      const part = await list(`?${fact?.name}=${one}&${fact?.name}=${other}`);
      expect(part.situations).toBe((version.table.situations / (fact?.answers.length ?? 1)) * 2);
      expect(part).toMatchObject({ filter: { [fact?.name ?? ""]: [one, other] } });
    }
  });

  it("refuses whoever has no token that holds, everywhere but at the document", async () => {
    for (const [pattern, item] of Object.entries(document.paths))
      for (const method of Object.keys(item).filter((key) => key !== "parameters")) {
        const address = fill(pattern, "model", "2.0");
        for (const sent of [undefined, "wc_nonsense", `wc_${"A".repeat(43)}`]) {
          const response = await ask(method.toUpperCase(), address, { token: sent });
          if (pattern === "/openapi.json") expect(response.status).toBe(200);
          else {
            expect(response.status).toBe(401);
            expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
            await check(method.toUpperCase(), pattern, response);
          }
        }
      }
    for (const [method, address] of [
      ["GET", "/nothing"],
      ["DELETE", "/policies"],
    ] as const)
      expect((await ask(method, address)).status).toBe(401);
  });

  it("refuses a token without the scope, and only that", async () => {
    for (const scope of API_SCOPES) {
      const narrow = await makeTestToken(administrator, [scope]);
      const outcomes: Record<string, number> = {};
      for (const [pattern, item] of Object.entries(document.paths))
        for (const method of Object.keys(item).filter((key) => key !== "parameters")) {
          const response = await ask(method.toUpperCase(), fill(pattern, "model", "2.0"), { token: narrow });
          if (response.status === 403) {
            expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
            await check(method.toUpperCase(), pattern, response);
          }
          const name = pattern.split("/").at(-1) ?? "";
          outcomes[name] = response.status;
        }
      expect(outcomes["clauses"]).toBe(scope === "policies:read" ? 200 : 403);
      expect(outcomes["outcomes"]).toBe(scope === "outcomes:read" ? 200 : 403);
      expect(outcomes["evaluate"], "what is not JSON").toBe(scope === "evaluate" ? 415 : 403);
    }
  });

  it("says where there is nothing, and which methods an address takes", async () => {
    for (const address of [
      "/policies/nothing",
      "/policies/model/versions/9.9/clauses",
      "/policies/__proto__/questions",
      "/policies/constructor",
      "/policies/model/versions/toString",
      "/policies/%00",
      "/policies/%F0%9F%98%80",
    ]) {
      const response = await ask("GET", address, { token });
      expect(response.status, address).toBe(404);
      await check("GET", "/policies/{slug}", response);
    }
    for (const address of ["", "/nothing", "/policies/model/nothing", "/policies/model/clauses/3.7"])
      for (const method of ["GET", "POST", "DELETE"]) {
        const response = await ask(method, address, { token });
        expect(response.status).toBe(404);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
      }
    for (const [pattern, item] of Object.entries(document.paths))
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (method.toLowerCase() in item) continue;
        const response = await ask(method, fill(pattern, "model", "2.0"), { token });
        expect(response.status).toBe(405);
        expect(response.headers.get("allow")).toBe("get" in item ? "GET, HEAD" : "POST");
        const [taken = ""] = Object.keys(item).filter((key) => key !== "parameters");
        await check(taken.toUpperCase(), pattern, response);
      }
  });

  const evaluate = (body: BodyInit | null, type = "application/json") =>
    ask("POST", "/policies/model/evaluate", { token, body, headers: { "content-type": type } });
  const EVALUATE = "/policies/{slug}/evaluate";

  it("says what cannot be read", async () => {
    const cases: [number, Response][] = [
      [400, await evaluate("{")],
      [400, await evaluate("")],
      [400, await evaluate(null)],
      [400, await evaluate(new Uint8Array([0x22, 0xff, 0x22]))],
      [400, await evaluate('{"facts":{"__proto__":"x"}}')],
      [400, await evaluate("[".repeat(100_000))],
      [413, await evaluate(JSON.stringify({ facts: { audience: "x".repeat(1_000_000) } }))],
      [415, await evaluate("facts=1", "application/x-www-form-urlencoded")],
      [415, await evaluate("{}", "text/plain")],
      [415, await evaluate("{}", "application/jsonp")],
      [200, await evaluate('\ufeff{"facts":{}}', "application/json; charset=utf-8")],
    ];
    for (const [status, response] of cases) {
      expect(response.status).toBe(status);
      await check("POST", EVALUATE, response);
    }
  });

  it("names every place that is wrong, and evaluates nothing then", async () => {
    const errorsOf = async (body: unknown) => {
      const response = await evaluate(JSON.stringify(body));
      expect(response.status, JSON.stringify(body)).toBe(422);
      return ((await check("POST", EVALUATE, response)) as { errors: { pointer: string; detail: string }[] }).errors;
    };
    const pointers = async (body: unknown) => (await errorsOf(body)).map(({ pointer }) => pointer);
    expect(await pointers([])).toEqual([""]);
    expect(await pointers(null)).toEqual([""]);
    expect(await pointers({})).toEqual(["/facts"]);
    expect(await pointers({ facts: [] })).toEqual(["/facts"]);
    expect(await pointers({ facts: { audience: 1, purpose: null } })).toEqual(["/facts/audience", "/facts/purpose"]);
    expect(await pointers({ facts: {}, extra: 1 })).toEqual(["/extra"]);
    expect(await pointers({ facts: {}, situations: [] })).toEqual(["/situations"]);
    expect(await pointers({ situations: [] })).toEqual(["/situations"]);
    expect(await pointers({ situations: [{ facts: {} }, 7] })).toEqual(["/situations/1"]);
    expect(await errorsOf({ facts: { "a/b~c": "x", audience: "everybody", toString: "x" } })).toMatchObject([
      { pointer: "/facts/a~1b~0c", detail: expect.stringContaining("The facts are app,") as string },
      { pointer: "/facts/audience", detail: expect.stringContaining("The answers are") as string },
      { pointer: "/facts/toString" },
    ]);
    const situations = Array.from({ length: 250 }, () => ({ facts: { audience: "nobody" } }));
    expect(await pointers({ situations })).toHaveLength(100);
    const tooMany = Array.from({ length: 1001 }, () => ({ facts: {} }));
    expect(await errorsOf({ situations: tooMany })).toMatchObject([
      { pointer: "/situations", detail: expect.stringContaining("at most 1,000") as string },
    ]);
    const filter = await ask("GET", "/policies/model/outcomes?audience=nobody&colour=red&audience=", { token });
    expect(await check("GET", "/policies/{slug}/outcomes", filter)).toMatchObject({
      status: 422,
      errors: [{ parameter: "audience" }, { parameter: "colour" }, { parameter: "audience" }],
    });
  });

  it("knows a fact that this policy does not use, and lets it change nothing", async () => {
    const ask = async (facts: object) => read(await send("/policies/model/evaluate", { facts }, token));
    expect(await ask({ audience: "child", device: "work" })).toEqual(await ask({ audience: "child" }));
  });

  it("gives no verdict where the version withdrew the policy", async () => {
    await serveVersions("nao", [{ version: "2", status: "withdrawn", effective: "2026-01-01" }]);
    const facts = { audience: "colleague" };
    const withdrawn = await send("/policies/nao/versions/2/evaluate", { facts }, token);
    expect(withdrawn.status).toBe(409);
    await check("POST", "/policies/{slug}/versions/{version}/evaluate", withdrawn);
    expect((await send("/policies/nao/evaluate", { facts }, token)).status).toBe(404);
    expect((await ask("GET", "/policies/nao/clauses", { token })).status).toBe(404);
    expect(await read(await ask("GET", "/policies/nao", { token }))).toMatchObject({
      state: "withdrawn",
      isCurrent: false,
    });
    const earlier = await read(await send("/policies/nao/versions/1/evaluate", { facts }, token));
    expect(earlier).toMatchObject({ state: "superseded" });
    await serveVersions("nao", []);
  });

  it("shows no version that is not published, as to an employee", async () => {
    await serveVersions("nao", [{ version: "2", isPublished: false }]);
    for (const part of ["", "/clauses", "/questions", "/outcomes"])
      expect((await ask("GET", `/policies/nao/versions/2${part}`, { token })).status).toBe(404);
    expect((await send("/policies/nao/versions/2/evaluate", { facts: {} }, token)).status).toBe(404);
    expect(JSON.stringify(await read(await ask("GET", "/policies/nao/versions", { token })))).not.toContain('"2"');
    await serveVersions("nao", []);
  });

  it("never fails, whatever it is sent", async () => {
    const audience = fc.constantFrom("colleague", "citizen", "everybody");
    const facts = fc.oneof(
      fc.record({ audience, purpose: fc.constantFrom("photo", "social", 7) }, { requiredKeys: [] }),
      fc.dictionary(fc.string(), fc.jsonValue()),
    );
    const body = fc.oneof(
      fc.record({ facts }),
      fc.record({ situations: fc.array(fc.record({ facts }), { maxLength: 5 }) }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await evaluate(JSON.stringify(sent));
        expect([200, 400, 422]).toContain(response.status);
        await check("POST", EVALUATE, response);
      }),
      { numRuns: 150 },
    );
    const part = fc.oneof(fc.constantFrom("model", "2.0", "policies", "clauses", "evaluate", "versions"), fc.string());
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"),
        async (parts, method) => {
          const address = parts.map((one) => encodeURIComponent(one.toWellFormed())).join("/");
          const response = await ask(method, `/${address}`, { token });
          expect(response.status, `${method} ${address}`).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("proves the newest head of the evidence from an earlier one that is named", async () => {
    const heads = async (query: string) =>
      check("GET", "/evidence/head", await ask("GET", `/evidence/head${query}`, { token }));
    expect(await heads("?since=1")).toMatchObject({ kind: "head-file", earlier: [] });
    for (const wrong of ["0", "x", "-1"]) expect(await heads(`?since=${wrong}`)).toMatchObject({ status: 422 });
  });

  it("met every kind of response that can be brought about", () => {
    const expected = [
      "listPolicies 200",
      "listPolicies 304",
      "listPolicies 401",
      "listPolicies 403",
      "listPolicies 405",
      "getPolicy 404",
      "evaluate 200",
      "evaluate 400",
      "evaluate 413",
      "evaluate 415",
      "evaluate 422",
      "evaluateVersion 409",
      "listOutcomes 422",
      "listPeopleRegister 200",
      "listGroupsRegister 422",
      "beginException 201",
      "beginRecord 400",
      "beginGroup 422",
    ];
    expect(expected.filter((one) => !seen.has(one))).toEqual([]);
  });
});

import { afterEach, expect, it } from "vitest";
import { programActor } from "#domain/access/api-token/api-token.ts";
import type { ApiAnswer } from "#domain/answers/api/evaluation-schema.ts";
import { serveRealContent, serveVersions, readerIn } from "#server/testing/content.ts";
import {
  evaluateSituations,
  getVersionResource,
  listClauseResources,
  listOutcomeResources,
  listPolicyResources,
  listQuestionResources,
  listVersionResources,
} from "./queries.ts";

// Requests over HTTP are tested in app/api/v1/contract.test.ts.

const program = programActor({ reference: "TOK-2222-2222", name: "Intranet bot", body: "nottingham" });
const NAO = { slug: "nao" };
const NOT_FOUND = { ok: false, code: "not-found" };
const of = <Resource>(answer: ApiAnswer<Resource>): Resource => {
  if (!answer.ok) throw new Error(`Refused: ${answer.code}.`);
  return answer.resource;
};

afterEach(serveRealContent);

it("lists the policies of every body by slug, and the versions of one, newest first", async () => {
  const { policies } = of(await listPolicyResources(program));
  const slugs = policies.map(({ slug }) => slug);
  expect(slugs).toEqual([...slugs].sort());
  expect(slugs).toEqual(expect.arrayContaining(["model", "nao", "nottingham"]));
  const { versions } = of(await listVersionResources(program, { slug: "model" }));
  expect(versions.map(({ version }) => version)).toEqual(["3.0", "2.1", "2.0", "1.1", "1.0"]);
});

it("says which versions are corrections of ours, and of what", async () => {
  const { versions } = of(await listVersionResources(program, { slug: "nao" }));
  expect(versions.map(({ version, corrects }) => [version, corrects])).toEqual([
    ["1.1", "1"],
    ["1", null],
  ]);
});

it("reads the version that decides today, or the requested one", async () => {
  const number = async (version?: string) => of(await getVersionResource(program, { slug: "model", version })).version;
  expect([await number(), await number("1.0")]).toEqual(["3.0", "1.0"]);
  expect(await listClauseResources(program, { slug: "model", version: "1.0" })).toMatchObject({ ok: true });
  expect(of(await listClauseResources(program, NAO)).clauses.length).toBeGreaterThan(0);
  expect(of(await listQuestionResources(program, NAO)).questions.length).toBeGreaterThan(0);
});

it("evaluates a situation, and refuses one that it cannot read", async () => {
  const facts = { device: "personal", audience: "partner", purpose: "arrange-contact", content: "non-sensitive" };
  const known = { ...facts, exception: "no" };
  expect(of(await evaluateSituations(program, NAO, { facts: known }))).toMatchObject({ settled: true, policy: "nao" });
  expect(of(await evaluateSituations(program, NAO, { facts: {} }))).toMatchObject({ settled: false });
  expect(await evaluateSituations(program, NAO, { facts: { audience: "nobody" } })).toMatchObject({ ok: false });
  expect(await listOutcomeResources(program, NAO, [["audience", "nobody"]])).toMatchObject({ ok: false });
  const { outcomes, situations } = of(await listOutcomeResources(program, NAO, [["audience", "partner"]]));
  expect(outcomes.reduce((sum, one) => sum + one.situations, 0)).toBe(situations);
});

it("answers the same for what does not exist and for what is not published", async () => {
  await serveVersions("nao", [{ version: "2", isPublished: false }]);
  for (const address of [{ slug: "nao", version: "2" }, { slug: "nao", version: "9" }, { slug: "none" }])
    for (const answer of [
      await getVersionResource(program, address),
      await listClauseResources(program, address),
      await listQuestionResources(program, address),
      await listOutcomeResources(program, address, []),
      await evaluateSituations(program, address, { facts: {} }),
    ])
      expect(answer, JSON.stringify(address)).toEqual(NOT_FOUND);
  expect(await listVersionResources(program, { slug: "none" })).toEqual(NOT_FOUND);
  const owner = { ...readerIn("nao"), roles: ["policy-owner" as const] };
  expect(await getVersionResource(owner, { slug: "nao", version: "2" })).toMatchObject({ ok: true });
});

it("shows that a policy was withdrawn, and no longer decides by it", async () => {
  await serveVersions("nao", [{ version: "2", status: "withdrawn" }]);
  expect(of(await getVersionResource(program, NAO))).toMatchObject({ version: "2" });
  expect(await evaluateSituations(program, NAO, { facts: {} })).toEqual(NOT_FOUND);
  await serveVersions("nao", [{ version: "2", effective: "2999-01-01" }]);
  expect(of(await listVersionResources(program, NAO)).versions.map(({ version }) => version)).toEqual(["2", "1"]);
});

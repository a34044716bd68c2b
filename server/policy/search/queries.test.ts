import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { ALL_POLICIES, LONGEST_QUERY, readSearchRequest, searchPolicies, type SearchRequest } from "./queries.ts";

const actor = (body: string, ...roles: Actor["roles"]): Actor => ({
  personId: "somebody",
  name: "Somebody",
  email: "somebody@body.invalid",
  roles: ["employee", ...roles],
  body,
  employer: body,
  team: null,
});
const search = async (who: Actor, words: string, more: Partial<SearchRequest> = {}, page = 1) => {
  const answer = await searchPolicies(who, { words, policy: "", version: "", ...more }, page);
  if (!answer) throw new Error("There is nothing to search in.");
  return answer;
};
const hrefs = async (who: Actor, words: string, more: Partial<SearchRequest> = {}) =>
  (await search(who, words, more)).results.map(({ href }) => href);

describe("search", () => {
  afterEach(() => serveVersions("nao", []));

  it("finds the reader's own policies alone unless it is widened; then those that do not bind come after, and say so", async () => {
    for (const body of ["nottingham", "home-working-council"]) {
      const own = await search(actor(body), "personal information");
      expect(own.results.length).toBeGreaterThan(0);
      expect(own.results.every(({ isMine }) => isMine)).toBe(true);
      const { results } = await search(actor(body), "personal information", { policy: ALL_POLICIES });
      expect(results[0]).toMatchObject({ isMine: true });
      expect(results.some(({ isMine }) => !isMine)).toBe(true);
    }
  });

  it("marks the words that were found, including misspelt ones and synonyms", async () => {
    const [first] = (await search(actor("bromsgrove-redditch"), "foto consnt form")).results;
    expect(first?.clause).toBe("9.3");
    expect(first?.text.flatMap(({ text, isHit }) => (isHit ? [text] : []))).toEqual(
      expect.arrayContaining(["images", "photo", "consent", "form"]),
    );
  });

  it("shows an obligation, an answer and an example under the clause it is based on", async () => {
    const who = actor("nottingham");
    const kinds = async (words: string, clause: string) =>
      (await search(who, words, { policy: "nottingham" })).results
        .find((result) => result.clause === clause)
        ?.others.map(({ kind }) => kind);
    expect(await kinds("forward holds no confidential", "3.2")).toContain("obligation");
    expect(await kinds("child under 13", "2.8")).toContain("answer");
    expect(await kinds("broadcast", "2.6")).toContain("example");
  });

  it("shows just the clauses that a way leads to, in its order, and none that is not there", async () => {
    const named = { policy: "nao", clauses: ["3.9", "3.1", "99.9", "3.9"] };
    const answer = await search(actor("nao"), "", named);
    expect(answer.results.map(({ clause }) => clause)).toEqual(["3.9", "3.1"]);
    expect(answer).toMatchObject({ total: 2, pages: 1, own: [{ slug: "nao" }] });
    expect(readSearchRequest({ q: "a", policy: "nao", clauses: "3.9,3.1" }).clauses).toEqual(["3.9", "3.1"]);
    for (const policy of ["", ALL_POLICIES])
      expect(readSearchRequest({ q: "a", policy, clauses: "3.9" }).clauses).toBeUndefined();
  });

  it("finds a clause by its number", async () => {
    expect((await hrefs(actor("nao"), "clause 3.9"))[0]).toBe("/policies/nao#clause-3.9");
  });

  it("links to the address of an old version if that is searched, and otherwise searches no old ones", async () => {
    await serveVersions("nao", [{ version: "2" }]);
    const who = actor("nao");
    expect((await hrefs(who, "public accounts committee"))[0]).toBe("/policies/nao#clause-4.2");
    expect((await search(who, "public accounts committee")).results[0]?.version).toBe("2");
    const old = await hrefs(who, "public accounts committee", { policy: "nao", version: "1" });
    expect(old[0]).toBe("/policies/nao/versions/1#clause-4.2");
    expect(await hrefs(who, "commitee", { policy: "nao", version: "2" })).toContain("/policies/nao#clause-4.2");
  });

  it("shows unpublished text only to people who may read it", async () => {
    await serveVersions("nao", [{ version: "2", isPublished: false }]);
    const unpublished = { policy: "nao", version: "2" };
    const words = "public accounts committee";
    expect((await search(actor("nao", "policy-owner"), words, unpublished)).results[0]?.isPublished).toBe(false);
    // Nothing that is not published is the current version, whatever its status says.
    expect((await search(actor("nao", "policy-owner"), words)).results[0]?.version).toBe("1");
    // The index knows it by now; a reader still must not.
    for (const who of [actor("nao"), actor("nottingham", "policy-owner")]) {
      expect((await search(who, words)).results.filter(({ version }) => version === "2")).toEqual([]);
      expect(await searchPolicies(who, { words, ...unpublished })).toBeNull();
    }
    expect(await searchPolicies(actor("nao"), { words, policy: "nowhere", version: "" })).toBeNull();
  });

  it("finds everybody's policies for somebody whose employer has none", async () => {
    const { results } = await search(actor("elsewhere"), "personal information");
    expect(results.length).toBeGreaterThan(0);
    expect(results.every(({ isMine }) => !isMine)).toBe(true);
  });

  it("returns twenty at a time, each once", async () => {
    const who = actor("nao");
    const wide = { policy: ALL_POLICIES };
    const first = await search(who, "whatsapp", wide);
    const second = await search(who, "whatsapp", wide, 2);
    expect(first).toMatchObject({ page: 1, results: { length: 20 } });
    expect(new Set([...first.results, ...second.results].map(({ href }) => href)).size).toBe(
      20 + second.results.length,
    );
    expect((await search(who, "whatsapp", wide, 999)).page).toBe(first.pages);
    expect((await search(who, "whatsapp", wide, -1)).page).toBe(1);
  });

  it("answers whatever is typed", async () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: LONGEST_QUERY }),
      fc.string({ unit: "grapheme", maxLength: LONGEST_QUERY }),
      fc.constantFrom(
        "(.*)+[",
        "<script>",
        "\0",
        "👩‍👩‍👧",
        "constructor",
        "toString",
        "a ".repeat(100),
        "foi ".repeat(50),
        "the",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(typed, fc.array(typed)), async (q) => {
        const request = readSearchRequest({ q });
        expect((await search(actor("nao"), request.words)).total).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { startProblems, startsSchema, waysInto } from "./starts.ts";

const about = Object.fromEntries(
  ["send", "answer", "received", "group", "app", "keep", "wrong", "other"].map((name) => [
    name,
    { title: name, hint: name },
  ]),
);
const file = (ways: object[]) => ({ about, all: [], policies: { nao: [{ versions: ["1", "2"], ways }] } });
const problemsOf = (value: unknown) =>
  (startsSchema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
const led = {
  slug: "nao",
  version: "1",
  clauses: [{ id: "1.1", strength: "must", kind: "rule", from: [], text: "", section: null }] as const,
  table: { facts: [{ name: "purpose", answers: ["file"] }] },
};
const check = (ways: object[]) => startProblems(startsSchema.parse(file(ways)), led);

describe("starts", () => {
  it("lead to answers, to clauses or to a page of the list", () => {
    const way = { about: "send", title: "A file" };
    expect(problemsOf(file([{ ...way, clauses: ["1.1"] }]))).toEqual([]);
    expect(problemsOf(file([way]))).toEqual(["policies.nao.0.ways.0: give answers, clauses or both"]);
    const all = [{ ...way, page: "/admin", leads: "Somewhere." }];
    expect(problemsOf({ ...file([]), policies: {}, all })[0]).toMatch(/^all\.0\.page: /);
    expect(problemsOf({ about: {}, all: [], policies: {} }).length).toBeGreaterThan(0);
  });

  it("name the way that leads to a clause, a fact or an answer that the version does not have", () => {
    const way = { about: "send", title: "A file" };
    expect(check([{ ...way, answers: { purpose: "file" }, clauses: ["1.1"] }])).toEqual([]);
    expect(
      check([
        { ...way, clauses: ["9.9"] },
        { ...way, answers: { purpose: "call" } },
        { ...way, answers: { mood: "good" } },
      ]),
    ).toEqual([
      "policies.nao.0.ways.0 (“A file”): there is no clause 9.9 in version 1.",
      'policies.nao.0.ways.1 (“A file”): "purpose" has no answer "call" in version 1.',
      'policies.nao.0.ways.2 (“A file”): version 1 does not ask about "mood".',
    ]);
  });

  it("hold for the versions named, and for no other", () => {
    const starts = startsSchema.parse(file([{ about: "send", title: "A file", clauses: ["1.1"] }]));
    expect(waysInto(starts, led).map(({ title }) => title)).toEqual(["A file"]);
    expect(waysInto(starts, { slug: "nao", version: "3" })).toEqual([]);
    expect(startProblems(starts, { ...led, version: "3", clauses: [] })).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { ownStartProblems, readOwnStarts, startProblems, startsSchema, waysInto } from "./starts.ts";

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
  starts: null,
};
const check = (ways: object[]) => startProblems(startsSchema.parse(file(ways)), led);

describe("the ways that a version names itself", () => {
  const all = [{ about: "wrong", title: "By mistake", page: "/incidents/new", leads: "The report." }];
  const shared = startsSchema.parse({ ...file([{ about: "send", title: "Shared", clauses: ["1.1"] }]), all });
  const kinds = ["send", "answer", "received", "group", "app", "other"];
  const ways = kinds.map((kind) => ({ about: kind, title: kind, answers: { purpose: "file" } }));
  const own = (raw: object[]) => ({ ...led, version: "3", starts: readOwnStarts(raw).ways });

  it("take the place of those that are shared", () => {
    expect(waysInto(shared, own(ways)).map(({ title }) => title)).toEqual(kinds);
    expect(ownStartProblems(shared, own(ways))).toEqual([]);
    expect(ownStartProblems(shared, led)).toEqual([]);
  });

  it("lead to answers, clauses and pages that are there, one at least for every kind", () => {
    const problems = ownStartProblems(shared, own([...ways.slice(1), { about: "app", title: "A", clauses: ["9.9"] }]));
    expect(problems).toEqual([
      "starts.5: “A”: there is no clause 9.9 in version 3.",
      'starts: there is no way about "send". Add one.',
    ]);
    const { problems: unread } = readOwnStarts([...ways, { about: "app", title: "A", page: "/nowhere", leads: "-" }]);
    expect(unread).toEqual([expect.stringMatching(/^starts\.6\.page: /)]);
    expect(readOwnStarts([{ about: "app", title: "A" }]).problems).toEqual(["starts.0: give answers, clauses or both"]);
  });

  it("are not named a second time beside the version", () => {
    expect(ownStartProblems(shared, { ...own(ways), version: "2" })).toEqual([
      "starts: starts.yaml names this version too. Take it out there.",
    ]);
  });
});

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
    expect(waysInto(starts, { slug: "nao", version: "3", starts: null })).toEqual([]);
    expect(startProblems(starts, { ...led, version: "3", clauses: [] })).toEqual([]);
  });
});

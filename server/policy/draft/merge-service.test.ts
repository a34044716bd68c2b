import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as environment from "#server/base/environment/env.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { choiceField, COVERING, getMergePage } from "./merge-queries.ts";
import { beginMergedDraft } from "./merge-service.ts";

const { getEnv } = environment;
const BOTH = ["nao", "nottingham"];
const DRAFT = { slug: "nao", version: "99" };

describeOnOneDatabase("policies put together", (database) => {
  let folder: string;
  let owner: Actor;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "with-care-merge-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    await rm(folder, { recursive: true });
    await cp("content", folder, { recursive: true });
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...getEnv(), contentDir: folder });
    await reloadContent();
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });

  const open = async (actor = owner, policies: readonly string[] = BOTH) => {
    const page = await getMergePage(actor, policies);
    if (!page?.combinations) throw new Error("Nothing to put together.");
    return { ...page, lines: page.combinations.combinations };
  };
  const begin = (seen: string, choices: { rest?: string; take?: (key: string) => string } = {}, actor = owner) =>
    beginMergedDraft(actor, BOTH, DRAFT, { seen, rest: choices.rest ?? "", take: choices.take ?? (() => "") });

  it("sorts every situation, and offers the policies of the body that a draft can follow", async () => {
    const { lines, chosen, policies } = await open();
    expect(chosen.map(({ slug }) => slug)).toEqual(BOTH);
    expect(policies.map(({ slug }) => slug)).toEqual(["nao"]);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(["agree", "strictest", "to-decide"]));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  it("begins with nothing chosen, and says what is wrong with a choice", async () => {
    expect(await getMergePage(owner, undefined)).toMatchObject({ isMerged: false, combinations: null, problems: [] });
    expect(await getMergePage(owner, "nao")).toMatchObject({ problems: [{ kind: "just-one" }] });
    const five = ["nao", "nottingham", "model", "cleveland-opcc", "home-working-council"];
    expect(await getMergePage(owner, five)).toMatchObject({ combinations: null, problems: [{ kind: "too-many" }] });
  });

  it("names what is still to decide, and begins no draft", async () => {
    const { lines, seen } = await open();
    const undecided = lines.filter(({ kind }) => kind === "to-decide").map(({ key }) => key);
    const left = async (take?: (key: string) => string) => {
      const given = await begin(seen, take ? { take } : {});
      return typeof given === "object" && "problems" in given ? given.problems.map(({ field }) => field) : given;
    };
    expect(await left()).toEqual(undecided.map(choiceField));
    const [first] = undecided;
    expect(await left((key) => (key === first ? "nottingham" : ""))).toEqual(undecided.slice(1).map(choiceField));
    // A policy that is not among those put together, and none at all, decide nothing.
    expect(await left(() => "model")).toContain(choiceField(first ?? ""));
  });

  it("writes a draft from the choices, with evidence of what it was made from", async () => {
    const { seen } = await open();
    const given = await begin(seen, { rest: "nao" });
    expect(given).toEqual({ to: "/drafts/nao/99/text" });
    expect(await readFile(path.join(folder, "policies/nao/99/policy.mdx"), "utf8")).toMatch(/^version: "99"$/m);
    const [row] = await database().prisma.evidence.findMany({ where: { event: "policy.draft-begun" } });
    expect(JSON.parse(row?.data ?? "{}")).toMatchObject({
      merged: expect.stringMatching(/^nao \S+, nottingham \S+$/) as string,
    });
    expect(await begin(seen, { rest: "nao" })).toMatchObject({ problems: [{ field: "version" }] });
  });

  it("takes the only policy that covers it, where that was chosen for the rest", async () => {
    const { lines, seen } = await open();
    const undecided = lines.filter(
      ({ kind, rules }) =>
        kind === "to-decide" && rules.filter((rule) => rule !== null && rule.verdict !== "not-covered").length !== 1,
    );
    const take = (key: string) => (undecided.some((one) => one.key === key) ? "nao" : "");
    expect(await begin(seen, { rest: COVERING, take })).toEqual({ to: "/drafts/nao/99/text" });
  });

  it("refuses choices made of policies that have changed since", async () => {
    expect(await begin("other")).toMatchObject({
      problems: [{ message: expect.stringContaining("changed") as string }],
    });
  });

  it("is not there for those who may not write drafts", async () => {
    const { seen } = await open();
    for (const roles of [[], ["line-manager"]] as const) {
      const other = await addPerson(database(), `other-${roles.length}`, { roles: [...roles] });
      expect(await getMergePage(other, BOTH)).toBeNull();
      expect(await begin(seen, { rest: "nao" }, other)).toBe("not-found");
    }
  });
});

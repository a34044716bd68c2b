import { describe, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { ABOUT } from "#domain/policy/search/starts.ts";
import { stepFor, readWizardQuery } from "#domain/policy/decision/wizard.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { findWays, listStarts } from "./way-queries.ts";

const employee: Actor = {
  personId: "somebody",
  name: "Somebody",
  email: "somebody@body.invalid",
  roles: ["employee"],
  body: "example-borough",
  employer: "example-borough",
  team: null,
};
const POLICIES = ["model", "nottingham", "nao", "bromsgrove-redditch", "home-working-council", "cleveland-opcc"];
const currentOf = async (slug: string) => {
  const policy = await getPolicy(employee, slug);
  if (!policy) throw new Error(`There is no policy ${slug}.`);
  return policy.version;
};

describe("ways into a policy", () => {
  it.each(POLICIES)("of %s begin with what it is about, and none leads nowhere", async (slug) => {
    const version = await currentOf(slug);
    const starts = await listStarts(version);
    const abouts = starts.map(({ about }) => about);
    expect(abouts).toEqual(ABOUT.filter((about) => abouts.includes(about)));
    expect(abouts).toEqual(expect.arrayContaining(["send", "wrong", "other"]));
    const clauses = new Set(version.clauses.map(({ id }) => id));
    for (const { href, title, leads } of starts.flatMap(({ ways }) => ways)) {
      expect(title !== "" && leads !== "", href).toBe(true);
      const [path = "", query = ""] = href.split("?");
      if (path.includes("#clause-")) expect(clauses, href).toContain(path.split("#clause-")[1]);
      else if (path === "/search") {
        const listed = new URLSearchParams(query).get("clauses")?.split(",") ?? [];
        expect(listed.length, href).toBeGreaterThan(1);
        expect([...clauses], href).toEqual(expect.arrayContaining(listed));
      } else if (path === "/check") {
        const asked = Object.fromEntries(new URLSearchParams(query));
        const { policy, ...answers } = asked;
        const read = readWizardQuery(version.table, answers);
        expect(policy).toBe(slug);
        expect(read.answers).toEqual(answers);
        expect(["question", "result"]).toContain(stepFor(version.table, read).kind);
      } else
        expect(path).toMatch(/^\/(acknowledgements|exceptions|groups|holds|incidents|phone-returns|photos|records)/);
    }
  });

  it("say where they lead: to answers, to clauses, to an example and to a page", async () => {
    const found = async (words: string) => (await findWays(employee, "model", words)) ?? [];
    expect(await found("a tenant texted me")).toContainEqual({
      href: "/check?policy=model&audience=citizen",
      title: "A resident wrote to me",
      leads: "The check, with this answered already: A resident.",
    });
    expect((await found("somebody left the chat"))[0]).toEqual({
      href: "/policies/model#clause-6.4",
      title: "Somebody left and is still in the chat",
      leads: "Clause 6.4 of the policy.",
    });
    expect(await found("blocked drain street team")).toContainEqual(
      expect.objectContaining({ leads: "An example, with its answer." }),
    );
    expect(await found("wrong person")).toContainEqual(expect.objectContaining({ href: "/incidents/new?kind=shared" }));
  });

  it("lead to a person where a policy says nothing about it, and to the policy where it does", async () => {
    const first = async (slug: string, words: string) => (await findWays(employee, slug, words))?.[0];
    for (const slug of ["nottingham", "nao", "bromsgrove-redditch", "cleveland-opcc"]) {
      const { href, leads } = (await first(slug, "voice note to the team")) ?? { href: "", leads: "" };
      expect(leads, slug).toBe("The policy says nothing about this. Ask a person first.");
      expect(Object.fromEntries(new URLSearchParams(href.split("?")[1]))).toMatchObject({ policy: slug, none: "1" });
    }
    expect((await first("bromsgrove-redditch", "turn on disappearing messages"))?.href).toContain("clauses=");
    expect((await first("nao", "turn on disappearing messages"))?.href).toContain("none=1");
    const listed = (await listStarts(await currentOf("nao"))).flatMap(({ ways }) => ways);
    expect(listed.filter(({ href }) => href.includes("none=1"))).toEqual([]);
  });

  it.each([
    ["voice note to the team", "A voice note"],
    ["resident messaged me on whatsapp", "A resident wrote to me"],
    ["can I use copilot in whatsapp", "An assistant in the app"],
    ["someone left but is still in the chat", "Somebody left and is still in the chat"],
    ["how do i set up a group chat", "Register a group"],
    ["i've lost my phone", "A phone with work messages is lost or stolen"],
  ])("show for “%s” among the first three: %s", async (words, title) => {
    const titles = ((await findWays(employee, "model", words)) ?? []).map((way) => way.title);
    expect(titles.slice(0, 3)).toContain(title);
  });

  it("are each shown once, a handful at most, and none where nothing fits", async () => {
    const ways = (await findWays(employee, "model", "send a message to a group of colleagues")) ?? [];
    expect(new Set(ways.map(({ href }) => href)).size).toBe(ways.length);
    expect(ways.length).toBeLessThanOrEqual(8);
    for (const words of ["xyzzyq", "", "the", "!?", "\0"]) expect(await findWays(employee, "model", words)).toEqual([]);
  });

  it("are found whatever the spelling", async () => {
    const titles = async (words: string) => (await findWays(employee, "model", words))?.map(({ title }) => title);
    const wanted = await titles("voice note");
    expect(wanted?.slice(0, 3)).toContain("A voice note");
    for (const words of ["voice-note", "Voice Notes", "voicenote", "vóice nôte"])
      expect(await titles(words), words).toEqual(wanted);
  });

  it("are not there for a policy that does not exist", async () => {
    expect(await findWays(employee, "nowhere", "photo")).toBeNull();
  });
});

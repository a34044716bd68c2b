import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { GET, POST } from "./send/route.ts";

const FROM = "/exceptions/new?policy=nao&device=personal&nonsense=1&clause=4.3&clause=4.1&clause=99";

describeOnOneDatabase("the form that begins a request", (database) => {
  it("begins one draft with what its address says, however often it is sent", async () => {
    const asker = await addPerson(database(), "asker");
    const begin = () => post(POST, asker, FROM, { startKey: "key", then: "long" });
    const { to } = await begin();
    const [, reference = ""] = /^\/exceptions\/(EX-.{9})$/.exec(to) ?? [];
    expect((await begin()).to).toBe(to);
    const draft = (await getException(asker, reference))?.exception;
    expect(draft).toMatchObject({ state: "draft", policy: "nao", situation: { device: "personal" } });
    expect(draft?.clauses).toEqual(["4.3"]);
  });

  it("asks in short: says all that is missing, keeps what was typed, and leads to the page to check and send", async () => {
    const asker = await addPerson(database(), "asker");
    const refused = await post(POST, asker, FROM, {
      startKey: "key",
      justification: "The rota.",
      "wantedUntil-day": "31",
    });
    expect(Object.keys(refused.problems)).toEqual(["whyNoChannel", "wantedUntil", "source", "likelihood", "impact"]);
    expect(refused.kept).toMatchObject({ justification: "The rota.", "wantedUntil-day": "31" });
    const soon = new Date(Date.now() + 30 * 86_400_000);
    const day = {
      "wantedUntil-day": soon.getDate(),
      "wantedUntil-month": soon.getMonth() + 1,
      "wantedUntil-year": soon.getFullYear(),
    };
    const until = Object.fromEntries(Object.entries(day).map(([name, value]) => [name, String(value)]));
    const texts = {
      startKey: "key",
      justification: "The rota.",
      whyNoChannel: "None.",
      source: "own",
      description: "It is lost.",
    };
    const low = await post(POST, asker, FROM, { ...texts, ...until, likelihood: "1", impact: "2" });
    expect(low.to).toMatch(/^\/exceptions\/EX-.{9}\/check$/);
    const more = await post(POST, asker, FROM, { ...texts, ...until, startKey: "other", likelihood: "3", impact: "4" });
    expect(more.to).toMatch(/^\/exceptions\/EX-.{9}\/risks$/);
    const later = await post(POST, asker, FROM, { startKey: "later", justification: "Half a sen", then: "later" });
    expect(later.to).toBe("/exceptions");
    const half = await post(POST, asker, FROM, { startKey: "half", then: "later", description: "It is lost." });
    expect(Object.keys(half.problems)).toContain("likelihood");
    const { exception } = (await getException(asker, low.to.split("/")[2] ?? "")) ?? {};
    expect(exception).toMatchObject({ residual: 2, dataInvolved: expect.stringContaining("own") as string });
  });

  it("begins none if no exception can lift what the address names, and says why", async () => {
    const asker = await addPerson(database(), "asker");
    const { problems } = await post(POST, asker, "/exceptions/new?policy=nao&clause=2.3", { startKey: "key" });
    expect(problems["clauses"]).toContain("Clause 2.3 is not one that an exception can lift.");
    expect(await database().prisma.exception.count()).toBe(0);
  });

  it("is not there for a policy of others", async () => {
    const asker = await addPerson(database(), "asker");
    expect((await post(POST, asker, "/exceptions/new?policy=model", {})).status).toBe(404);
  });

  it("leads who opens its address to the page, with its query", async () => {
    const opened = await GET(new Request(`https://portal.invalid${FROM}&kept=1`), { params: Promise.resolve({}) });
    expect(opened.headers.get("location")).toBe(FROM);
  });
});

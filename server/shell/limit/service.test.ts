import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import { makePersonalToken, takeSecret } from "#server/access/api-token/service.ts";
import { useDatabase } from "#server/base/db/database.ts";
import * as environment from "#server/base/environment/env.ts";
import { shared } from "#server/base/process-shared.mjs";
import { makeFront } from "#server/shell/http/front-handler.mjs";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { forgetLimits, limit, limitRequest } from "./service.ts";

const { limits } = environment.getEnv();
const nobody = { cookie: null, authorization: null };

describeOnEachDatabase("limit", (database) => {
  it("lets so many through in a minute, however many ask at once, then says how long to wait", async () => {
    const answers: (number | null)[] = [];
    // Ten at once: with many more, a slow machine would miss the time limit for some and count them on its own.
    while (answers.length < limits.export + 10)
      answers.push(...(await Promise.all(Array.from({ length: 10 }, () => limit("export", "p1")))));
    expect(answers.filter((wait) => wait === null)).toHaveLength(limits.export);
    for (const wait of answers.filter((one) => one !== null)) {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
    }
    expect(await limit("export", "p2"), "somebody else").toBeNull();
    expect(await limit("search", "p1"), "something else").toBeNull();
  });

  it("counts together what several servers count", async () => {
    for (let used = 0; used < limits.export; used++) await limit("export", "shared");
    // Another server: all it shares with the first is the database.
    const other = { ...database(), prisma: database().prisma.$extends({}) } as unknown as ReturnType<typeof database>;
    useDatabase(other);
    expect(await limit("export", "shared")).not.toBeNull();
  });

  it("counts by person, by token, else by address, and keeps no address", async () => {
    const { prisma } = database();
    const person = {
      id: "p",
      body: "nao",
      employer: "NAO",
      name: "A",
      email: "a@example.invalid",
      roles: ["employee"],
    };
    await prisma.person.create({ data: person });
    await prisma.session.create({
      data: { id: "s", token: "thetoken", personId: "p", expiresAt: new Date("2099-01-01") },
    });
    const cookie = "a=b; with-care.session_token=thetoken.signature";
    await limitRequest({ kind: "search", network: "10.1.2.3", cookie, authorization: null });
    for (const network of ["10.1.2.3", "2001:db8:1:2", "2001:db8:1:2"])
      await limitRequest({ kind: "signIn", network, ...nobody });
    await limitRequest({ kind: "api", network: "10.1.2.3", cookie, authorization: "Bearer wc_unknown" });
    const rows = await prisma.rateLimit.findMany({ orderBy: { key: "asc" } });
    const ofKind = (kind: string) => rows.filter(({ key }) => key.startsWith(`${kind}:`));
    expect(ofKind("search").map(({ key }) => key)).toEqual(["search:p"]);
    expect(
      ofKind("signIn")
        .map(({ points }) => points)
        .sort(),
    ).toEqual([1, 2]);
    expect(ofKind("api")).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/10\.1\.2\.3|2001|wc_/);
  });

  it("goes on counting by itself, soon, when the database does not answer", async () => {
    const hanging = {
      rateLimit: { deleteMany: () => new Promise(() => {}) },
      session: { findUnique: () => new Promise(() => {}) },
    };
    useDatabase({ ...database(), prisma: hanging as unknown as ReturnType<typeof database>["prisma"] });
    const started = performance.now();
    const asked = Array.from({ length: limits.search + 1 }, () =>
      limitRequest({ kind: "search", network: "10.1.2.3", cookie: "with-care.session_token=x.y", authorization: null }),
    );
    const answers = await Promise.all(asked);
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(answers.filter((wait) => wait === null)).toHaveLength(limits.search);
  });

  it("is what /mcp answers with when a token's is used up: 429 and how long to wait, and nobody else's", async () => {
    const env = { ...environment.getEnv(), trustedProxies: [], limits: { ...limits, api: 3 } };
    vi.spyOn(environment, "getEnv").mockReturnValue(env);
    // Another server: it has made no limiter yet.
    useDatabase({ ...database(), prisma: database().prisma.$extends({}) } as unknown as ReturnType<typeof database>);
    let origin = "";
    const log = { hasRequests: false, write: () => {} };
    shared.limitRequest = limitRequest;
    const front = makeFront((_, response) => void response.end("{}"), { env, origin: () => origin, log });
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    const ask = (path: string, method: string, authorization: string) =>
      fetch(origin + path, { method, headers: { authorization }, ...(method === "POST" && { body: "{}" }) });
    const emma = await addPerson(database(), "emma");
    const tokens: (string | null)[] = [];
    for (const name of ["one", "other"]) {
      const made = await makePersonalToken(emma, { name, days: "30" }, name);
      tokens.push(made.code === "made" ? await takeSecret(emma, made.reference, made.showKey) : null);
    }
    const [one, other] = tokens;
    for (const path of ["/mcp", "/mcp", "/api/v1/policies"])
      expect((await ask(path, "POST", `Bearer ${one}`)).status, "they count together").toBe(200);
    const refused = await ask("/mcp", "POST", `Bearer ${one}`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.text()).toContain("Retry-After");
    expect((await ask("/mcp", "GET", `Bearer ${one}`)).status, "whatever the method").toBe(429);
    expect((await ask("/mcp", "POST", `Bearer ${other}`)).status, "another token").toBe(200);
    front.closeAllConnections();
    front.close();
    delete shared.limitRequest;
    vi.restoreAllMocks();
  });

  it("forgets what is over", async () => {
    await limit("search", "p1");
    expect(await forgetLimits(new Date())).toBe(0);
    expect(await forgetLimits(new Date(Date.now() + 61_000))).toBe(1);
  });
});

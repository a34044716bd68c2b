import { expect, it } from "vitest";
import { useDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { forgetLimits, limit, limitRequest } from "./service.ts";

const { limits } = getEnv();
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

  it("forgets what is over", async () => {
    await limit("search", "p1");
    expect(await forgetLimits(new Date())).toBe(0);
    expect(await forgetLimits(new Date(Date.now() + 61_000))).toBe(1);
  });
});

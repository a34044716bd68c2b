import { expect, it } from "vitest";
import { useDatabase, type Database } from "#server/db/database.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import packageJson from "../../package.json" with { type: "json" };
import { getHealth } from "./queries.ts";

const { version } = packageJson;

describeOnEachDatabase("getHealth", (database) => {
  it("is ok on a database that answers", async () => {
    expect(await getHealth()).toEqual({ status: "ok", database: "ok", version });
  });

  it("names the database when that fails, and nothing secret", async () => {
    const failing = { $queryRaw: () => Promise.reject(new Error("password=hunter2")) };
    useDatabase({ ...database(), prisma: failing as unknown as Database["prisma"] });
    expect(await getHealth()).toEqual({
      status: "error",
      database: "error: the database does not answer queries",
      version,
    });
  });

  it("answers in bounded time, and asks once, when the database hangs", async () => {
    let asked = 0;
    let answer = () => {};
    const hanging = { $queryRaw: () => ((asked += 1), new Promise<void>((resolve) => (answer = resolve))) };
    useDatabase({ ...database(), prisma: hanging as unknown as Database["prisma"] });
    const started = Date.now();
    const [first, second] = await Promise.all([getHealth(), getHealth()]);
    expect(Date.now() - started).toBeLessThan(4_000);
    expect(first).toEqual({ status: "error", database: "error: no answer within 3 seconds", version });
    expect(second).toEqual(first);
    expect(asked).toBe(1);
    answer();
  });
});

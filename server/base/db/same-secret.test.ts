import { describe, expect, it } from "vitest";
import { createPostgresqlDatabase, ENGINES } from "#server/testing/database.ts";
import { holdSameSecret } from "./same-secret.ts";

const [ONE, OTHER] = ["o".repeat(40), "x".repeat(40)];

describe.each(ENGINES.filter((engine) => engine === "postgresql"))("the secret of several servers (%s)", () => {
  it("is one: who comes with another is told, until the last with the first has gone", async () => {
    const [here, elsewhere] = [await createPostgresqlDatabase(), await createPostgresqlDatabase()];
    const first = await holdSameSecret(here.url, ONE);
    const second = await holdSameSecret(here.url, ONE);
    const notHere = await holdSameSecret(elsewhere.url, OTHER);
    await expect(holdSameSecret(here.url, OTHER)).rejects.toThrow(
      "with another AUTH_SECRET: give all servers the same",
    );
    await first();
    await expect(holdSameSecret(here.url, OTHER)).rejects.toThrow("with another AUTH_SECRET");
    await second();
    const changed = await holdSameSecret(here.url, OTHER);
    await Promise.all([changed(), notHere()]);
    await Promise.all([here.drop(), elsewhere.drop()]);
  });

  it("is asked of two that start at once: not both go on", async () => {
    const here = await createPostgresqlDatabase();
    const started = await Promise.allSettled([ONE, OTHER].map((secret) => holdSameSecret(here.url, secret)));
    expect(started.filter(({ status }) => status === "fulfilled").length).toBeLessThan(2);
    for (const one of started) if (one.status === "fulfilled") await one.value();
    await here.drop();
  });
});

it("says that the server cannot be reached, and not with which password it was tried", async () => {
  const failure = await holdSameSecret("postgresql://nobody:secret@127.0.0.1:1/none", ONE).catch(String);
  expect(failure).toContain("127.0.0.1:1 cannot be used");
  expect(failure).not.toContain("nobody:secret");
});

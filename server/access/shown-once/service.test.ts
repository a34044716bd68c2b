import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, describeOnEachDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { keepToShow, takeToShow } from "./service.ts";

describeOnEachDatabase("a secret that is shown once", (database) => {
  afterEach(() => vi.restoreAllMocks());

  it("is shown once, to its maker and with the key of its page, even to several requests at once", async () => {
    const maker = await addPerson(database(), "maker");
    const other = await addPerson(database(), "other");
    const key = await keepToShow(maker, "a secret");
    expect(JSON.stringify(await database().prisma.shownOnce.findMany())).not.toMatch(new RegExp(`a secret|${key}`));
    expect(await takeToShow(other, key)).toBeNull();
    for (const wrong of ["", "x", key.slice(1), `${key.slice(0, -2)}AA`, "é".repeat(43)])
      expect(await takeToShow(maker, wrong), wrong).toBeNull();
    const shown = await Promise.all([1, 2, 3].map(() => takeToShow(maker, key)));
    expect(shown.filter((one) => one !== null)).toEqual(["a secret"]);
    expect(await database().prisma.shownOnce.count()).toBe(0);
  });

  it("is no longer shown after ten minutes, and is deleted with the next", async () => {
    const maker = await addPerson(database(), "maker");
    const key = await keepToShow(maker, "a secret");
    vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + 11 * 60_000));
    expect(await takeToShow(maker, key)).toBeNull();
    await keepToShow(maker, "another");
    expect(await database().prisma.shownOnce.count()).toBe(1);
  });
});

it.runIf(ENGINES.includes("postgresql"))("links that were handed out before they were hashed go on", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-migrations-"));
  const created = await createPostgresqlDatabase();
  try {
    for (const name of readdirSync(MIGRATIONS))
      if (name < "20261129020056") cpSync(path.join(MIGRATIONS, name), path.join(folder, name), { recursive: true });
    const before = await openPostgresql(created.url, folder);
    await before.prisma.$executeRaw`
      INSERT INTO "Person" (id, body, employer, name, email, roles) VALUES ('p', 'nao', 'nao', 'P', 'p@nao.invalid', '{employee}')`;
    await before.prisma.$executeRaw`
      INSERT INTO "DecisionReceipt" (id, reference, body, "personId", "startKey", policy, version, hash, verdict, content, "keptAt", salt, seal, "linkToken", "linkMadeAt")
      VALUES ('d', 'DEC-1111-1111', 'nao', 'p', 'k', 'nao', '1', repeat('0', 64), 'never', '{}', now(), repeat('0', 32), repeat('0', 64), 'An-old_secret', now())`;
    await before.close();
    const after = await openPostgresql(created.url, MIGRATIONS);
    const [row] = await after.prisma.receipt.findMany();
    await after.close();
    expect(row?.linkHash).toBe(createHash("sha256").update("An-old_secret").digest("hex"));
  } finally {
    await created.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});

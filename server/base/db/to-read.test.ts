import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import type { Database } from "./database.ts";
import { openEmbedded, openEmbeddedToRead } from "./embedded.ts";
import { openPostgresql, openPostgresqlToRead } from "./postgresql.ts";

const count = ({ prisma }: Database) => prisma.team.count();
const write = ({ prisma }: Database) => prisma.team.create({ data: { id: "t", body: "nao", name: "Office" } });

describe.each(ENGINES)("a database opened to read (%s)", (engine) => {
  it("can be read, refuses every write, and is made by nobody", async () => {
    const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-read-"));
    const created = engine === "postgresql" ? await createPostgresqlDatabase() : null;
    const open = () => (created ? openPostgresql(created.url, MIGRATIONS) : openEmbedded(folder, MIGRATIONS));
    const openToRead = () =>
      created ? openPostgresqlToRead(created.url, MIGRATIONS) : openEmbeddedToRead(folder, MIGRATIONS);
    await expect(openToRead()).rejects.toThrow(/start the portal once/);
    await (await open()).close();
    const database = await openToRead();
    if (!database) throw new Error("Nobody else has it.");
    expect(await count(database)).toBe(0);
    await expect(write(database)).rejects.toThrow(/read-only/);
    await expect(database.prisma.$transaction([database.prisma.team.deleteMany()])).rejects.toThrow(/read-only/);
    await database.close();
    await created?.drop();
    rmSync(folder, { recursive: true });
  });
});
